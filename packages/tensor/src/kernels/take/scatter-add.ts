import type { ScatterAdd } from './contract.js';

/** Implements {@link ScatterAdd}. */
export const scatterAdd: ScatterAdd = (out, x, outer, n, inner, indices) => {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let i = 0; i < indices.length; i++) {
      for (let q = 0, to = (o * n + indices[i]) * inner; q < inner; q++) out[to++] += x[at++];
    }
  }
};
