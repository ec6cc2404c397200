import { qr, qrApply, qrFormQ } from '../qr/index.js';
import { signOfLargest, unitScale } from '../scaling/index.js';
import { bidiagonalQr } from './bidiagonal-qr.js';
import { bidiagonalize } from './bidiagonalize.js';
import { rotations } from './rotations.js';

/** From this ratio of the sides on a QR factorization first saves work. */
const TALL = 1.6;

/** Singular values and vectors of any matrix, see contract.ts. */
export function svdScalar(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  s: Float64Array,
  sOffset: number,
  u: Float64Array,
  uOffset: number,
  uCols: number,
  vt: Float64Array,
  vtOffset: number,
  vtRows: number,
): number {
  const wide = m < n;
  const scale = scaleOf(m * n, a, aOffset);
  // Of a wide matrix the transpose is decomposed: its left vectors are the right ones.
  const tall = copyScaled(m, n, a, aOffset, scale, wide);
  const found = decompose(Math.max(m, n), Math.min(m, n), tall, wide ? vtRows : uCols);
  const { diagonal } = found;
  const k = diagonal.length;
  const order = descending(diagonal);
  const us = wide ? found.right : found.left;
  const vs = wide ? found.left : found.right;
  for (let j = 0; j < k; j++) s[sOffset + j] = Math.abs(diagonal[order[j]]) / scale;
  // Columns past k have no partner; they stay where they are.
  for (let j = 0; j < uCols; j++) {
    const source = j < k ? order[j] : j;
    const sign = signOfLargest(m, us, source, uCols);
    for (let i = 0; i < m; i++) u[uOffset + i * uCols + j] = sign * us[i * uCols + source];
    if (j >= k) continue;
    const partner = diagonal[source] < 0 ? -sign : sign;
    for (let i = 0; i < n; i++) vt[vtOffset + j * n + i] = partner * vs[i * vtRows + source];
  }
  for (let j = k; j < vtRows; j++) for (let i = 0; i < n; i++) vt[vtOffset + j * n + i] = vs[i * vtRows + j];
  return found.status;
}

/** Singular values only, see contract.ts. */
export function svdvalsScalar(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  s: Float64Array,
  sOffset: number,
): number {
  const scale = scaleOf(m * n, a, aOffset);
  const { status, diagonal } = decompose(
    Math.max(m, n),
    Math.min(m, n),
    copyScaled(m, n, a, aOffset, scale, m < n),
    undefined,
  );
  const order = descending(diagonal);
  for (let j = 0; j < diagonal.length; j++) s[sOffset + j] = Math.abs(diagonal[order[j]]) / scale;
  return status;
}

interface Decomposition {
  readonly status: number;
  /** Singular values in the order of the columns, of any sign. */
  readonly diagonal: Float64Array;
  /** m x leftCols. */
  readonly left: Float64Array;
  /** n x n. */
  readonly right: Float64Array;
}

/** m >= n; a is contiguous from index 0 and overwritten. Vectors only where leftCols is given. */
function decompose(m: number, n: number, a: Float64Array, leftCols: number | undefined): Decomposition {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const leftTaus = new Float64Array(n);
  const rightTaus = new Float64Array(n);
  const reduce = m >= TALL * n && m > n;
  const taus = new Float64Array(n);
  if (reduce) qr(m, n, a, 0, taus, 0);
  const core = reduce ? upperTriangle(n, a) : a;
  const rows = reduce ? n : m;
  bidiagonalize(rows, n, core, leftTaus, rightTaus, diagonal, offDiagonal);
  const cols = leftCols === undefined ? 0 : reduce ? n : leftCols;
  const left = new Float64Array(rows * cols);
  const right = new Float64Array(leftCols === undefined ? 0 : n * n);
  if (leftCols !== undefined) {
    qrFormQ(rows, n, cols, core, 0, leftTaus, 0, left, 0);
    formRight(n, core, rightTaus, right);
  }
  const log = rotations(
    n,
    { rows: leftCols === undefined ? 0 : rows, stride: cols, data: left },
    { rows: leftCols === undefined ? 0 : n, stride: n, data: right },
  );
  const status = bidiagonalQr(n, diagonal, offDiagonal, log);
  if (!reduce || leftCols === undefined) return { status, diagonal, left, right };
  const whole = new Float64Array(m * leftCols);
  for (let i = 0; i < n; i++) whole.set(left.subarray(i * n, (i + 1) * n), i * leftCols);
  for (let i = n; i < leftCols; i++) whole[i * leftCols + i] = 1;
  qrApply(m, n, leftCols, a, 0, taus, 0, false, whole, 0);
  return { status, diagonal, left: whole, right };
}

function upperTriangle(n: number, a: Float64Array): Float64Array {
  const triangle = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) triangle[i * n + j] = a[i * n + j];
  return triangle;
}

/** P from its reflectors in the rows, which become columns: all but the first row and column of P is what qrFormQ makes of them. */
function formRight(n: number, a: Float64Array, taus: Float64Array, right: Float64Array): void {
  if (n === 0) return;
  const size = n - 1;
  const compact = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let k = 0; k < i; k++) compact[i * size + k] = a[k * n + i + 1];
  const q = new Float64Array(size * size);
  qrFormQ(size, size, size, compact, 0, taus, 0, q, 0);
  right[0] = 1;
  for (let i = 0; i < size; i++) right.set(q.subarray(i * size, (i + 1) * size), (i + 1) * n + 1);
}

/** The power of two that brings the largest entry near 1. */
function scaleOf(size: number, a: Float64Array, offset: number): number {
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(a[offset + i]));
  return unitScale(largest);
}

function copyScaled(
  m: number,
  n: number,
  a: Float64Array,
  offset: number,
  scale: number,
  transpose: boolean,
): Float64Array {
  const copy = new Float64Array(m * n);
  if (!transpose) for (let i = 0; i < m * n; i++) copy[i] = a[offset + i] * scale;
  else for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) copy[j * m + i] = a[offset + i * n + j] * scale;
  return copy;
}

function descending(diagonal: Float64Array): number[] {
  return Array.from(diagonal.keys()).sort((i, j) => Math.abs(diagonal[j]) - Math.abs(diagonal[i]));
}
