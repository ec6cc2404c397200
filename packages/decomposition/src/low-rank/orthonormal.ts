import { qr, qrFormQ } from '@neuronseek/tensor/kernels';

/**
 * `count` orthonormal columns [rows, count] whose first ones span the columns of the given matrix [rows, columns], count ≤ rows; what the
 * matrix does not determine, because it has fewer columns or dependent ones, is any completion, the same for the same bits.
 * Householder QR. Cost: about 6·rows·count² flops.
 */
export function orthonormal(matrix: Float64Array, rows: number, columns: number, count: number): Float64Array {
  const reduced = matrix.slice();
  const taus = new Float64Array(Math.min(rows, columns));
  qr(rows, columns, reduced, 0, taus, 0);
  const most = Math.max(count, Math.min(rows, columns));
  const q = new Float64Array(rows * most);
  qrFormQ(rows, columns, most, reduced, 0, taus, 0, q, 0);
  return most === count ? q : leadingColumns(q, most, count);
}

/** The first `count` columns of a matrix with `columns` of them. */
export function leadingColumns(matrix: Float64Array, columns: number, count: number): Float64Array {
  const rows = matrix.length / columns;
  const leading = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < count; j++) leading[i * count + j] = matrix[i * columns + j];
  }
  return leading;
}
