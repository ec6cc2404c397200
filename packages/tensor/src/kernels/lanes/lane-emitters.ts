import * as arithmetic from './arithmetic.js';
import type { LaneEmitter } from './contract.js';

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
} as const;

/** Vector code of every operation; a binary one takes two vectors. */
export const laneEmitters: Readonly<Record<LaneName, LaneEmitter>> = emitters;
