import { swapRows } from './swap-rows.js';

/** Gaussian elimination by rows with partial pivoting, see contract.ts. */
export function luScalar(
  n: number,
  a: Float64Array,
  aOffset: number,
  pivots: Int32Array,
  pivotsOffset: number,
): number {
  let singular = -1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[aOffset + i * n + k]) > Math.abs(a[aOffset + best * n + k])) best = i;
    }
    pivots[pivotsOffset + k] = best;
    swapRows(n, a, aOffset, k, best);
    const top = aOffset + k * n;
    const pivot = a[top + k];
    if (pivot === 0) {
      // The column below is zero as well: nothing to eliminate.
      if (singular < 0) singular = k;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      const row = aOffset + i * n;
      const factor = a[row + k] / pivot;
      a[row + k] = factor;
      for (let j = k + 1; j < n; j++) a[row + j] -= factor * a[top + j];
    }
  }
  return singular;
}
