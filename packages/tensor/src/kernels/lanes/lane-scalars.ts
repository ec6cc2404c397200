import { exp } from '../../math/exp.js';
import { exp32, tanh32 } from '../../math/float32.js';
import { log } from '../../math/log.js';
import { sigmoid } from '../../math/sigmoid.js';
import { cos, sin } from '../../math/sin.js';
import { tanh } from '../../math/tanh.js';
import type { LaneType } from './contract.js';
import type { LaneName } from './lane-emitters.js';

type Scalar = (x: number, y: number) => number;

const float64: Readonly<Record<LaneName, Scalar>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  maximum: Math.max,
  minimum: Math.min,
  reluGrad: (g, x) => (x > 0 ? g : 0),
  neg: (x) => -x,
  abs: Math.abs,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
  relu: (x) => (x <= 0 ? 0 : x),
  sign: Math.sign,
  exp,
  log,
  tanh,
  sigmoid,
  sin,
  cos,
};

/** The same function on numbers, for elements that the vector code leaves out; of float32 numbers, its result must still be rounded to float32. */
export const laneScalars: Readonly<Record<LaneType, Readonly<Record<LaneName, Scalar>>>> = {
  f64x2: float64,
  f32x4: { ...float64, exp: exp32, tanh: tanh32 },
};
