import { gemm } from '../gemm/index.js';

/** Columns that are factored before the rest of the matrix is updated by products. */
const BLOCK = 32;
/** Rows of one such product: it fills a rectangle, and what lies above the diagonal is wasted. */
const STRIP = 128;

/** As choleskyScalar, by blocks of columns (LAPACK's dpotrf): all but n²·BLOCK/2 flops are products. See contract.ts. */
export function choleskyBlocked(n: number, a: Float64Array, aOffset: number): number {
  const negative = new Float64Array(n * BLOCK);
  let failed = -1;
  for (let start = 0; start < n && failed < 0; start += BLOCK) {
    const end = Math.min(start + BLOCK, n);
    failed = factorPanel(n, start, end, a, aOffset);
    if (failed >= 0) break;
    const width = end - start;
    for (let i = end; i < n; i++) {
      for (let j = 0; j < width; j++) negative[i * width + j] = -a[aOffset + i * n + start + j];
    }
    for (let i = end; i < n; i += STRIP) {
      const last = Math.min(i + STRIP, n);
      const left = i * width;
      const right = aOffset + end * n + start;
      gemm(last - i, last - end, width, negative, left, width, 1, a, right, 1, n, a, aOffset + i * n + end, n, true);
    }
  }
  for (let i = 0, rows = failed < 0 ? n : failed; i < rows; i++) {
    a.fill(0, aOffset + i * n + i + 1, aOffset + (i + 1) * n);
  }
  return failed;
}

/** Columns start to end of L from the rest of A: first their triangle, where a pivot may fail, then the rows below, four at a time. */
function factorPanel(n: number, start: number, end: number, a: Float64Array, aOffset: number): number {
  for (let i = start; i < end; i++) {
    const row = aOffset + i * n;
    for (let j = start; j < i; j++) a[row + j] = entry(start, j, a, row, aOffset + j * n);
    let pivot = a[row + i];
    for (let p = start; p < i; p++) pivot -= a[row + p] * a[row + p];
    if (!(pivot > 0 && pivot < Infinity)) {
      a[row + i] = pivot;
      return i;
    }
    a[row + i] = Math.sqrt(pivot);
  }
  let i = end;
  for (; i + 3 < n; i += 4) {
    const row0 = aOffset + i * n;
    const row1 = row0 + n;
    const row2 = row1 + n;
    const row3 = row2 + n;
    for (let j = start; j < end; j++) {
      const other = aOffset + j * n;
      let s0 = a[row0 + j];
      let s1 = a[row1 + j];
      let s2 = a[row2 + j];
      let s3 = a[row3 + j];
      for (let p = start; p < j; p++) {
        const l = a[other + p];
        s0 -= a[row0 + p] * l;
        s1 -= a[row1 + p] * l;
        s2 -= a[row2 + p] * l;
        s3 -= a[row3 + p] * l;
      }
      const pivot = a[other + j];
      a[row0 + j] = s0 / pivot;
      a[row1 + j] = s1 / pivot;
      a[row2 + j] = s2 / pivot;
      a[row3 + j] = s3 / pivot;
    }
  }
  for (; i < n; i++) {
    const row = aOffset + i * n;
    for (let j = start; j < end; j++) a[row + j] = entry(start, j, a, row, aOffset + j * n);
  }
  return -1;
}

function entry(start: number, j: number, a: Float64Array, row: number, other: number): number {
  let rest = a[row + j];
  for (let p = start; p < j; p++) rest -= a[row + p] * a[other + p];
  return rest / a[other + j];
}
