import type { LaneOperation } from './contract.js';
import * as all from './operations.js';

const operations = {
  add: all.addLanes,
  sub: all.subLanes,
  mul: all.mulLanes,
  div: all.divLanes,
  maximum: all.maximumLanes,
  minimum: all.minimumLanes,
  reluGrad: all.reluGradLanes,
  neg: all.negLanes,
  abs: all.absLanes,
  sqrt: all.sqrtLanes,
  square: all.squareLanes,
  reciprocal: all.reciprocalLanes,
  relu: all.reluLanes,
  sign: all.signLanes,
  exp: all.expLanes,
  tanh: all.tanhLanes,
  log: all.logLanes,
  sigmoid: all.sigmoidLanes,
  sin: all.sinLanes,
  cos: all.cosLanes,
} as const;

/** Operations that exist for whole vectors. */
export type LaneName = keyof typeof operations;

/** All of them by name, for loops that are put together while the program runs. */
export const laneOperations: Readonly<Record<LaneName, LaneOperation>> = operations;
