import { allocate } from '../core/allocate.js';
import type { DType } from '../core/dtype.js';
import { Tensor } from '../core/tensor.js';

/** A constant rows × cols matrix with one value below, on and above the diagonal: a factor that keeps a triangle of a matrix. */
export function triangle(
  [rows, cols]: readonly number[],
  [below, diagonal, above]: readonly [number, number, number],
  dtype: DType,
): Tensor {
  const data = allocate(dtype, rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) data[i * cols + j] = j < i ? below : j === i ? diagonal : above;
  }
  return new Tensor(data, dtype, [rows, cols]);
}
