import { reduce, sumFold } from '../../kernels/reduce/index.js';
import { expectTensor } from '../as-tensor.js';
import { apply, applyView, type Op, type ViewOp } from '../op.js';
import { checkOptions } from '../options.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import {
  broadcastShapes,
  broadcastStrides,
  checkShape,
  normalizeAxes,
  type Shape,
  sameShape,
  showShape,
} from '../shape.js';
import type { Tensor } from '../tensor.js';
import { reshape } from './reshape.js';

// Sum and broadcast are each other's transpose, so they live in one file.

/** Options of every reduction. */
export interface ReduceOptions {
  /** Axes to reduce, negative ones counted from the end. Default: all. */
  readonly axes?: number | readonly number[];
  /** Keep reduced axes with size 1. Default: false. */
  readonly keepDims?: boolean;
}

/** What {@link ReduceOptions} may hold. */
export const reduceOptions = { axes: 'axes', keepDims: 'boolean' } as const;

/** Sum over `axes`, which stay as axes of size 1; a pairwise sum, see kernels/reduce/sum.ts. */
export const sumOp: Op<readonly number[]> = {
  name: 'sum',
  overwrites: true,
  infer: ([x], axes) => reducedSpec(x, axes, x.dtype === 'bool' ? 'int32' : x.dtype),
  compute: (out, [x], axes) => {
    const plan = reductionPlan(x, axes);
    reduce(sumFold, out.data, plan.data, plan.offset, plan.shape, plan.strides, plan.n, plan.stride);
  },
  vjp: (g, _out, [x]) => [broadcastTo(g, x.shape)],
};

export const broadcastToOp: ViewOp<Shape> = {
  name: 'broadcastTo',
  view: (x, shape) => ({ shape, strides: broadcastStrides(x.shape, x.strides, shape), offset: x.offset }),
  vjp: (g, x) => sumTo(g, x.shape),
};

/**
 * Sum of the elements over `axes` (default: all), pairwise. Error at most about (log₂ n + 34)·eps·Σ|x|. int32 wraps around; bool counts.
 */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(sumOp, x, options);
}

/** x read as a tensor of a larger shape, sizes of 1 stretched and axes added in front: a view. Throws when it does not fit. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  expectTensor('broadcastTo', x);
  checkShape('broadcastTo', shape);
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes('broadcastTo', x.shape, shape), shape)) {
    throw new RangeError(`broadcastTo: ${showShape(x.shape)} does not stretch to ${showShape(shape)}`);
  }
  return applyView(broadcastToOp, x, [...shape]);
}

/** Transpose of {@link broadcastTo}: sums g over the axes along which `shape` was stretched to g's shape. */
export function sumTo(g: Tensor, shape: Shape): Tensor {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.order - shape.length;
  const axes = g.shape.flatMap((n, axis) => (axis < lead || (shape[axis - lead] === 1 && n !== 1) ? [axis] : []));
  return reshape(apply(sumOp, [g], axes), shape);
}

/** A reduction whose parameters are its axes, under its own name and with the usual options. */
export function applyReduction(op: Op<readonly number[]>, x: Tensor, options: ReduceOptions): Tensor {
  expectTensor(op.name, x);
  checkOptions(op.name, options, reduceOptions);
  const { axes, keepDims = false } = options;
  const list = normalizeAxes(op.name, axes, x.order);
  return dropAxes(apply(op, [x], list), list, keepDims);
}

/** Removes the size-1 axes that a reduction left, unless they are to be kept. */
export function dropAxes(x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  return keepDims
    ? x
    : reshape(
        x,
        x.shape.filter((_, axis) => !axes.includes(axis)),
      );
}
