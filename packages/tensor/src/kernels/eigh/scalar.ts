import { signOfLargest, unitScale } from '../scaling/index.js';
import { diagonalize } from './diagonalize.js';
import { tridiagonalize } from './tridiagonalize.js';

/** Eigenvalues and eigenvectors of a symmetric matrix, see contract.ts. */
export function eighScalar(
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
  vectors: Float64Array,
  vectorsOffset: number,
): number {
  // The transposed eigenvectors: every rotation then works on two contiguous rows.
  const rows = new Float64Array(n * n);
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const scale = copyScaled(n, a, aOffset, rows);
  tridiagonalize(n, rows, diagonal, offDiagonal, true);
  const status = diagonalize(n, diagonal, offDiagonal, rows);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
  for (let j = 0; j < n; j++) {
    const source = order[j];
    values[valuesOffset + j] = diagonal[source] / scale;
    const sign = signOfLargest(n, rows, source * n, 1);
    for (let i = 0; i < n; i++) vectors[vectorsOffset + i * n + j] = sign * rows[source * n + i];
  }
  return status;
}

/** Eigenvalues only, see contract.ts. */
export function eigvalshScalar(
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
): number {
  const work = new Float64Array(n * n);
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const scale = copyScaled(n, a, aOffset, work);
  tridiagonalize(n, work, diagonal, offDiagonal, false);
  const status = diagonalize(n, diagonal, offDiagonal, new Float64Array(0));
  diagonal.sort();
  for (let j = 0; j < n; j++) values[valuesOffset + j] = diagonal[j] / scale;
  return status;
}

/** Copies the lower triangle to both sides, multiplied by the power of two that brings the largest entry near 1. */
function copyScaled(n: number, a: Float64Array, aOffset: number, target: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) largest = Math.max(largest, Math.abs(a[aOffset + i * n + j]));
  }
  const scale = unitScale(largest);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      target[i * n + j] = a[aOffset + i * n + j] * scale;
      target[j * n + i] = target[i * n + j];
    }
  }
  return scale;
}
