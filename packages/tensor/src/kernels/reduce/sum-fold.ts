import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { Fold, TryReduce } from './contract.js';
import { sumRows } from './rows.js';
import { pairwiseSum, sumSplit } from './sum.js';
import { vectorReduce } from './wasm.js';
import { buildColumnSums, buildRowSums, LONGEST } from './wasm-sums.js';

/** Sums by vectors, on a runtime of their own. */
export function vectorSum(runtime: WasmRuntime): TryReduce {
  return vectorReduce(runtime, {
    rows: buildRowSums,
    // Shorter ones are mostly edges.
    shortest: 32,
    longest: LONGEST,
    join: (piece, _x, from, n, limit) => {
      const sum = (at: number, length: number): number => {
        if (length <= limit) return piece(at, length);
        const half = sumSplit(length);
        return sum(at, half) + sum(at + half, length - half);
      };
      return sum(from, n);
    },
    columns: buildColumnSums,
    wide: true,
  });
}

/** {@link pairwiseSum} with its variants. */
export const sumFold: Fold = /* @__PURE__ */ Object.assign(pairwiseSum, {
  byRows: sumRows,
  byVectors: /* @__PURE__ */ vectorSum(wasmRuntime),
});
