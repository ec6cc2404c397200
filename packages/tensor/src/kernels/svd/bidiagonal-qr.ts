import { beginSweep, flushSweeps, type RotationLog } from '../rotations/index.js';
import { offDiagonalStart, plainSweep, shiftedSweep } from './sweeps.js';

const ROTATIONS_PER_SQUARE = 30;
const EPS = 2 ** -52;
/** Off-diagonal entries this small beside the singular values they belong to are dropped. */
const TOLERANCE = 8 * EPS;

/**
 * Singular values of the n x n bidiagonal (diagonal, offDiagonal) in place of the diagonal, unsorted and of any sign; every
 * rotation goes to `log`, those of U to its first list, those of V to its second. Returns -1 or the index that did not converge. Deflation and choice of shift and direction as in
 * LAPACK's dbdsqr with relative accuracy.
 */
export function bidiagonalQr(n: number, diagonal: Float64Array, offDiagonal: Float64Array, log: RotationLog): number {
  const out = new Float64Array(3);
  // Below rounding error of the smallest singular value, or of numbers that scaling has made meaningless.
  const negligible = Math.max(TOLERANCE * smallestValue(n, diagonal, offDiagonal), Number.MIN_VALUE * 2 ** 60);
  let budget = ROTATIONS_PER_SQUARE * n * n;
  let high = n - 1;
  let lastLow = -1;
  let lastHigh = -1;
  let step = 1;
  while (high > 0) {
    let low = high;
    // Written so that NaN is not taken for 0.
    while (low > 0 && !(Math.abs(offDiagonal[low - 1]) <= negligible)) low--;
    if (low > 0) offDiagonal[low - 1] = 0;
    if (low === high) {
      high--;
      continue;
    }
    // A new block: sweep from its larger end, so that small values converge at the other.
    if (low > lastHigh || high < lastLow) step = Math.abs(diagonal[low]) >= Math.abs(diagonal[high]) ? 1 : -1;
    lastLow = low;
    lastHigh = high;
    const start = step > 0 ? low : high;
    const length = high - low;
    const smallest = deflate(start, step, length, diagonal, offDiagonal);
    if (smallest < 0) continue;
    if (budget <= 0) break;
    budget -= length;
    const shift = chooseShift(n, start, step, length, smallest, diagonal, offDiagonal);
    const at = beginSweep(log, start, step, length);
    const first = log.rotations[step > 0 ? 1 : 0];
    const second = log.rotations[step > 0 ? 0 : 1];
    if (shift === 0) plainSweep(start, step, length, diagonal, offDiagonal, first, second, at, out);
    else shiftedSweep(start, step, length, shift, diagonal, offDiagonal, first, second, at, out);
  }
  flushSweeps(log);
  return high > 0 ? high : -1;
}

/** A lower bound of the smallest singular value, at most sqrt(n) too small (Demmel & Kahan 1990, section 2); 0 for a singular matrix. */
function smallestValue(n: number, diagonal: Float64Array, offDiagonal: Float64Array): number {
  if (n === 0) return 0;
  let bound = Math.abs(diagonal[0]);
  let smallest = bound;
  for (let i = 1; i < n && smallest > 0; i++) {
    bound = Math.abs(diagonal[i]) * (bound / (bound + Math.abs(offDiagonal[i - 1])));
    smallest = Math.min(smallest, bound);
  }
  return smallest / Math.sqrt(n);
}

/** Sets an entry that has converged to 0 and returns -1, else a lower bound of the block's smallest singular value. */
function deflate(
  start: number,
  step: number,
  length: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): number {
  const first = offDiagonalStart(start, step);
  const last = first + step * (length - 1);
  if (Math.abs(offDiagonal[last]) <= TOLERANCE * Math.abs(diagonal[start + step * length])) {
    offDiagonal[last] = 0;
    return -1;
  }
  let bound = Math.abs(diagonal[start]);
  let smallest = bound;
  for (let i = 0; i < length; i++) {
    const off = Math.abs(offDiagonal[first + step * i]);
    if (off <= TOLERANCE * bound) {
      offDiagonal[first + step * i] = 0;
      return -1;
    }
    bound = Math.abs(diagonal[start + step * (i + 1)]) * (bound / (bound + off));
    if (bound < smallest) smallest = bound;
  }
  return smallest;
}

/** The smaller singular value of the last 2 x 2 block; 0 where it would spoil the relative accuracy of small values. */
function chooseShift(
  n: number,
  start: number,
  step: number,
  length: number,
  smallest: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): number {
  const first = offDiagonalStart(start, step);
  let largest = Math.abs(diagonal[start]);
  for (let i = 0; i < length; i++) {
    largest = Math.max(largest, Math.abs(diagonal[start + step * (i + 1)]), Math.abs(offDiagonal[first + step * i]));
  }
  if (n * TOLERANCE * (smallest / largest) <= EPS) return 0;
  const end = start + step * length;
  const shift = smallerOfTwo(diagonal[end - step], offDiagonal[first + step * (length - 1)], diagonal[end]);
  const ratio = shift / Math.abs(diagonal[start]);
  return ratio * ratio < EPS ? 0 : shift;
}

/** The smaller singular value of [f g; 0 h], to a few eps of itself (LAPACK's dlas2). */
function smallerOfTwo(f: number, g: number, h: number): number {
  const low = Math.min(Math.abs(f), Math.abs(h));
  const high = Math.max(Math.abs(f), Math.abs(h));
  const off = Math.abs(g);
  if (low === 0) return 0;
  const sum = 1 + low / high;
  const difference = (high - low) / high;
  if (off < high) {
    const ratio = (off / high) ** 2;
    return low * (2 / (Math.sqrt(sum * sum + ratio) + Math.sqrt(difference * difference + ratio)));
  }
  const ratio = high / off;
  if (ratio === 0) return (low * high) / off;
  const c = 1 / (Math.sqrt(1 + (sum * ratio) ** 2) + Math.sqrt(1 + (difference * ratio) ** 2));
  return 2 * (low * c * ratio);
}
