import { onCopy } from '../../wasm/on-copy.js';
import type { WasmRuntime } from '../../wasm/runtime.js';
import {
  applyBlockReflector,
  applyReflector,
  blockReflector,
  REFLECTOR_BLOCK,
  reflector,
  reflectorSpace,
} from '../householder/index.js';
import type { Qr } from './contract.js';

/** As qrScalar, by blocks of columns (LAPACK's dgeqrf). See contract.ts. */
export function makeQrBlocked(runtime: WasmRuntime): Qr['qr'] {
  return (m, n, a, aOffset, taus, tausOffset) => {
    const count = Math.min(m, n);
    const space = reflectorSpace(m, n);
    onCopy(runtime, true, a, aOffset, m * n, REFLECTOR_BLOCK + space, (x, xOffset, scratch) => {
      const work = scratch.subarray(0, REFLECTOR_BLOCK);
      const rest = scratch.subarray(REFLECTOR_BLOCK);
      for (let start = 0; start < count; start += REFLECTOR_BLOCK) {
        const end = Math.min(start + REFLECTOR_BLOCK, count);
        for (let j = start; j < end; j++) {
          const corner = xOffset + j * (n + 1);
          const tau = reflector(m - j, x, corner, n);
          taus[tausOffset + j] = tau;
          applyReflector(m - j, end - j - 1, tau, x, corner, n, x, corner + 1, n, work);
        }
        if (end === n) break;
        const corner = xOffset + start * (n + 1);
        const block = blockReflector(m - start, end - start, x, corner, n, taus, tausOffset + start, rest);
        applyBlockReflector(block, true, n - end, x, corner + end - start, n);
      }
    });
  };
}
