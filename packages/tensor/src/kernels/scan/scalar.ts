import type { Buffer } from '../copy/contract.js';
import type { Recurrence, Scan } from './contract.js';

/** Implements {@link Scan} row by row, the running values of all `inner` columns beside each other; a single column stays in a register. */
export const cumsum: Scan = (out, x, outer, n, inner, reverse) => {
  if (inner === 1) {
    cumsumLines(out, x, outer, n, reverse);
    return;
  }
  const running = new Float64Array(inner);
  const wraps = out instanceof Int32Array;
  for (let o = 0; o < outer; o++) {
    running.fill(0);
    for (let i = 0; i < n; i++) {
      const at = (o * n + (reverse ? n - 1 - i : i)) * inner;
      // The first term is copied, not added to 0, so that -0 stays -0.
      for (let q = 0; q < inner; q++) {
        const y = i === 0 ? x[at + q] : running[q] + x[at + q];
        running[q] = wraps ? y | 0 : y;
        out[at + q] = running[q];
      }
    }
  }
};

function cumsumLines(out: Buffer, x: Buffer, outer: number, n: number, reverse: boolean): void {
  const wraps = out instanceof Int32Array;
  const step = reverse ? -1 : 1;
  for (let o = 0; o < outer; o++) {
    let at = o * n + (reverse ? n - 1 : 0);
    // -0 is the number that leaves every first term as it is.
    let y = -0;
    for (let i = 0; i < n; i++, at += step) {
      y += x[at];
      if (wraps) y |= 0;
      out[at] = y;
    }
  }
}

/** Implements {@link Scan}. */
export const cumprod: Scan = (out, x, outer, n, inner, reverse) => {
  const running = new Float64Array(inner);
  const wraps = out instanceof Int32Array;
  for (let o = 0; o < outer; o++) {
    running.fill(1);
    for (let i = 0; i < n; i++) {
      const at = (o * n + (reverse ? n - 1 - i : i)) * inner;
      for (let q = 0; q < inner; q++) {
        running[q] = wraps ? Math.imul(running[q], x[at + q]) : running[q] * x[at + q];
        out[at + q] = running[q];
      }
    }
  }
};

/** Implements {@link Recurrence}. */
export const recurrence: Recurrence = (out, a, b, outer, n, inner, reverse) => {
  const running = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) {
      const at = (o * n + (reverse ? n - 1 - i : i)) * inner;
      for (let q = 0; q < inner; q++) {
        running[q] = i === 0 ? b[at + q] : a[at + q] * running[q] + b[at + q];
        out[at + q] = running[q];
      }
    }
  }
};
