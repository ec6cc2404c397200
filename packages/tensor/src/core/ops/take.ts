import { describeValue, expectTensor } from '../as-tensor.js';
import { apply, type Op } from '../op.js';
import { contiguousStrides, normalizeAxis, type Shape, showShape, sizeOf } from '../shape.js';
import { flatten, isTensor, type Tensor } from '../tensor.js';

/** Which entries along which axis. */
interface Selection {
  readonly axis: number;
  readonly indices: Int32Array;
}

// Taking entries and adding them back at their places are each other's transpose.

export const takeOp: Op<Selection> = {
  name: 'take',
  infer: ([x], { axis, indices }) => ({
    shape: x.shape.map((n, i) => (i === axis ? indices.length : n)),
    dtype: x.dtype,
  }),
  compute: (out, [x], { axis, indices }) => {
    const source = flatten(x);
    const [outer, n, inner] = around(x.shape, axis);
    for (let o = 0, at = 0; o < outer; o++) {
      for (let i = 0; i < indices.length; i++, at += inner) {
        const from = (o * n + indices[i]) * inner;
        for (let q = 0; q < inner; q++) out.data[at + q] = source[from + q];
      }
    }
  },
  vjp: (g, _out, [x], selection) => [apply(scatterAddOp, [g], { selection, shape: x.shape })],
};

export const scatterAddOp: Op<{ readonly selection: Selection; readonly shape: Shape }> = {
  name: 'scatterAdd',
  infer: ([g], { shape }) => ({ shape, dtype: g.dtype }),
  compute: (out, [g], { selection: { axis, indices }, shape }) => {
    const source = flatten(g);
    const [outer, n, inner] = around(shape, axis);
    for (let o = 0, at = 0; o < outer; o++) {
      for (let i = 0; i < indices.length; i++, at += inner) {
        const to = (o * n + indices[i]) * inner;
        for (let q = 0; q < inner; q++) out.data[to + q] += source[at + q];
      }
    }
  },
  vjp: (g, _out, _inputs, { selection }) => [apply(takeOp, [g], selection)],
};

/**
 * Entries of x at `indices` (a tensor of whole numbers of order 1, or an array) along `axis` (default 0); an index may repeat, negative ones count from
 * the end. Throws a RangeError naming the first index out of range.
 */
export function take(x: Tensor, indices: Tensor | ArrayLike<number>, { axis = 0 }: { axis?: number } = {}): Tensor {
  expectTensor('take', x);
  const at = normalizeAxis('take', axis, x.order);
  const list = isTensor(indices) ? indexList(indices) : indices;
  if (typeof list !== 'object' || list === null) {
    throw new TypeError(`take: expected an array or a tensor of indices, got ${describeValue(list)}`);
  }
  const n = x.shape[at];
  const resolved = new Int32Array(list.length);
  for (let i = 0; i < list.length; i++) {
    if (!Number.isInteger(list[i]) || list[i] < -n || list[i] >= n) {
      throw new RangeError(
        `take: index ${list[i]} at position ${i} is out of range for axis ${at} of ${showShape(x.shape)}`,
      );
    }
    resolved[i] = list[i] < 0 ? list[i] + n : list[i];
  }
  return apply(takeOp, [x], { axis: at, indices: resolved });
}

function indexList(indices: Tensor): ArrayLike<number> {
  if (indices.dtype === 'bool') throw new TypeError('take: indices must be numbers, got a tensor of bool');
  if (indices.order !== 1) {
    throw new RangeError(`take: indices must have order 1, got shape ${showShape(indices.shape)}`);
  }
  return flatten(indices);
}

/** Sizes before, along and behind an axis. */
function around(shape: Shape, axis: number): [number, number, number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis], contiguousStrides(shape)[axis]];
}
