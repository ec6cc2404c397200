import type { ArgsortRows } from './contract.js';

/** Runs of this length are sorted by insertion before they are merged. */
const run = 8;

/** Implements {@link ArgsortRows}: a merge sort of positions, bottom up. Descending is ascending of the negated keys, which stays stable. */
export const argsortRows: ArgsortRows = (out, x, rows, n, descending, nanFirst) => {
  const keys = new Float64Array(n);
  const a = new Int32Array(n);
  const b = new Int32Array(n);
  const nans = new Int32Array(n);
  for (let r = 0; r < rows; r++) {
    const base = r * n;
    let numbers = 0;
    let missing = 0;
    for (let i = 0; i < n; i++) {
      const v = x[base + i];
      keys[i] = descending ? -v : v;
      if (Number.isNaN(v)) nans[missing++] = i;
      else a[numbers++] = i;
    }
    const sorted = mergeSort(keys, a, b, numbers);
    const first = base + (nanFirst ? missing : 0);
    for (let i = 0; i < numbers; i++) out[first + i] = sorted[i];
    const last = base + (nanFirst ? 0 : numbers);
    for (let i = 0; i < missing; i++) out[last + i] = nans[i];
  }
};

/** Sorts the first n positions in `a` by their keys, with `b` as room; returns the one of the two that holds the result. */
function mergeSort(keys: Float64Array, a: Int32Array, b: Int32Array, n: number): Int32Array {
  for (let start = 0; start < n; start += run) {
    const end = Math.min(start + run, n);
    for (let i = start + 1; i < end; i++) {
      const p = a[i];
      const key = keys[p];
      let j = i - 1;
      for (; j >= start && keys[a[j]] > key; j--) a[j + 1] = a[j];
      a[j + 1] = p;
    }
  }
  for (let width = run; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k++) {
        // Of equal keys the left one comes first.
        b[k] = j >= end || (i < middle && keys[a[i]] <= keys[a[j]]) ? a[i++] : a[j++];
      }
    }
    const other = a;
    a = b;
    b = other;
  }
  return a;
}
