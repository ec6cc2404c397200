export { asTensor, type TensorLike } from './core/as-tensor.js';
export { backwardVjp } from './core/backward-vjp.js';
export { checkpoint } from './core/checkpoint.js';
export { type CompiledLoop, compileLoop } from './core/compile/compile-loop.js';
export { compileStep } from './core/compile/compile-step.js';
export {
  arange,
  type CreateOptions,
  eye,
  full,
  fullLike,
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
export type { IndexInput } from './core/indices.js';
export { type Jacobian, jacobian } from './core/jacobian.js';
export { type Jvp, jvp } from './core/jvp.js';
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
export {
  type EluOptions,
  elu,
  eluDefaults,
  gelu,
  type LeakyReluOptions,
  leakyRelu,
  leakyReluDefaults,
  relu,
  sigmoid,
  silu,
  softplus,
} from './core/ops/activations.js';
export { add, div, mul, neg, sub } from './core/ops/arithmetic.js';
export { astype } from './core/ops/astype.js';
export { expandDims, squeeze } from './core/ops/axes.js';
export { broadcastArrays, meshgrid } from './core/ops/broadcast-arrays.js';
export { isFinite, isInf, isNaN } from './core/ops/classify.js';
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from './core/ops/compare.js';
export { concat, stack } from './core/ops/concat.js';
export { type ConvOptions, conv1d, conv2d } from './core/ops/conv.js';
export type { Padding, PerAxis } from './core/ops/conv-options.js';
export { type ConvTransposeOptions, convTranspose1d, convTranspose2d } from './core/ops/conv-transpose.js';
export { convolve, correlate, type Overlap, type OverlapOptions } from './core/ops/conv-vectors.js';
export { type DiagonalOptions, diag, diagflat, diagonal } from './core/ops/diagonal.js';
export { type DiffOptions, diff } from './core/ops/diff.js';
export { einsum } from './core/ops/einsum.js';
export { type EinsumPath, einsumPath } from './core/ops/einsum-path.js';
export { erf, erfc } from './core/ops/error-function.js';
export { exp, exp2, expm1, log, log1p, log2, log10 } from './core/ops/exponential.js';
export { flip } from './core/ops/flip.js';
export { acosh, asinh, atanh, cosh, sinh, tanh } from './core/ops/hyperbolic.js';
export { kron } from './core/ops/kron.js';
export { logicalAnd, logicalNot, logicalOr, logicalXor } from './core/ops/logical.js';
export { dot, matmul } from './core/ops/matmul.js';
export { nonzero } from './core/ops/nonzero.js';
export { oneHot } from './core/ops/one-hot.js';
export { outer } from './core/ops/outer.js';
export { type PadMode, type PadOptions, type PadWidth, pad } from './core/ops/pad.js';
export type { PoolOptions } from './core/ops/pool.js';
export { type AvgPoolOptions, avgPool1d, avgPool2d } from './core/ops/pool-average.js';
export { type MaxPoolOptions, maxPool1d, maxPool2d } from './core/ops/pool-max.js';
export { clip, maximum, minimum, power } from './core/ops/power.js';
export { prod } from './core/ops/prod.js';
export { median, percentile, quantile } from './core/ops/quantile.js';
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
export { floorDivide, fmod, mod } from './core/ops/remainder.js';
export { contiguous, ravel, reshape } from './core/ops/reshape.js';
export { roll } from './core/ops/roll.js';
export { cbrt, hypot, reciprocal, sqrt, square } from './core/ops/roots.js';
export { ceil, floor, round, trunc } from './core/ops/rounding.js';
export { cumprod, cumsum, type ScanOptions } from './core/ops/scan.js';
export { abs, sign } from './core/ops/sign.js';
export { type Range, slice } from './core/ops/slice.js';
export { logSoftmax, logsumexp, softmax } from './core/ops/softmax.js';
export { argsort, type SortOptions, sort, type TopK, topK } from './core/ops/sort.js';
export { split, unstack } from './core/ops/split.js';
export { broadcastTo, type ReduceOptions, sum } from './core/ops/sum-broadcast.js';
export { scatterAdd, type TakeOptions, take } from './core/ops/take.js';
export { gather, type TakeAlongOptions, takeAlongAxis } from './core/ops/take-along-axis.js';
export { inner, type TensordotOptions, tensordot, vdot } from './core/ops/tensordot.js';
export { repeat, tile } from './core/ops/tile.js';
export { trace } from './core/ops/trace.js';
export { matrixTranspose, moveAxis, swapAxes, transpose } from './core/ops/transpose.js';
export { tril, triu } from './core/ops/triangle.js';
export { acos, asin, atan, atan2, cos, sin, tan } from './core/ops/trigonometric.js';
export { all, any, countNonzero } from './core/ops/truth.js';
export { where } from './core/ops/where.js';
export { type Shape, sameShape, showShape } from './core/shape.js';
export { stopGradient } from './core/stop-gradient.js';
export { flatten, isTensor, type Nested, Tensor } from './core/tensor.js';
export { treeLeaves, treeMap } from './core/tree.js';
export { type Vjp, vjp } from './core/vjp.js';
