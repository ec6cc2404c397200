// One sweep over a block of a bidiagonal matrix. A block is read from its first entry, `start`, in direction `step`: read backwards the
// transposed block is upper bidiagonal again, with U and V exchanged. The rotations `first` turn the columns of what stands on the right, `second` those
// of what stands on the left; sines behind cosines, from element `at` on.

/** Where the off-diagonal entry between `start` and its neighbour stands. */
export function offDiagonalStart(start: number, step: number): number {
  return step > 0 ? start : start - 1;
}

const TINY = 1e-140;
const UP = 2 ** 500;

/** The rotation with c·f + s·g = r, c·g - s·f = 0: out = (c, s, r). Entries are at most about n, so only small squares need care. */
function rotation(f: number, g: number, out: Float64Array): void {
  if (g === 0) {
    out[0] = 1;
    out[1] = 0;
    out[2] = f;
    return;
  }
  const scale = Math.abs(f) < TINY && Math.abs(g) < TINY ? UP : 1;
  const x = f * scale;
  const y = g * scale;
  const length = Math.sqrt(x * x + y * y);
  const r = x < 0 ? -length : length;
  out[0] = x / r;
  out[1] = y / r;
  out[2] = r / scale;
}

/** QR step without a shift: no subtractions, so every entry keeps its relative accuracy (Demmel & Kahan 1990). */
export function plainSweep(
  start: number,
  step: number,
  length: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  first: Float64Array,
  second: Float64Array,
  at: number,
  out: Float64Array,
): void {
  let c = 1;
  let oldC = 1;
  let oldS = 0;
  let p = start;
  let q = offDiagonalStart(start, step);
  for (let i = 0; i < length; i++) {
    rotation(diagonal[p] * c, offDiagonal[q], out);
    c = out[0];
    const s = out[1];
    const r = out[2];
    if (i > 0) offDiagonal[q - step] = oldS * r;
    first[at + 2 * i] = c;
    first[at + 2 * i + 1] = s;
    rotation(oldC * r, diagonal[p + step] * s, out);
    oldC = out[0];
    oldS = out[1];
    diagonal[p] = out[2];
    second[at + 2 * i] = oldC;
    second[at + 2 * i + 1] = oldS;
    p += step;
    q += step;
  }
  const last = diagonal[p] * c;
  diagonal[p] = last * oldC;
  offDiagonal[q - step] = last * oldS;
}

/** Implicit QR step with the shift `shift`² on BᵀB (Golub & Van Loan, 4th ed., algorithm 8.6.1). */
export function shiftedSweep(
  start: number,
  step: number,
  length: number,
  shift: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  first: Float64Array,
  second: Float64Array,
  at: number,
  out: Float64Array,
): void {
  let p = start;
  let q = offDiagonalStart(start, step);
  const corner = diagonal[p];
  // (d² - shift²)/d without forming squares.
  let f = (Math.abs(corner) - shift) * ((corner < 0 ? -1 : 1) + shift / corner);
  let g = offDiagonal[q];
  for (let i = 0; i < length; i++) {
    rotation(f, g, out);
    let c = out[0];
    let s = out[1];
    if (i > 0) offDiagonal[q - step] = out[2];
    first[at + 2 * i] = c;
    first[at + 2 * i + 1] = s;
    const d = diagonal[p];
    const e = offDiagonal[q];
    const next = diagonal[p + step];
    const off = c * e - s * d;
    const lower = c * next;
    rotation(c * d + s * e, s * next, out);
    c = out[0];
    s = out[1];
    diagonal[p] = out[2];
    second[at + 2 * i] = c;
    second[at + 2 * i + 1] = s;
    f = c * off + s * lower;
    diagonal[p + step] = c * lower - s * off;
    offDiagonal[q] = f;
    if (i + 1 < length) {
      g = s * offDiagonal[q + step];
      offDiagonal[q + step] *= c;
    }
    p += step;
    q += step;
  }
}
