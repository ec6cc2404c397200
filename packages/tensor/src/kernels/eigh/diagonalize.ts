import { beginSweep, flushSweeps, type RotationLog } from '../rotations/index.js';

const STEPS_PER_VALUE = 30;
const EPS = 2 ** -52;
// After scaling the largest entry of A is about 1, so this is far below every rounding error; its square is not yet 0.
const NEGLIGIBLE = 1e-150;

/**
 * Eigenvalues of the tridiagonal (diagonal, offDiagonal) in place of the diagonal, unsorted; every rotation goes to `log`. Returns -1 or the
 * index that did not converge.
 */
export function diagonalize(n: number, diagonal: Float64Array, offDiagonal: Float64Array, log: RotationLog): number {
  let budget = STEPS_PER_VALUE * n;
  let high = n - 1;
  while (high > 0) {
    let low = high;
    while (low > 0 && !negligible(diagonal, offDiagonal, low - 1)) low--;
    if (low > 0) offDiagonal[low - 1] = 0;
    if (low === high) high--;
    else if (budget-- > 0)
      step(low, high, diagonal, offDiagonal, log.rotations[0], beginSweep(log, low, 1, high - low));
    else break;
  }
  flushSweeps(log);
  return high > 0 ? high : -1;
}

function negligible(diagonal: Float64Array, offDiagonal: Float64Array, i: number): boolean {
  return Math.abs(offDiagonal[i]) <= EPS * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1])) + NEGLIGIBLE;
}

/** The eigenvalue of the last 2 x 2 block that is nearer to its last entry (Wilkinson). */
function shift(diagonal: Float64Array, offDiagonal: Float64Array, high: number): number {
  const off = offDiagonal[high - 1];
  const half = (diagonal[high - 1] - diagonal[high]) / 2;
  const radius = Math.sqrt(half * half + off * off);
  return diagonal[high] - off * (off / (half < 0 ? half - radius : half + radius));
}

/** One implicit QR step on rows low..high: a rotation creates a bulge beside the diagonal, the others chase it out. */
function step(
  low: number,
  high: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  rotations: Float64Array,
  at: number,
): void {
  let x = diagonal[low] - shift(diagonal, offDiagonal, high);
  let bulge = offDiagonal[low];
  for (let k = low; k < high; k++) {
    // Rotation (c, s) that turns (x, bulge) into (length, 0), with the larger number as divisor against underflow.
    let c = 1;
    let s = 0;
    if (Math.abs(bulge) > Math.abs(x)) {
      const ratio = x / bulge;
      s = 1 / Math.sqrt(1 + ratio * ratio);
      c = s * ratio;
    } else if (bulge !== 0) {
      const ratio = bulge / x;
      c = 1 / Math.sqrt(1 + ratio * ratio);
      s = c * ratio;
    }
    if (k > low) offDiagonal[k - 1] = c * x + s * bulge;
    const upper = diagonal[k];
    const off = offDiagonal[k];
    const lower = diagonal[k + 1];
    // The amount that moves from one diagonal entry to the other; computed once, so that the trace is kept.
    const moved = s * (s * (lower - upper) + 2 * c * off);
    diagonal[k] = upper + moved;
    diagonal[k + 1] = lower - moved;
    offDiagonal[k] = c * s * (lower - upper) + (c * c - s * s) * off;
    if (k + 1 < high) {
      x = offDiagonal[k];
      bulge = s * offDiagonal[k + 1];
      offDiagonal[k + 1] *= c;
    }
    const pair = at + 2 * (k - low);
    rotations[pair] = c;
    rotations[pair + 1] = s;
  }
}
