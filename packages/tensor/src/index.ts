export { asTensor, type TensorLike } from './core/as-tensor.js';
export { backwardVjp } from './core/backward-vjp.js';
export { checkpoint } from './core/checkpoint.js';
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
export { type CustomRule, customVjp } from './core/custom-vjp.js';
export type { DType, TypedArray } from './core/dtype.js';
export { grad, type ValueAndGrad, valueAndGrad } from './core/grad.js';
export { hessian, hvp } from './core/hessian.js';
export { type Jacobian, jacobian } from './core/jacobian.js';
export { type Jvp, jvp } from './core/jvp.js';
export type { IndexInput } from './core/indices.js';
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
export { diag, type DiagonalOptions, diagflat, diagonal } from './core/ops/diagonal.js';
export { einsum } from './core/ops/einsum.js';
export { type EinsumPath, einsumPath } from './core/ops/einsum-path.js';
export { kron } from './core/ops/kron.js';
export { dot, matmul } from './core/ops/matmul.js';
export { oneHot } from './core/ops/one-hot.js';
export { outer } from './core/ops/outer.js';
export { clip, maximum, minimum, power } from './core/ops/power.js';
export { prod } from './core/ops/prod.js';
export {
  argmax,
  argmin,
  max,
  mean,
  min,
  type PositionOptions,
  std,
  type VarianceOptions,
  variance,
} from './core/ops/reduce.js';
export { contiguous, reshape } from './core/ops/reshape.js';
export { cumprod, cumsum, type ScanOptions } from './core/ops/scan.js';
export { type Range, slice } from './core/ops/slice.js';
export { logSoftmax, logsumexp, softmax } from './core/ops/softmax.js';
export { broadcastTo, type ReduceOptions, sum } from './core/ops/sum-broadcast.js';
export { scatterAdd, type TakeOptions, take } from './core/ops/take.js';
export { takeAlongAxis } from './core/ops/take-along-axis.js';
export { inner, type TensordotOptions, tensordot, vdot } from './core/ops/tensordot.js';
export { trace } from './core/ops/trace.js';
export { matrixTranspose, transpose } from './core/ops/transpose.js';
export { all, any, countNonzero } from './core/ops/truth.js';
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
