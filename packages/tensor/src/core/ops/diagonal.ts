import { scatterStrided } from '../../kernels/copy/index.js';
import { expectTensor } from '../as-tensor.js';
import { apply, applyView, type Op, type ViewOp } from '../op.js';
import { checkOptions } from '../options.js';
import { normalizeAxis, type Shape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { reshape } from './reshape.js';

/** Options of {@link diagonal} and trace. */
export interface DiagonalOptions {
  /** Element i of the diagonal stands in column i + offset: above the main one when positive, below when negative. Default: 0. */
  readonly offset?: number;
  /** The axes of rows and of columns. Default: [0, 1], as in NumPy. */
  readonly axes?: readonly [number, number];
}

/** Which diagonal, the axes counted from 0. */
interface Diagonal {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

// Reading a diagonal and writing it into zeros are each other's transpose.

/** The diagonal as a last axis: a view, because a step along it is a step along both axes. */
export const diagonalOp: ViewOp<Diagonal> = {
  name: 'diagonal',
  view: (x, { offset, rows, columns }) => {
    const kept = x.shape.flatMap((_, axis) => (axis === rows || axis === columns ? [] : [axis]));
    const [down, right] = [Math.max(-offset, 0), Math.max(offset, 0)];
    const length = Math.max(0, Math.min(x.shape[rows] - down, x.shape[columns] - right));
    return {
      shape: [...kept.map((axis) => x.shape[axis]), length],
      strides: [...kept.map((axis) => x.strides[axis]), x.strides[rows] + x.strides[columns]],
      // A view of nothing starts where x does, so that its offset lies within the buffer.
      offset: length === 0 ? x.offset : x.offset + down * x.strides[rows] + right * x.strides[columns],
    };
  },
  vjp: (g, x, which) => apply(embedDiagonalOp, [g], { which, shape: x.shape }),
};

export const embedDiagonalOp: Op<{ readonly which: Diagonal; readonly shape: Shape }> = {
  name: 'embedDiagonal',
  infer: ([g], { shape }) => ({ shape, dtype: g.dtype }),
  compute: (out, [g], { which }) => {
    const { shape, strides, offset } = diagonalOp.view(out, which);
    scatterStrided(out.data, offset, strides, g.data, g.offset, g.strides, shape);
  },
  vjp: (g, _out, _inputs, { which }) => [applyView(diagonalOp, g, which)],
};

/**
 * A diagonal of the matrices that two axes span, as a last axis; empty when `offset` points past them. A view. Throws unless x has both axes and
 * they differ.
 */
export function diagonal(x: Tensor, options: DiagonalOptions = {}): Tensor {
  return diagonalNamed('diagonal', x, options);
}

/** {@link diagonal} under the name of the function that the user called. */
export function diagonalNamed(op: string, x: Tensor, options: DiagonalOptions): Tensor {
  expectTensor(op, x);
  checkOptions(op, options, { offset: 'number', axes: 'axes' });
  const { offset = 0, axes = [0, 1] } = options;
  checkOffset(op, offset);
  if (x.order < 2) throw new RangeError(`${op}: needs at least two axes, got ${showShape(x.shape)}`);
  if (!Array.isArray(axes) || axes.length !== 2) throw new RangeError(`${op}: axes must be a pair, got ${axes}`);
  const [rows, columns] = axes.map((axis) => normalizeAxis(op, axis, x.order));
  if (rows === columns) throw new RangeError(`${op}: axis ${rows} is named twice`);
  return applyView(diagonalOp, x, { offset, rows, columns });
}

/**
 * A matrix with the elements of a vector on the diagonal `offset` (default 0) and zeros elsewhere; of a matrix, that diagonal as a vector (a
 * view). Throws for other orders: see {@link diagonal} and {@link diagflat}.
 */
export function diag(x: Tensor, options: { readonly offset?: number } = {}): Tensor {
  expectTensor('diag', x);
  checkOptions('diag', options, { offset: 'number' });
  if (x.order === 2) return diagonalNamed('diag', x, options);
  if (x.order !== 1) throw new RangeError(`diag: needs a vector or a matrix, got ${showShape(x.shape)}`);
  return onDiagonal('diag', x, options.offset ?? 0);
}

/** A matrix with all elements of x, in row-major order, on the diagonal `offset` (default 0) and zeros elsewhere. */
export function diagflat(x: Tensor, options: { readonly offset?: number } = {}): Tensor {
  expectTensor('diagflat', x);
  checkOptions('diagflat', options, { offset: 'number' });
  return onDiagonal('diagflat', reshape(x, [x.size]), options.offset ?? 0);
}

function onDiagonal(op: string, x: Tensor, offset: number): Tensor {
  checkOffset(op, offset);
  const n = x.size + Math.abs(offset);
  return apply(embedDiagonalOp, [x], { which: { offset, rows: 0, columns: 1 }, shape: [n, n] });
}

function checkOffset(op: string, offset: number): void {
  if (!Number.isSafeInteger(offset)) throw new RangeError(`${op}: offset must be an integer, got ${offset}`);
}
