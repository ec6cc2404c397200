import { promote, toFloating } from '../dtype.js';
import { applyView } from '../op.js';
import { isContiguous, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { mul } from './arithmetic.js';
import { astype } from './astype.js';
import { expandDims } from './axes.js';
import { matmul } from './matmul.js';
import { reshape } from './reshape.js';
import { transposeOp } from './transpose.js';

/** A tensor with a name for each axis, no name twice. */
export interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

/**
 * Sum of products of two tensors over the indices that are not `kept`, each of which both have: axes in the order of `kept`. A product of matrices,
 * stacked along the kept indices that both have; elementwise where nothing is summed. Floating, as matmul is.
 */
export function contractPair(a: Labelled, b: Labelled, kept: readonly string[]): Labelled {
  const dtype = toFloating(promote(a.tensor.dtype, b.tensor.dtype));
  const left = { tensor: astype(a.tensor, dtype), labels: a.labels };
  const right = { tensor: astype(b.tensor, dtype), labels: b.labels };
  if (a.labels.every((label) => kept.includes(label)) && b.labels.every((label) => kept.includes(label))) {
    return { tensor: mul(aligned(left, kept), aligned(right, kept)), labels: kept };
  }
  // The result is row-major as it stands when the first free index belongs to the left operand.
  const free = kept.find((label) => a.labels.includes(label) !== b.labels.includes(label));
  return free !== undefined && b.labels.includes(free) ? product(right, left, kept) : product(left, right, kept);
}

function product(a: Labelled, b: Labelled, kept: readonly string[]): Labelled {
  const batch = kept.filter((label) => a.labels.includes(label) && b.labels.includes(label));
  const rows = byStride(a).filter((label) => kept.includes(label) && !batch.includes(label));
  const columns = byStride(b).filter((label) => kept.includes(label) && !batch.includes(label));
  // The larger operand decides the order of the sum, so that it is the smaller one that may have to be copied.
  const summed = byStride(a.tensor.size >= b.tensor.size ? a : b).filter((label) => !kept.includes(label));
  const stack = matmul(asMatrices(a, batch, rows, summed), asMatrices(b, batch, summed, columns));
  const labels = [...batch, ...rows, ...columns];
  const sizes = [...sizesOf(a, [...batch, ...rows]), ...sizesOf(b, columns)];
  return { tensor: transposed(reshape(stack, sizes), labels, kept), labels: kept };
}

/** The indices from the slowest in memory to the fastest. */
function byStride({ tensor, labels }: Labelled): string[] {
  const stride = (label: string): number => Math.abs(tensor.strides[labels.indexOf(label)]);
  return [...labels].sort((p, q) => stride(q) - stride(p));
}

/** A stack of matrices [batch..., rows, columns], the latter two read as one axis each; a copy only where strides do not allow a view. */
function asMatrices(
  x: Labelled,
  batch: readonly string[],
  rows: readonly string[],
  columns: readonly string[],
): Tensor {
  const groups = [...batch.map((label) => [label]), rows, columns];
  const order = batch.length + 2;
  if (rows.length > 1 || columns.length > 1) {
    const stride = (group: readonly string[]): number => {
      const long = group.find((label) => x.tensor.shape[x.labels.indexOf(label)] > 1);
      return long === undefined ? 0 : x.tensor.strides[x.labels.indexOf(long)];
    };
    const places = groups.map((_, i) => i).sort((p, q) => stride(groups[q]) - stride(groups[p]));
    const inMemory = places.flatMap((place) => groups[place]);
    const dense = transposed(x.tensor, x.labels, inMemory);
    if (isContiguous(dense.shape, dense.strides)) {
      const merged = reshape(
        dense,
        places.map((place) => sizeOf(sizesOf(x, groups[place]))),
      );
      return transposed(
        merged,
        places.map(String),
        groups.map((_, i) => String(i)),
      );
    }
  }
  const lined = transposed(x.tensor, x.labels, groups.flat());
  if (rows.length > 1 || columns.length > 1) {
    return reshape(lined, [...sizesOf(x, batch), sizeOf(sizesOf(x, rows)), sizeOf(sizesOf(x, columns))]);
  }
  const missing = [...(rows.length === 0 ? [order - 2] : []), ...(columns.length === 0 ? [order - 1] : [])];
  return missing.length === 0 ? lined : expandDims(lined, missing);
}

function sizesOf({ tensor, labels }: Labelled, of: readonly string[]): number[] {
  return of.map((label) => tensor.shape[labels.indexOf(label)]);
}

/** Axes in the order of the indices `to`, of size 1 for those that x does not have. */
function aligned({ tensor, labels }: Labelled, to: readonly string[]): Tensor {
  const present = to.filter((label) => labels.includes(label));
  const missing = to.flatMap((label, axis) => (labels.includes(label) ? [] : [axis]));
  const moved = transposed(tensor, labels, present);
  return missing.length === 0 ? moved : expandDims(moved, missing);
}

/** Axes named `labels` in the order `to`. */
export function transposed(x: Tensor, labels: readonly string[], to: readonly string[]): Tensor {
  const axes = to.map((label) => labels.indexOf(label));
  return axes.every((axis, i) => axis === i) ? x : applyView(transposeOp, x, axes);
}
