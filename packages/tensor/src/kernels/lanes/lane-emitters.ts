import * as arithmetic from './arithmetic.js';
import type { LaneEmitter } from './contract.js';
import { exp32x4, tanh32x4 } from './float32-exponential.js';
import { cos64, sin64 } from './float64-circular.js';
import { exp64, sigmoid64, tanh64 } from './float64-exponential.js';
import { log64 } from './float64-logarithm.js';
import { widened } from './widened.js';

/** Operations that exist for whole vectors. */
export type LaneName = keyof typeof emitters;

const { add, sub, mul, div, maximum, minimum, reluGrad, neg, abs, sqrt, square, reciprocal, relu, sign } = arithmetic;

const emitters = {
  add,
  sub,
  mul,
  div,
  maximum,
  minimum,
  reluGrad,
  neg,
  abs,
  sqrt,
  square,
  reciprocal,
  relu,
  sign,
  exp: /* @__PURE__ */ byType(exp64, exp32x4),
  log: /* @__PURE__ */ widened(log64),
  tanh: /* @__PURE__ */ byType(tanh64, tanh32x4),
  sigmoid: /* @__PURE__ */ widened(sigmoid64),
  sin: /* @__PURE__ */ widened(sin64),
  cos: /* @__PURE__ */ widened(cos64),
} as const;

function byType(doubles: LaneEmitter, singles: LaneEmitter): LaneEmitter {
  return (f, args, lanes) => (lanes.type === 'f64x2' ? doubles : singles)(f, args, lanes);
}

/** Vector code of every operation; a binary one takes two vectors. */
export const laneEmitters: Readonly<Record<LaneName, LaneEmitter>> = emitters;

/** Whether lanes of this operation can come out marked as outside. */
export function leavesOut(name: LaneName): boolean {
  return !(name in arithmetic);
}
