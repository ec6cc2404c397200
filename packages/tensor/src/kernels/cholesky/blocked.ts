import { onCopy } from '../../wasm/on-copy.js';
import type { WasmRuntime } from '../../wasm/runtime.js';
import { gemm } from '../gemm/index.js';
import { substitute } from '../triangular-solve/index.js';
import type { Cholesky } from './contract.js';

/** Columns that are factored before the rest of the matrix is updated by products. */
const BLOCK = 32;
/** Rows of one such product: it fills a rectangle, and what lies above the diagonal is wasted. */
const STRIP = 128;

/** As choleskyScalar, by blocks of columns (LAPACK's dpotrf): all but n²·BLOCK/2 flops are products. See contract.ts. */
export function makeCholeskyBlocked(runtime: WasmRuntime): Cholesky {
  return (n, a, aOffset) => onCopy(runtime, true, a, aOffset, n * n, 2 * n * BLOCK, factor.bind(undefined, n));
}

function factor(n: number, a: Float64Array, aOffset: number, scratch: Float64Array): number {
  const below = scratch.subarray(0, n * BLOCK);
  const negative = scratch.subarray(n * BLOCK);
  let failed = -1;
  for (let start = 0; start < n && failed < 0; start += BLOCK) {
    const end = Math.min(start + BLOCK, n);
    failed = factorTriangle(n, start, end, a, aOffset);
    const [width, rows] = [end - start, n - end];
    if (failed >= 0 || rows === 0) break;
    // The rows below as columns, so that vectors run over them: L·X = Aᵀ.
    const from = aOffset + end * n + start;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) below[j * rows + i] = a[from + i * n + j];
    }
    substitute(width, rows, a, aOffset + start * (n + 1), n, 1, false, below, 0, rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) a[from + i * n + j] = below[j * rows + i];
    }
    for (let i = 0; i < rows * width; i++) negative[i] = -below[i];
    for (let i = 0; i < rows; i += STRIP) {
      const last = Math.min(i + STRIP, rows);
      const target = aOffset + (end + i) * n + end;
      gemm(last - i, last, width, negative, i, 1, rows, below, 0, rows, 1, a, target, n, true);
    }
  }
  for (let i = 0, rows = failed < 0 ? n : failed; i < rows; i++) {
    a.fill(0, aOffset + i * n + i + 1, aOffset + (i + 1) * n);
  }
  return failed;
}

/** The triangle of columns start to end, from the rest of A; returns the first row whose pivot fails, or -1. */
function factorTriangle(n: number, start: number, end: number, a: Float64Array, aOffset: number): number {
  for (let i = start; i < end; i++) {
    const row = aOffset + i * n;
    for (let j = start; j < i; j++) {
      const other = aOffset + j * n;
      let rest = a[row + j];
      for (let p = start; p < j; p++) rest -= a[row + p] * a[other + p];
      a[row + j] = rest / a[other + j];
    }
    let pivot = a[row + i];
    for (let p = start; p < i; p++) pivot -= a[row + p] * a[row + p];
    if (!(pivot > 0 && pivot < Infinity)) {
      a[row + i] = pivot;
      return i;
    }
    a[row + i] = Math.sqrt(pivot);
  }
  return -1;
}
