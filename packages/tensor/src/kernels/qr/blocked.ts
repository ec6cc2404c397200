import {
  applyBlockReflector,
  applyReflector,
  blockReflector,
  REFLECTOR_BLOCK,
  reflector,
} from '../householder/index.js';

/** As qrScalar, by blocks of columns (LAPACK's dgeqrf). See contract.ts. */
export function qrBlocked(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  tausOffset: number,
): void {
  const work = new Float64Array(REFLECTOR_BLOCK);
  const count = Math.min(m, n);
  for (let start = 0; start < count; start += REFLECTOR_BLOCK) {
    const end = Math.min(start + REFLECTOR_BLOCK, count);
    for (let j = start; j < end; j++) {
      const corner = aOffset + j * n + j;
      const tau = reflector(m - j, a, corner, n);
      taus[tausOffset + j] = tau;
      applyReflector(m - j, end - j - 1, tau, a, corner, n, a, corner + 1, n, work);
    }
    if (end === n) break;
    const corner = aOffset + start * n + start;
    const block = blockReflector(m - start, end - start, a, corner, n, taus, tausOffset + start);
    applyBlockReflector(block, true, n - end, a, aOffset + start * n + end, n);
  }
}
