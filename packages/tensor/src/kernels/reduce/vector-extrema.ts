import type { WasmRuntime } from '../../wasm/runtime.js';
import type { TryReduce } from './contract.js';
import { vectorReduce } from './wasm.js';
import { buildColumnExtrema, buildRowExtrema, SHORTEST } from './wasm-extrema.js';

/** The largest (`most`), or smallest, elements by vectors; their indices where `places`, of rows only. */
export function vectorExtrema(runtime: WasmRuntime, most: boolean, places: boolean): TryReduce {
  return vectorReduce(runtime, {
    rows: (single) => buildRowExtrema(single, most, places),
    shortest: SHORTEST,
    longest: 2 ** 30,
    join: (piece, x, from, n, limit) => {
      let best = 0;
      let value = Number.NaN;
      // A piece that is not better, as one with an equal element, does not count: the first place does.
      for (let i = 0; i < n && (i === 0 || !Number.isNaN(value)); i += limit) {
        // The last piece, which might be too short, takes elements of the one before once more.
        const at = Math.min(i, n - limit);
        const result = piece(from + at, limit);
        const other = places ? x[from + at + result] : result;
        if (most ? other <= value : other >= value) continue;
        value = other;
        best = places ? at + result : other;
      }
      return best;
    },
    ...(places ? {} : { columns: (single: boolean) => buildColumnExtrema(single, most) }),
  });
}
