import * as arithmetic from './arithmetic.js';
import type { LaneEmitter } from './contract.js';
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
  exp: /* @__PURE__ */ widened(exp64),
  log: /* @__PURE__ */ widened(log64),
  tanh: /* @__PURE__ */ widened(tanh64),
  sigmoid: /* @__PURE__ */ widened(sigmoid64),
  sin: /* @__PURE__ */ widened(sin64),
  cos: /* @__PURE__ */ widened(cos64),
} as const;

/** Vector code of every operation; a binary one takes two vectors. */
export const laneEmitters: Readonly<Record<LaneName, LaneEmitter>> = emitters;

/** Whether lanes of this operation can come out marked as outside. */
export function leavesOut(name: LaneName): boolean {
  return !(name in arithmetic);
}
