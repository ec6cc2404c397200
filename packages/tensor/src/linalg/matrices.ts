import { expectTensor } from '../core/as-tensor.js';
import { broadcastStrides, contiguousStrides, type Shape, showShape, sizeOf } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { copyStrided } from '../kernels/copy/index.js';

// Every function of this floor works on the last two axes; the axes in front are a stack of matrices.

/** Throws unless x is a tensor with the two axes of a matrix. */
export function checkMatrix(op: string, x: Tensor): void {
  expectTensor(op, x);
  if (x.order < 2) throw new RangeError(`${op}: needs a matrix: a is ${showShape(x.shape)}`);
}

/** Throws unless x is a tensor whose last two axes have one size. */
export function checkSquare(op: string, x: Tensor): void {
  checkMatrix(op, x);
  if (x.shape[x.order - 1] !== x.shape[x.order - 2]) {
    throw new RangeError(`${op}: the matrix is not square: a is ${showShape(x.shape)}`);
  }
}

/** Rows, columns, and the shape and number of the matrices in the stack. */
export interface StackSizes {
  readonly rows: number;
  readonly cols: number;
  readonly batch: Shape;
  readonly count: number;
}

export function stackSizes(shape: Shape): StackSizes {
  const batch = shape.slice(0, -2);
  return { rows: shape[shape.length - 2], cols: shape[shape.length - 1], batch, count: sizeOf(batch) };
}

/** A gap-free row-major float64 copy of x, stretched to `shape`. */
export function copyFloat64(x: Tensor, shape: Shape = x.shape): Float64Array {
  const copy = new Float64Array(sizeOf(shape));
  copyStrided(copy, 0, x.data, x.offset, broadcastStrides(x.shape, x.strides, shape), shape);
  return copy;
}

/** As {@link copyFloat64}; throws, naming the index, when an element is not finite: a factorization would smear it over everything. */
export function copyFinite(op: string, x: Tensor, what = 'the matrix'): Float64Array {
  const copy = copyFloat64(x);
  for (let q = 0; q < copy.length; q++) {
    if (Number.isFinite(copy[q])) continue;
    throw new RangeError(`${op}: ${what} is not finite: element ${showShape(indexOf(q, x.shape))} is ${copy[q]}`);
  }
  return copy;
}

/** Which matrix of a stack `own` the q-th matrix of the broadcast stack `batch` reads. */
export function stackIndices(own: Shape, batch: Shape): Int32Array {
  const indices = new Int32Array(sizeOf(batch));
  const all = Int32Array.from({ length: sizeOf(own) }, (_, i) => i);
  copyStrided(indices, 0, all, 0, broadcastStrides(own, contiguousStrides(own), batch), batch);
  return indices;
}

/** `the matrix`, or `matrix [1, 0] of the stack`: the subject of a message about the q-th matrix. */
export function nameMatrix(q: number, batch: Shape): string {
  return batch.length === 0 ? 'the matrix' : `matrix ${showShape(indexOf(q, batch))} of the stack`;
}

/** Index of the q-th element in row-major order. */
function indexOf(q: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = q % shape[axis];
    q = Math.floor(q / shape[axis]);
  }
  return index;
}
