import { gemm } from '../gemm/index.js';
import { swapRows } from './swap-rows.js';

/** Columns that are eliminated before the rest of the matrix is updated by one product. */
const BLOCK = 32;

/** As luScalar, by blocks of columns (LAPACK's dgetrf): all but n²·BLOCK flops are products. See contract.ts. */
export function luBlocked(
  n: number,
  a: Float64Array,
  aOffset: number,
  pivots: Int32Array,
  pivotsOffset: number,
): number {
  const negative = new Float64Array(n * BLOCK);
  let singular = -1;
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(start + BLOCK, n);
    const zero = eliminatePanel(n, start, end, a, aOffset, pivots, pivotsOffset);
    if (singular < 0) singular = zero;
    if (end === n) break;
    solveRows(n, start, end, a, aOffset);
    const width = end - start;
    const rows = n - end;
    const corner = aOffset + end * n;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) negative[i * width + j] = -a[corner + i * n + start + j];
    }
    const top = aOffset + start * n + end;
    gemm(rows, rows, width, negative, 0, width, 1, a, top, n, 1, a, corner + end, n, true);
  }
  return singular;
}

/** Elimination with row exchanges, which move whole rows, in columns start to end; returns the first that has no pivot, or -1. */
function eliminatePanel(
  n: number,
  start: number,
  end: number,
  a: Float64Array,
  aOffset: number,
  pivots: Int32Array,
  pivotsOffset: number,
): number {
  let singular = -1;
  for (let k = start; k < end; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[aOffset + i * n + k]) > Math.abs(a[aOffset + best * n + k])) best = i;
    }
    pivots[pivotsOffset + k] = best;
    swapRows(n, a, aOffset, k, best);
    const top = aOffset + k * n;
    const pivot = a[top + k];
    if (pivot === 0) {
      if (singular < 0) singular = k;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      const row = aOffset + i * n;
      const factor = a[row + k] / pivot;
      a[row + k] = factor;
      for (let j = k + 1; j < end; j++) a[row + j] -= factor * a[top + j];
    }
  }
  return singular;
}

/** The rows of the block right of the panel: L⁻¹ times what stands there. */
function solveRows(n: number, start: number, end: number, a: Float64Array, aOffset: number): void {
  for (let i = start + 1; i < end; i++) {
    const row = aOffset + i * n;
    for (let k = start; k < i; k++) {
      const factor = a[row + k];
      const top = aOffset + k * n;
      for (let j = end; j < n; j++) a[row + j] -= factor * a[top + j];
    }
  }
}
