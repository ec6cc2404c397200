import { argmaxFold, argminFold, type Fold, maxFold, minFold, reduce } from '../../kernels/reduce/index.js';
import { apply, type Op } from '../op.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import { normalizeAxes, normalizeAxis, showShape, sizeOf } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import type { Tensor } from '../tensor.js';
import { add, div, mul, sub } from './arithmetic.js';
import { astype } from './astype.js';
import { equal } from './compare.js';
import { dropAxes, type ReduceOptions, sum } from './sum-broadcast.js';
import { exp, log, sqrt, square } from './unary.js';
import { where } from './where.js';

/** A reduction that picks one element; the cotangent is shared equally among all that tie for it. */
function extremum(name: string, fold: Fold): Op<readonly number[]> {
  const op: Op<readonly number[]> = {
    name,
    infer: ([x], axes) => {
      if (sizeOf(axes.map((axis) => x.shape[axis])) === 0) {
        throw new RangeError(
          `${name}: no elements to choose from along axes [${axes.join(', ')}] of ${showShape(x.shape)}`,
        );
      }
      return reducedSpec(x, axes, x.dtype);
    },
    compute: (out, [x], axes) => {
      const plan = reductionPlan(x, axes);
      reduce(fold, out.data, plan.data, plan.offset, plan.shape, plan.strides, plan.n, plan.stride);
    },
    vjp: (g, y, [x], axes) => {
      const chosen = astype(equal(x, y), g.dtype);
      return [mul(g, div(chosen, sum(chosen, { axes, keepDims: true })))];
    },
  };
  return op;
}

export const maxOp: Op<readonly number[]> = /* @__PURE__ */ extremum('max', maxFold);
export const minOp: Op<readonly number[]> = /* @__PURE__ */ extremum('min', minFold);

function position(name: string, fold: Fold): Op<number> {
  return {
    name,
    infer: ([x], axis) => {
      if (x.shape[axis] === 0) throw new RangeError(`${name}: axis ${axis} of ${showShape(x.shape)} has no elements`);
      return reducedSpec(x, [axis], 'int32');
    },
    compute: (out, [x], axis) => {
      const plan = reductionPlan(x, [axis]);
      reduce(fold, out.data, plan.data, plan.offset, plan.shape, plan.strides, plan.n, plan.stride);
    },
    vjp: null,
  };
}

export const argmaxOp: Op<number> = /* @__PURE__ */ position('argmax', argmaxFold);
export const argminOp: Op<number> = /* @__PURE__ */ position('argmin', argminFold);

/** Largest element over `axes`; NaN if there is one. Throws a RangeError when there is nothing to choose from. */
export function max(x: Tensor, { axes, keepDims = false }: ReduceOptions = {}): Tensor {
  const list = normalizeAxes('max', axes, x.order);
  return dropAxes(apply(maxOp, [x], list), list, keepDims);
}

/** Smallest element over `axes`; NaN if there is one. Throws a RangeError when there is nothing to choose from. */
export function min(x: Tensor, { axes, keepDims = false }: ReduceOptions = {}): Tensor {
  const list = normalizeAxes('min', axes, x.order);
  return dropAxes(apply(minOp, [x], list), list, keepDims);
}

/** Index, along `axis` (default −1), of the first largest element, as int32. Not differentiable. */
export function argmax(x: Tensor, { axis = -1, keepDims = false }: { axis?: number; keepDims?: boolean } = {}): Tensor {
  const at = normalizeAxis('argmax', axis, x.order);
  return dropAxes(apply(argmaxOp, [x], at), [at], keepDims);
}

/** Index, along `axis` (default −1), of the first smallest element, as int32. Not differentiable. */
export function argmin(x: Tensor, { axis = -1, keepDims = false }: { axis?: number; keepDims?: boolean } = {}): Tensor {
  const at = normalizeAxis('argmin', axis, x.order);
  return dropAxes(apply(argminOp, [x], at), [at], keepDims);
}

/** Arithmetic mean over `axes`; NaN of nothing. */
export function mean(x: Tensor, { axes, keepDims = false }: ReduceOptions = {}): Tensor {
  const list = normalizeAxes('mean', axes, x.order);
  return div(sum(x, { axes: list, keepDims }), sizeOf(list.map((axis) => x.shape[axis])));
}

/** Options of {@link variance} and {@link std}. */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from n in the divisor: 0 for the population, 1 for Bessel's correction. Default: 0. */
  readonly correction?: number;
}

/** Mean squared deviation from the mean over `axes`, in two passes. */
export function variance(x: Tensor, { axes, keepDims = false, correction = 0 }: VarianceOptions = {}): Tensor {
  const list = normalizeAxes('variance', axes, x.order);
  const deviation = sub(x, mean(x, { axes: list, keepDims: true }));
  return div(sum(square(deviation), { axes: list, keepDims }), sizeOf(list.map((axis) => x.shape[axis])) - correction);
}

/** Square root of {@link variance}. Its derivative is not finite where the variance is 0. */
export function std(x: Tensor, options: VarianceOptions = {}): Tensor {
  return sqrt(variance(x, options));
}

/** ln Σ eˣ over `axes`, without overflow; −Infinity of nothing but −Infinity. */
export function logsumexp(x: Tensor, { axes, keepDims = false }: ReduceOptions = {}): Tensor {
  const list = normalizeAxes('logsumexp', axes, x.order);
  const top = stopGradient(max(x, { axes: list, keepDims: true }));
  // Where the maximum is infinite the difference would be NaN: shift by 0 there and let exp and log do what they do.
  const shift = where(equal(sub(top, top), 0), top, 0);
  const total = add(log(sum(exp(sub(x, shift)), { axes: list, keepDims: true })), shift);
  return dropAxes(total, list, keepDims);
}

/** x − ln Σ eˣ along `axis` (default −1). */
export function logSoftmax(x: Tensor, { axis = -1 }: { axis?: number } = {}): Tensor {
  return sub(x, logsumexp(x, { axes: axis, keepDims: true }));
}

/** eˣ / Σ eˣ along `axis` (default −1), without overflow. */
export function softmax(x: Tensor, { axis = -1 }: { axis?: number } = {}): Tensor {
  return exp(logSoftmax(x, { axis }));
}
