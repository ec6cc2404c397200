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

/** From this many reflectors and columns on products of blocks are quicker. */
const LARGE = 32;

/** The first `cols` columns of Q, explicitly; see contract.ts. */
export const qrFormQ: Qr['qrFormQ'] = /* @__PURE__ */ makeQrFormQ(wasmRuntime);

/** The kernel on a runtime of its own. */
export function makeQrFormQ(runtime: WasmRuntime): Qr['qrFormQ'] {
  return (m, n, cols, a, aOffset, taus, tausOffset, q, qOffset) => {
    q.fill(0, qOffset, qOffset + m * cols);
    for (let j = 0; j < cols; j++) q[qOffset + j * (cols + 1)] = 1;
    const count = Math.min(m, n);
    // Backwards, because H_j leaves rows and columns before j as they are in the identity.
    if (count < LARGE) {
      const work = new Float64Array(cols);
      for (let j = count - 1; j >= 0; j--) {
        const corner = aOffset + j * (n + 1);
        const target = qOffset + j * (cols + 1);
        applyReflector(m - j, cols - j, taus[tausOffset + j], a, corner, n, q, target, cols, work);
      }
      return;
    }
    const last = Math.floor((count - 1) / REFLECTOR_BLOCK) * REFLECTOR_BLOCK;
    onCopy(runtime, true, q, qOffset, m * cols, reflectorSpace(m, cols), (x, xOffset, scratch) => {
      for (let start = last; start >= 0; start -= REFLECTOR_BLOCK) {
        const width = Math.min(REFLECTOR_BLOCK, count - start);
        const corner = aOffset + start * (n + 1);
        const block = blockReflector(m - start, width, a, corner, n, taus, tausOffset + start, scratch);
        applyBlockReflector(block, false, cols - start, x, xOffset + start * (cols + 1), cols);
      }
    });
  };
}
