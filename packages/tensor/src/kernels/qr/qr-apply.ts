import { onCopy } from '../../wasm/on-copy.js';
import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import {
  applyBlockReflector,
  applyReflector,
  blockReflector,
  REFLECTOR_BLOCK,
  reflectorSpace,
} from '../householder/index.js';
import type { Qr } from './contract.js';

/** From this many reflectors on, and columns, products of blocks are quicker. */
const LARGE_COUNT = 32;
const LARGE_COLS = 32;

/** C = Q·C or Qᵀ·C in place from the compact factor, see contract.ts. */
export const qrApply: Qr['qrApply'] = /* @__PURE__ */ makeQrApply(wasmRuntime);

/** The kernel on a runtime of its own. */
export function makeQrApply(runtime: WasmRuntime): Qr['qrApply'] {
  return (m, n, cols, a, aOffset, taus, tausOffset, transpose, c, cOffset) => {
    const count = Math.min(m, n);
    // Each reflector is symmetric, so Qᵀ is the same product in reverse order.
    if (count < LARGE_COUNT || cols < LARGE_COLS) {
      const work = new Float64Array(cols);
      for (let step = 0; step < count; step++) {
        const j = transpose ? step : count - 1 - step;
        const corner = aOffset + j * (n + 1);
        applyReflector(m - j, cols, taus[tausOffset + j], a, corner, n, c, cOffset + j * cols, cols, work);
      }
      return;
    }
    const blocks = Math.ceil(count / REFLECTOR_BLOCK);
    onCopy(runtime, true, c, cOffset, m * cols, reflectorSpace(m, cols), (x, xOffset, scratch) => {
      for (let step = 0; step < blocks; step++) {
        const start = (transpose ? step : blocks - 1 - step) * REFLECTOR_BLOCK;
        const width = Math.min(REFLECTOR_BLOCK, count - start);
        const corner = aOffset + start * (n + 1);
        const block = blockReflector(m - start, width, a, corner, n, taus, tausOffset + start, scratch);
        applyBlockReflector(block, transpose, cols, x, xOffset + start * cols, cols);
      }
    });
  };
}
