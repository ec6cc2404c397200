export { asTensor, type TensorLike } from './core/as-tensor.js';
export { backwardVjp } from './core/backward-vjp.js';
export {
  arange,
  type CreateOptions,
  eye,
  full,
  linspace,
  ones,
  onesLike,
  tensor,
  zeros,
  zerosLike,
} from './core/create.js';
export type { DType, TypedArray } from './core/dtype.js';
export { grad, type ValueAndGrad, valueAndGrad } from './core/grad.js';
export type { NestedInput } from './core/nested.js';
export type { Cotangents, Node } from './core/node.js';
export {
  apply,
  applyMulti,
  applyView,
  type Layout,
  type MultiOp,
  type Op,
  type Spec,
  type ViewOp,
} from './core/op.js';
export { add, div, mul, neg, sub } from './core/ops/arithmetic.js';
export { astype } from './core/ops/astype.js';
export { expandDims, squeeze } from './core/ops/axes.js';
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from './core/ops/compare.js';
export { concat, stack } from './core/ops/concat.js';
export { dot, matmul } from './core/ops/matmul.js';
export { clip, maximum, minimum, power } from './core/ops/power.js';
export {
  argmax,
  argmin,
  max,
  mean,
  min,
  std,
  type VarianceOptions,
  variance,
} from './core/ops/reduce.js';
export { contiguous, reshape } from './core/ops/reshape.js';
export { type Range, slice } from './core/ops/slice.js';
export { logSoftmax, logsumexp, softmax } from './core/ops/softmax.js';
export { broadcastTo, type ReduceOptions, sum } from './core/ops/sum-broadcast.js';
export { take } from './core/ops/take.js';
export { matrixTranspose, transpose } from './core/ops/transpose.js';
export {
  abs,
  ceil,
  cos,
  exp,
  expm1,
  floor,
  log,
  log1p,
  reciprocal,
  relu,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  square,
  tanh,
} from './core/ops/unary.js';
export { where } from './core/ops/where.js';
export { type Shape, sameShape, showShape } from './core/shape.js';
export { stopGradient } from './core/stop-gradient.js';
export { flatten, isTensor, type Nested, Tensor } from './core/tensor.js';
export { treeLeaves, treeMap } from './core/tree.js';
export { type Vjp, vjp } from './core/vjp.js';
