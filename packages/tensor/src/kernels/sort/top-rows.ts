import { argsortRows } from './argsort-rows.js';
import type { TopRows } from './contract.js';

/** Up to this many are kept sorted by insertion while the row is read once; beyond, the whole row is sorted. */
const few = 32;

/** Implements {@link TopRows}. */
export const topRows: TopRows = (out, x, rows, n, k) => {
  if (k === 0) return;
  if (k > few) {
    const order = new Int32Array(rows * n);
    argsortRows(order, x, rows, n, true, true);
    for (let r = 0; r < rows; r++) out.set(order.subarray(r * n, r * n + k), r * k);
    return;
  }
  const best = new Float64Array(k);
  for (let r = 0; r < rows; r++) {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const v = x[r * n + i];
      // NaN stands above every number, below the NaN before it.
      const nan = Number.isNaN(v);
      if (kept === k && (Number.isNaN(best[k - 1]) || !(nan || v > best[k - 1]))) continue;
      let j = kept < k ? kept++ : k - 1;
      for (; j > 0 && !Number.isNaN(best[j - 1]) && (nan || v > best[j - 1]); j--) {
        best[j] = best[j - 1];
        out[r * k + j] = out[r * k + j - 1];
      }
      best[j] = v;
      out[r * k + j] = i;
    }
  }
};
