import { qrBlocked } from './blocked.js';
import { qrScalar } from './scalar.js';

export type { Qr } from './contract.js';
export { qrApply } from './qr-apply.js';
export { qrFormQ } from './qr-form-q.js';

/** Which variant factors an m x n block; they round differently. */
export function choose(sizes: { m: number; n: number }): 'scalar' | 'blocked' {
  return Math.min(sizes.m, sizes.n) < 64 ? 'scalar' : 'blocked';
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
  (choose({ m, n }) === 'scalar' ? qrScalar : qrBlocked)(m, n, a, aOffset, taus, tausOffset);
}
