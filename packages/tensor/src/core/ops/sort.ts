import { argsortRows, sortRows, topRows } from '../../kernels/sort/index.js';
import { addAlong, takeAlong } from '../../kernels/take/index.js';
import { expectTensor } from '../as-tensor.js';
import { describeValue } from '../describe-value.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { normalizeAxis, showShape, sizeOf } from '../shape.js';
import { flatten, Tensor } from '../tensor.js';
import { takeAlongAxisOp } from './take-along-axis.js';
import { moveAxis } from './transpose.js';

/** Options of {@link sort} and {@link argsort}. */
export interface SortOptions {
  /** The axis to sort along. Default: −1. */
  readonly axis?: number;
  /** Largest first. Default: false. */
  readonly descending?: boolean;
}

const sortOptions = { axis: 'number', descending: 'boolean' } as const;

// All three work along the last axis; the functions move it there and back.

/** Parameter: whether the largest comes first. */
export const sortOp: Op<boolean> = {
  name: 'sort',
  infer: ([x]) => x,
  compute: (out, [x], descending) => {
    out.data.set(flatten(x));
    const [rows, n] = rowsOf(x);
    sortRows(out.data, rows, n, descending);
  },
  // Sorting moves elements; their cotangents move back.
  vjp: (g, _y, [x], descending) => [apply(unsortByOp, [g, x], descending)],
};

/** The elements of h in the order that sorts x, of the same shape. Linear in h, constant in x. */
export const sortByOp: Op<boolean> = {
  name: 'sortBy',
  overwrites: true,
  infer: ([h]) => ({ shape: h.shape, dtype: h.dtype }),
  compute: (out, [h, x], descending) => {
    const [rows, n] = rowsOf(x);
    takeAlong(out.data, flatten(h), rows, n, n, 1, orderOf(x, descending));
  },
  vjp: (g, _y, [, x], descending) => [apply(unsortByOp, [g, x], descending), undefined],
};

/** Transpose of {@link sortByOp}: each element of g where that came from which sorting x moved to its place. */
export const unsortByOp: Op<boolean> = {
  name: 'unsortBy',
  infer: ([g]) => ({ shape: g.shape, dtype: g.dtype }),
  compute: (out, [g, x], descending) => {
    const [rows, n] = rowsOf(x);
    addAlong(out.data, flatten(g), rows, n, n, 1, orderOf(x, descending));
  },
  vjp: (h, _y, [, x], descending) => [apply(sortByOp, [h, x], descending), undefined],
};

function orderOf(x: Tensor, descending: boolean): Int32Array {
  const [rows, n] = rowsOf(x);
  const indices = new Int32Array(x.size);
  argsortRows(indices, flatten(x), rows, n, descending, false);
  return indices;
}

export const argsortOp: Op<boolean> = {
  name: 'argsort',
  infer: ([x]) => ({ shape: x.shape, dtype: 'int32' }),
  compute: (out, [x], descending) => {
    const [rows, n] = rowsOf(x);
    // Its output has dtype int32, hence an Int32Array.
    if (out.data instanceof Int32Array) argsortRows(out.data, flatten(x), rows, n, descending, false);
  },
  vjp: null,
};

/**
 * Elements in ascending (or `descending`) order along `axis` (default −1); NaN come last in either direction, −0 before 0. The derivative moves
 * each cotangent back to where its element came from; among equal elements that is their order in x.
 */
export function sort(x: Tensor, options: SortOptions = {}): Tensor {
  return run('sort', sortOp, x, options);
}

/**
 * Indices, as int32, that put x in order along `axis` (default −1): `takeAlongAxis(x, argsort(x))` is `sort(x)`, up to the order of −0 and 0, which are
 * equal here. Stable in either direction, NaN last. Not differentiable.
 */
export function argsort(x: Tensor, options: SortOptions = {}): Tensor {
  return run('argsort', argsortOp, x, options);
}

function run(name: string, op: Op<boolean>, x: Tensor, options: SortOptions): Tensor {
  expectTensor(name, x);
  checkOptions(name, options, sortOptions);
  const axis = normalizeAxis(name, options.axis ?? -1, x.order);
  return moveAxis(apply(op, [moveAxis(x, axis, -1)], options.descending ?? false), -1, axis);
}

/** What {@link topK} returns. */
export interface TopK {
  /** The largest elements, largest first. */
  readonly values: Tensor;
  /** Where they stand along the axis, int32. */
  readonly indices: Tensor;
}

/**
 * The k largest elements along `axis` (default −1), largest first, and their indices; of equal ones the earlier comes first, and NaN counts as larger
 * than every number, as in jax.lax.top_k and `argmax`. `values` is differentiable. Throws a RangeError unless 0 ≤ k ≤ size of the axis.
 */
export function topK(x: Tensor, k: number, options: { readonly axis?: number } = {}): TopK {
  expectTensor('topK', x);
  if (typeof k !== 'number') throw new TypeError(`topK: k must be a number, got ${describeValue(k)}`);
  checkOptions('topK', options, { axis: 'number' });
  const axis = normalizeAxis('topK', options.axis ?? -1, x.order);
  if (!Number.isInteger(k) || k < 0 || k > x.shape[axis]) {
    throw new RangeError(`topK: k must be from 0 to the size of axis ${axis} of ${showShape(x.shape)}, got ${k}`);
  }
  const moved = moveAxis(x, axis, -1);
  const [rows, n] = rowsOf(moved);
  const indices = new Int32Array(rows * k);
  topRows(indices, flatten(moved), rows, n, k);
  const values = apply(takeAlongAxisOp, [moved], { axis: moved.order - 1, count: k, indices });
  return {
    values: moveAxis(values, -1, axis),
    indices: moveAxis(new Tensor(indices, 'int32', values.shape), -1, axis),
  };
}

/** How many rows along the last axis, and their length. */
function rowsOf(x: Tensor): [number, number] {
  return [sizeOf(x.shape.slice(0, -1)), x.shape[x.order - 1]];
}
