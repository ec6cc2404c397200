import { wasmRuntime } from '../../wasm/runtime.js';
import { makeQrBlocked } from './blocked.js';
import type { Qr } from './contract.js';
import { qrScalar } from './scalar.js';

export type { Qr } from './contract.js';
export { qrApply } from './qr-apply.js';
export { qrFormQ } from './qr-form-q.js';

const blocked: Qr['qr'] = /* @__PURE__ */ makeQrBlocked(wasmRuntime);

/** Which variant factors an m x n block; they round differently. Measured on Node 20: blocked 1.5 times as fast at 32, 2 times at 64. */
export function choose(sizes: { m: number; n: number }): 'scalar' | 'blocked' {
  return Math.min(sizes.m, sizes.n) < 32 ? 'scalar' : 'blocked';
}

/** A = Q·R in place, see contract.ts. */
export function qr(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  tausOffset: number,
): void {
  (choose({ m, n }) === 'scalar' ? qrScalar : blocked)(m, n, a, aOffset, taus, tausOffset);
}
