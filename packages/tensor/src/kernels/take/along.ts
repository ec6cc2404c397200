import type { AddAlong, TakeAlong } from './contract.js';

/** Implements {@link TakeAlong}. */
export const takeAlong: TakeAlong = (out, x, outer, n, m, inner, indices) => {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let i = 0; i < m; i++) {
      for (let q = 0; q < inner; q++, at++) out[at] = x[(o * n + indices[at]) * inner + q];
    }
  }
};

/** Implements {@link AddAlong}; n is the size of the axis of `out`. */
export const addAlong: AddAlong = (out, x, outer, n, m, inner, indices) => {
  // Of float64 in a loop of its own, which sees no other arrays.
  if (out instanceof Float64Array && x instanceof Float64Array) {
    for (let o = 0, at = 0; o < outer; o++) {
      for (let i = 0; i < m; i++) {
        for (let q = 0; q < inner; q++, at++) out[(o * n + indices[at]) * inner + q] += x[at];
      }
    }
    return;
  }
  for (let o = 0, at = 0; o < outer; o++) {
    for (let i = 0; i < m; i++) {
      for (let q = 0; q < inner; q++, at++) out[(o * n + indices[at]) * inner + q] += x[at];
    }
  }
};
