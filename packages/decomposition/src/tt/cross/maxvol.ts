import { gemm, lu, luSolve, qr, qrFormQ } from '@neuronseek/tensor/kernels';

/** Rows of a matrix of locally largest volume. */
export interface Maxvol {
  /** As many row numbers as the matrix has columns. */
  readonly rows: Int32Array;
  /** B [m, r] with A = B·A[rows, :]; the unit matrix in the chosen rows. */
  readonly coefficients: Float64Array;
}

/** Entries of B above this in magnitude are swapped away. */
const BOUND = 1.01;

/** A pivot below this share of the largest one makes given rows no start. */
const SMALLEST_PIVOT = 1e-8;

/**
 * Rows of a tall row-major matrix A [m, r] of full rank, m ≥ r, such that no swap of one of them raises |det A[rows, :]| by more than the
 * factor `bound`: every |B| ≤ bound in A = B·A[rows, :].
 *
 * Starts from up to r distinct rows `start`, and more from Gaussian elimination with row pivoting, where those are independent enough, else from
 * that alone; each swap is a rank-1 update of B, which is computed afresh at the end. Columns should be orthonormal, or scaled alike at least.
 * Cost: about 4·m·r² flops and 2·m·r a swap. (Goreinov, Oseledets, Savostyanov, Tyrtyshnikov & Zamarashkin 2010)
 */
export function maxvol(
  a: Float64Array,
  m: number,
  r: number,
  { bound = BOUND, start = [] }: { readonly bound?: number; readonly start?: readonly number[] } = {},
): Maxvol {
  let rows = start.length > 0 && start.length <= r ? completed(a, m, r, start) : pivotRows(a, m, r);
  let coefficients = coefficientsOf(a, m, r, rows, SMALLEST_PIVOT);
  if (coefficients === undefined) {
    rows = pivotRows(a, m, r);
    coefficients = coefficientsOf(a, m, r, rows, 0);
  }
  let b = coefficients ?? unitRows(m, r, rows);
  // Every swap multiplies the volume by more than `bound`, so that they end; the limit is for rounding.
  for (let fresh = 0; fresh < 3; fresh++) {
    let swaps = 0;
    for (; swaps < 20 * r + 100; swaps++) {
      const q = largest(b);
      if (Math.abs(b[q]) <= bound) break;
      swap(b, m, r, rows, Math.floor(q / r), q % r);
    }
    if (swaps === 0) break;
    b = coefficientsOf(a, m, r, rows, 0) ?? b;
  }
  return { rows, coefficients: b };
}

/** Place of the entry of largest magnitude. */
function largest(b: Float64Array): number {
  let at = 0;
  let most = 0;
  for (let q = 0; q < b.length; q++) {
    const size = b[q] < 0 ? -b[q] : b[q];
    if (size > most) {
      most = size;
      at = q;
    }
  }
  return at;
}

/** Row i takes the place of row number j of the chosen ones: B -= B[:, j]·(B[i, :] - e_j)ᵀ / B[i, j]. */
function swap(b: Float64Array, m: number, r: number, rows: Int32Array, i: number, j: number): void {
  const row = b.slice(i * r, (i + 1) * r);
  const pivot = row[j];
  row[j] -= 1;
  for (let p = 0; p < m; p++) {
    const factor = b[p * r + j] / pivot;
    if (factor === 0) continue;
    for (let c = 0; c < r; c++) b[p * r + c] -= factor * row[c];
  }
  rows[j] = i;
}

/** Given rows and as many more as there are columns left: those that elimination takes from the part of A that the given ones do not span. */
function completed(a: Float64Array, m: number, r: number, start: readonly number[]): Int32Array {
  const given = start.length;
  if (given === r) return Int32Array.from(start);
  const spanned = new Float64Array(r * given);
  start.forEach((row, j) => {
    for (let c = 0; c < r; c++) spanned[c * given + j] = a[row * r + c];
  });
  const taus = new Float64Array(given);
  qr(r, given, spanned, 0, taus, 0);
  const q = new Float64Array(r * r);
  qrFormQ(r, given, r, spanned, 0, taus, 0, q, 0);
  const more = r - given;
  const rest = new Float64Array(m * more);
  gemm(m, more, r, a, 0, r, 1, q, given, r, 1, rest, 0, more, false);
  return Int32Array.from([...start, ...pivotRows(rest, m, more)]);
}

/** The rows that Gaussian elimination with row pivoting takes. */
function pivotRows(a: Float64Array, m: number, r: number): Int32Array {
  const work = a.slice(0, m * r);
  const rows = new Int32Array(r);
  const taken = new Uint8Array(m);
  for (let j = 0; j < r; j++) {
    let pivot = -1;
    let most = -1;
    for (let i = 0; i < m; i++) {
      const size = Math.abs(work[i * r + j]);
      if (taken[i] === 0 && size > most) {
        most = size;
        pivot = i;
      }
    }
    taken[pivot] = 1;
    rows[j] = pivot;
    if (most > 0) eliminate(work, m, r, j, pivot, taken);
  }
  return rows;
}

function eliminate(work: Float64Array, m: number, r: number, j: number, pivot: number, taken: Uint8Array): void {
  for (let i = 0; i < m; i++) {
    if (taken[i] === 1) continue;
    const factor = work[i * r + j] / work[pivot * r + j];
    if (factor === 0) continue;
    for (let c = j + 1; c < r; c++) work[i * r + c] -= factor * work[pivot * r + c];
  }
}

/** B = A·A[rows, :]⁻¹ with exact unit rows, or undefined where a pivot is at most `smallest` of the largest one. */
function coefficientsOf(
  a: Float64Array,
  m: number,
  r: number,
  rows: Int32Array,
  smallest: number,
): Float64Array | undefined {
  const factors = new Float64Array(r * r);
  for (let j = 0; j < r; j++) factors.set(a.subarray(rows[j] * r, (rows[j] + 1) * r), j * r);
  const pivots = new Int32Array(r);
  if (lu(r, factors, 0, pivots, 0) !== -1) return undefined;
  let [least, most] = [Infinity, 0];
  for (let j = 0; j < r; j++) {
    const pivot = Math.abs(factors[j * r + j]);
    least = Math.min(least, pivot);
    most = Math.max(most, pivot);
  }
  if (!(least > smallest * most)) return undefined;
  const solved = new Float64Array(r * m);
  for (let i = 0; i < m; i++) for (let c = 0; c < r; c++) solved[c * m + i] = a[i * r + c];
  luSolve(r, m, factors, 0, pivots, 0, true, solved, 0);
  const b = new Float64Array(m * r);
  for (let i = 0; i < m; i++) for (let c = 0; c < r; c++) b[i * r + c] = solved[c * m + i];
  rows.forEach((row, j) => {
    b.fill(0, row * r, (row + 1) * r);
    b[row * r + j] = 1;
  });
  return b;
}

/** What stands for B where A has not full rank: zeros but for the unit rows. */
function unitRows(m: number, r: number, rows: Int32Array): Float64Array {
  const b = new Float64Array(m * r);
  rows.forEach((row, j) => {
    b[row * r + j] = 1;
  });
  return b;
}
