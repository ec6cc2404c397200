import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { RankOne } from './contract.js';
import { addRowsScalar, subtractOuterScalar } from './scalar.js';
import { buildRankOne } from './wasm-module.js';

export type { RankOne } from './contract.js';

/** Elements from which on vectors pay for the call and for asking where the operands stand. */
const LARGE = 64;

/** w += vᵀ·C, see contract.ts. */
export const addRows: RankOne = /* @__PURE__ */ makeRankOne(wasmRuntime, false);

/** C −= v·wᵀ, see contract.ts. */
export const subtractOuter: RankOne = /* @__PURE__ */ makeRankOne(wasmRuntime, true);

/** One of the two on a runtime of its own: by vectors where all operands stand in its memory, in plain loops elsewhere. */
export function makeRankOne(runtime: WasmRuntime, subtract: boolean): RankOne {
  const kernel = runtime.kernel(() => buildRankOne(subtract));
  const scalar = subtract ? subtractOuterScalar : addRowsScalar;
  return (rows, cols, v, vOffset, vStride, w, wOffset, c, cOffset, cRowStride) => {
    const cAt = rows * cols < LARGE ? undefined : runtime.addressOf(c);
    const wAt = cAt === undefined || w === c ? cAt : runtime.addressOf(w);
    const vAt = wAt === undefined || v === w ? wAt : v === c ? cAt : runtime.addressOf(v);
    const compiled = vAt === undefined ? undefined : kernel();
    if (cAt === undefined || wAt === undefined || vAt === undefined || compiled === undefined) {
      scalar(rows, cols, v, vOffset, vStride, w, wOffset, c, cOffset, cRowStride);
      return;
    }
    compiled.run(rows, cols, vAt + 8 * vOffset, 8 * vStride, wAt + 8 * wOffset, cAt + 8 * cOffset, 8 * cRowStride);
  };
}
