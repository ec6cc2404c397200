import { onCopy } from '../../wasm/on-copy.js';
import type { WasmRuntime } from '../../wasm/runtime.js';
import { gemm } from '../gemm/index.js';
import { subtractOuter } from '../rank-one/index.js';
import { substitute } from '../triangular-solve/index.js';
import type { Lu } from './contract.js';
import { swapRows } from './swap-rows.js';

/** Columns that are eliminated before the rest of the matrix is updated by one product. */
const BLOCK = 32;

/** As luScalar, by blocks of columns (LAPACK's dgetrf): all but n²·BLOCK flops are products. See contract.ts. */
export function makeLuBlocked(runtime: WasmRuntime): Lu['lu'] {
  return (n, a, aOffset, pivots, pivotsOffset) =>
    onCopy(runtime, true, a, aOffset, n * n, n * BLOCK, (x, xOffset, negative) => {
      let singular = -1;
      for (let start = 0; start < n; start += BLOCK) {
        const end = Math.min(start + BLOCK, n);
        const zero = eliminatePanel(n, start, end, x, xOffset, pivots, pivotsOffset);
        if (singular < 0) singular = zero;
        if (end === n) break;
        const [width, rows] = [end - start, n - end];
        const top = xOffset + start * n + end;
        // The rows of the block right of the panel: L⁻¹ times what stands there.
        substitute(width, rows, x, xOffset + start * (n + 1), n, 1, true, x, top, n);
        const corner = xOffset + end * n;
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < width; j++) negative[i * width + j] = -x[corner + i * n + start + j];
        }
        gemm(rows, rows, width, negative, 0, width, 1, x, top, n, 1, x, corner + end, n, true);
      }
      return singular;
    });
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
    let largest = Math.abs(a[aOffset + k * n + k]);
    for (let i = k + 1; i < n; i++) {
      const magnitude = Math.abs(a[aOffset + i * n + k]);
      if (magnitude > largest) {
        best = i;
        largest = magnitude;
      }
    }
    pivots[pivotsOffset + k] = best;
    swapRows(n, a, aOffset, k, best);
    const diagonal = aOffset + k * (n + 1);
    const pivot = a[diagonal];
    if (pivot === 0) {
      if (singular < 0) singular = k;
      continue;
    }
    const rows = n - k - 1;
    for (let i = 1; i <= rows; i++) a[diagonal + i * n] /= pivot;
    subtractOuter(rows, end - k - 1, a, diagonal + n, n, a, diagonal + 1, a, diagonal + n + 1, n);
  }
  return singular;
}
