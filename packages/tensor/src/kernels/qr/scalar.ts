import { applyReflector, reflector } from '../householder/index.js';

/** One reflector a column, applied at once to the columns on its right; see contract.ts. */
export function qrScalar(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  tausOffset: number,
): void {
  const work = new Float64Array(n);
  const count = Math.min(m, n);
  for (let j = 0; j < count; j++) {
    const corner = aOffset + j * n + j;
    const tau = reflector(m - j, a, corner, n);
    taus[tausOffset + j] = tau;
    applyReflector(m - j, n - j - 1, tau, a, corner, n, a, corner + 1, n, work);
  }
}
