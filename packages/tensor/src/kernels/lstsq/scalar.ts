import { norm2 } from '../norm2/index.js';
import { qr, qrApply } from '../qr/index.js';
import { triangularSolve } from '../triangular-solve/index.js';
import { pivotedQr } from './pivoted-qr.js';

/** Least squares of least norm through a complete orthogonal decomposition, see contract.ts. */
export function lstsqScalar(
  m: number,
  n: number,
  cols: number,
  a: Float64Array,
  aOffset: number,
  b: Float64Array,
  bOffset: number,
  x: Float64Array,
  xOffset: number,
  residualNorms: Float64Array,
  residualNormsOffset: number,
  rcond: number,
  maxRank: number,
): number {
  // Sums on the way reach four times a norm at most.
  for (let j = 0; j < n; j++) if (!(4 * norm2(m, a, aOffset + j, n) < Infinity)) return -1 - j;
  const taus = new Float64Array(Math.min(m, n));
  const permutation = new Int32Array(n);
  const rank = pivotedQr(m, n, a, aOffset, taus, permutation, rcond, maxRank);
  // Reflectors past the rank were never made: their tau is 0.
  qrApply(m, n, cols, a, aOffset, taus, 0, true, b, bOffset);
  for (let j = 0; j < cols; j++) {
    residualNorms[residualNormsOffset + j] = norm2(m - rank, b, bOffset + rank * cols + j, cols);
  }

  // Rᵀ (n x rank, lower trapezoidal) = Z·S, so R = Sᵀ·Zᵀ; where rank = n this is a triangle turned over, still exact.
  const reduced = new Float64Array(n * rank);
  for (let i = 0; i < rank; i++) for (let j = i; j < n; j++) reduced[j * rank + i] = a[aOffset + i * n + j];
  const solution = new Float64Array(n * cols);
  solution.set(b.subarray(bOffset, bOffset + rank * cols));
  if (rank < n) {
    const reducedTaus = new Float64Array(rank);
    qr(n, rank, reduced, 0, reducedTaus, 0);
    triangularSolve(rank, cols, reduced, 0, false, true, false, solution, 0);
    qrApply(n, rank, cols, reduced, 0, reducedTaus, 0, false, solution, 0);
  } else {
    triangularSolve(rank, cols, reduced, 0, true, true, false, solution, 0);
  }
  for (let j = 0; j < n; j++) {
    for (let c = 0; c < cols; c++) x[xOffset + permutation[j] * cols + c] = solution[j * cols + c];
  }
  return rank;
}
