import { exp } from '../../math/exp.js';
import { exp32, sigmoid32, tanh32 } from '../../math/float32.js';
import { log } from '../../math/log.js';
import { sigmoid } from '../../math/sigmoid.js';
import { cos, sin } from '../../math/sin.js';
import { tanh } from '../../math/tanh.js';
import * as arithmetic from './arithmetic.js';
import type { LaneEmitter, LaneOperation, LaneType } from './contract.js';
import { exp32x4, sigmoid32x4, tanh32x4 } from './float32-exponential.js';
import { cos64, sin64 } from './float64-circular.js';
import { exp64, sigmoid64, tanh64 } from './float64-exponential.js';
import { log64 } from './float64-logarithm.js';
import { widened } from './widened.js';

// One constant an operation, so that a program holds the code and the tables of those that it uses. All of them by name: lane-operations.ts.

type Scalar = (x: number, y: number) => number;

function complete(emit: LaneEmitter, operands: 1 | 2, scalar: Scalar): LaneOperation {
  return { emit, operands, scalars: { f64x2: scalar, f32x4: scalar }, leavesOut: false };
}

/** An operation whose vector code covers the main domain: of float64, then of float32, which is otherwise worked out in float64. */
function partial(
  doubles: LaneEmitter,
  scalar: Scalar,
  singles?: LaneEmitter,
  scalar32: Scalar = scalar,
): LaneOperation {
  const emit = singles === undefined ? widened(doubles) : byType({ f64x2: doubles, f32x4: singles });
  return { emit, operands: 1, scalars: { f64x2: scalar, f32x4: scalar32 }, leavesOut: true };
}

function byType(emitters: Readonly<Record<LaneType, LaneEmitter>>): LaneEmitter {
  return (f, args, lanes) => emitters[lanes.type](f, args, lanes);
}

export const addLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.add, 2, (x, y) => x + y);
export const subLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.sub, 2, (x, y) => x - y);
export const mulLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.mul, 2, (x, y) => x * y);
export const divLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.div, 2, (x, y) => x / y);
export const maximumLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.maximum, 2, Math.max);
export const minimumLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.minimum, 2, Math.min);
export const reluGradLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.reluGrad, 2, (g, x) => (x > 0 ? g : 0));
export const negLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.neg, 1, (x) => -x);
export const absLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.abs, 1, Math.abs);
export const sqrtLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.sqrt, 1, Math.sqrt);
export const squareLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.square, 1, (x) => x * x);
export const reciprocalLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.reciprocal, 1, (x) => 1 / x);
export const reluLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.relu, 1, (x) => (x <= 0 ? 0 : x));
export const signLanes: LaneOperation = /* @__PURE__ */ complete(arithmetic.sign, 1, Math.sign);
export const expLanes: LaneOperation = /* @__PURE__ */ partial(exp64, exp, exp32x4, exp32);
export const tanhLanes: LaneOperation = /* @__PURE__ */ partial(tanh64, tanh, tanh32x4, tanh32);
export const logLanes: LaneOperation = /* @__PURE__ */ partial(log64, log);
export const sigmoidLanes: LaneOperation = /* @__PURE__ */ partial(sigmoid64, sigmoid, sigmoid32x4, sigmoid32);
export const sinLanes: LaneOperation = /* @__PURE__ */ partial(sin64, sin);
export const cosLanes: LaneOperation = /* @__PURE__ */ partial(cos64, cos);
