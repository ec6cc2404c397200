import { onCopy } from '../../wasm/on-copy.js';
import { wasmRuntime } from '../../wasm/runtime.js';
import { applyReflector, reflector } from '../householder/index.js';
import { norm2 } from '../norm2/index.js';

/** Below this a sum of squares may have lost digits to underflow. */
const SMALLEST_SAFE = 1e-280;

/** Elements from which on a copy in the kernels' memory pays. */
const LARGE = 4096;

/**
 * A·P = Q·R in place, choosing at every step the column with the largest remainder (ties: the first); reflectors are
 * stored as in the qr kernel, permutation[j] is the column of A that stands at j. Stops where |R[k, k]| falls to
 * rcond·|R[0, 0]|, or at maxRank, and returns k, the numerical rank.
 * Remainders are computed afresh: updating them loses digits (Drmač & Bujanović 2008) and saves a third at most.
 */
export function pivotedQr(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  permutation: Int32Array,
  rcond: number,
  maxRank: number,
): number {
  return onCopy(wasmRuntime, m * n >= LARGE, a, aOffset, m * n, n, (x, xOffset, work) =>
    factor(m, n, x, xOffset, taus, permutation, rcond, maxRank, work),
  );
}

function factor(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  permutation: Int32Array,
  rcond: number,
  maxRank: number,
  work: Float64Array,
): number {
  const norms = new Float64Array(n);
  for (let j = 0; j < n; j++) permutation[j] = j;
  const count = Math.min(m, n, maxRank);
  let first = 0;
  for (let k = 0; k < count; k++) {
    const corner = aOffset + k * n + k;
    columnNorms(m - k, n - k, a, corner, n, norms);
    let best = k;
    for (let j = k + 1; j < n; j++) if (norms[j - k] > norms[best - k]) best = j;
    const largest = norms[best - k];
    if (k === 0) first = largest;
    if (!(largest > rcond * first)) return k;
    swapColumns(m, n, a, aOffset, k, best);
    const moved = permutation[k];
    permutation[k] = permutation[best];
    permutation[best] = moved;
    taus[k] = reflector(m - k, a, corner, n);
    applyReflector(m - k, n - k - 1, taus[k], a, corner, n, a, corner + 1, n, work);
  }
  return count;
}

/** Euclidean norms of the columns of a block, summed by rows, because columns are far apart in memory. */
function columnNorms(
  rows: number,
  cols: number,
  a: Float64Array,
  offset: number,
  rowStride: number,
  norms: Float64Array,
): void {
  norms.fill(0, 0, cols);
  for (let i = 0; i < rows; i++) {
    const row = offset + i * rowStride;
    for (let j = 0; j < cols; j++) norms[j] += a[row + j] * a[row + j];
  }
  for (let j = 0; j < cols; j++) {
    const safe = norms[j] > SMALLEST_SAFE && norms[j] < Infinity;
    norms[j] = safe ? Math.sqrt(norms[j]) : norm2(rows, a, offset + j, rowStride);
  }
}

function swapColumns(m: number, n: number, a: Float64Array, aOffset: number, i: number, j: number): void {
  if (i === j) return;
  for (let row = aOffset, end = aOffset + m * n; row < end; row += n) {
    const kept = a[row + i];
    a[row + i] = a[row + j];
    a[row + j] = kept;
  }
}
