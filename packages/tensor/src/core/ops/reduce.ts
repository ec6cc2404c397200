import { argmaxFold, argminFold, type Fold, maxFold, minFold, reduce } from '../../kernels/reduce/index.js';
import { expectTensor } from '../as-tensor.js';
import { isFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import { normalizeAxes, normalizeAxis, showShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { div, mul, sub } from './arithmetic.js';
import { astype } from './astype.js';
import { equal } from './compare.js';
import { sqrt, square } from './roots.js';
import { applyReduction, dropAxes, type ReduceOptions, reduceOptions, sum } from './sum-broadcast.js';

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

/** Options of {@link argmax} and {@link argmin}. */
export interface PositionOptions {
  /** The axis to search, negative ones counted from the end. Default: −1. */
  readonly axis?: number;
  /** Keep the axis with size 1. Default: false. */
  readonly keepDims?: boolean;
}

const positionOptions = { axis: 'number', keepDims: 'boolean' } as const;

/** Largest element over `axes`; NaN if there is one. Throws a RangeError when there is nothing to choose from. */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(maxOp, x, options);
}

/** Smallest element over `axes`; NaN if there is one. Throws a RangeError when there is nothing to choose from. */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(minOp, x, options);
}

/** Index, along `axis` (default −1), of the first largest element, as int32. Not differentiable. */
export function argmax(x: Tensor, options: PositionOptions = {}): Tensor {
  expectTensor('argmax', x);
  checkOptions('argmax', options, positionOptions);
  const { axis = -1, keepDims = false } = options;
  const at = normalizeAxis('argmax', axis, x.order);
  return dropAxes(apply(argmaxOp, [x], at), [at], keepDims);
}

/** Index, along `axis` (default −1), of the first smallest element, as int32. Not differentiable. */
export function argmin(x: Tensor, options: PositionOptions = {}): Tensor {
  expectTensor('argmin', x);
  checkOptions('argmin', options, positionOptions);
  const { axis = -1, keepDims = false } = options;
  const at = normalizeAxis('argmin', axis, x.order);
  return dropAxes(apply(argminOp, [x], at), [at], keepDims);
}

/** Arithmetic mean over `axes`; NaN of nothing. */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  expectTensor('mean', x);
  checkOptions('mean', options, reduceOptions);
  const { axes, keepDims = false } = options;
  return meanOf('mean', x, axes, keepDims);
}

function meanOf(op: string, x: Tensor, axes: ReduceOptions['axes'], keepDims: boolean): Tensor {
  const list = normalizeAxes(op, axes, x.order);
  // Integers are summed in float64, where their sum does not wrap around.
  const terms = isFloating(x.dtype) ? x : astype(x, 'float64');
  return div(sum(terms, { axes: list, keepDims }), countAlong(x, list));
}

function countAlong(x: Tensor, axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => x.shape[axis]));
}

/** Options of {@link variance} and {@link std}. */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from n in the divisor: 0 for the population, 1 for Bessel's correction. Default: 0. */
  readonly correction?: number;
}

const varianceOptions = { ...reduceOptions, correction: 'number' } as const;

/** Mean squared deviation from the mean over `axes`, in two passes; NaN or Infinity where n ≤ correction. */
export function variance(x: Tensor, options: VarianceOptions = {}): Tensor {
  return varianceOf('variance', x, options);
}

function varianceOf(op: string, x: Tensor, options: VarianceOptions): Tensor {
  expectTensor(op, x);
  checkOptions(op, options, varianceOptions);
  const { axes, keepDims = false, correction = 0 } = options;
  if (!Number.isFinite(correction)) throw new RangeError(`${op}: correction must be finite, got ${correction}`);
  const deviation = sub(x, meanOf(op, x, axes, true));
  const list = normalizeAxes(op, axes, x.order);
  return div(sum(square(deviation), { axes: list, keepDims }), Math.max(countAlong(x, list) - correction, 0));
}

/** Square root of {@link variance}. Its derivative is not finite where the variance is 0. */
export function std(x: Tensor, options: VarianceOptions = {}): Tensor {
  return sqrt(varianceOf('std', x, options));
}
