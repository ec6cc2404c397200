import { triangularSolve } from '../triangular-solve/index.js';
import { swapRows } from './swap-rows.js';

/** Solves A·X = B or Aᵀ·X = B from the factors of A, in place of B; see contract.ts. */
export function luSolve(
  n: number,
  cols: number,
  factors: Float64Array,
  factorsOffset: number,
  pivots: Int32Array,
  pivotsOffset: number,
  transpose: boolean,
  b: Float64Array,
  bOffset: number,
): number {
  for (let k = 0; k < n; k++) if (factors[factorsOffset + k * n + k] === 0) return k;
  if (transpose) {
    // Aᵀ = Uᵀ·Lᵀ·P: the exchanges come last, in reverse.
    triangularSolve(n, cols, factors, factorsOffset, false, true, false, b, bOffset);
    triangularSolve(n, cols, factors, factorsOffset, true, true, true, b, bOffset);
    for (let k = n - 1; k >= 0; k--) swapRows(cols, b, bOffset, k, pivots[pivotsOffset + k]);
  } else {
    for (let k = 0; k < n; k++) swapRows(cols, b, bOffset, k, pivots[pivotsOffset + k]);
    triangularSolve(n, cols, factors, factorsOffset, true, false, true, b, bOffset);
    triangularSolve(n, cols, factors, factorsOffset, false, false, false, b, bOffset);
  }
  return -1;
}
