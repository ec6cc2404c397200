import { qr } from '@neuronseek/tensor/kernels';
import { around } from './multiply-mode.js';

/** Rows of a block of the transposed unfolding, in units of its columns: the triangle before it then costs a quarter more. */
const BLOCK = 4;

/**
 * R [I_n, I_n], upper triangular and row-major, with X_(n)ᵀ = Q·R: what the unfolding in mode n is but for a rotation of its columns.
 *
 * Some columns of the unfolding at a time are put under the triangle of those before and reduced again, so no unfolding and no Q ever
 * stand. Backward stable, which a Gram matrix is not: singular values below 10⁻⁸ of the largest come out right. Needs at least I_n columns.
 * Cost: about 2.5·I_n·size(x) flops, memory 5·I_n² numbers. (Demmel, Grigori, Hoemmen & Langou 2012, sequential TSQR)
 */
export function unfoldingTriangle(x: Float64Array, shape: readonly number[], mode: number): Float64Array {
  const size = shape[mode];
  const { left, right } = around(shape, mode);
  const columns = left * right;
  const step = Math.max(BLOCK * size, 64);
  const stacked = new Float64Array((size + Math.min(step, columns)) * size);
  const taus = new Float64Array(size);
  let kept = 0;
  for (let first = 0; first < columns; first += step) {
    const count = Math.min(step, columns - first);
    for (let c = 0; c < count; c++) {
      const [l, g] = [Math.floor((first + c) / right), (first + c) % right];
      const from = l * size * right + g;
      const to = (kept + c) * size;
      for (let i = 0; i < size; i++) stacked[to + i] = x[from + i * right];
    }
    qr(kept + count, size, stacked, 0, taus, 0);
    kept = Math.min(kept + count, size);
    clearReflectors(stacked, kept, size);
  }
  return stacked.slice(0, size * size);
}

/** Zeros below the diagonal of the first rows. */
function clearReflectors(matrix: Float64Array, rows: number, columns: number): void {
  for (let i = 1; i < rows; i++) matrix.fill(0, i * columns, i * columns + Math.min(i, columns));
}
