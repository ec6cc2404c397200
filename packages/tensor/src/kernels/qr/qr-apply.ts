import { applyReflector } from '../householder/index.js';

/** C = Q·C or Qᵀ·C in place from the compact factor, see contract.ts. */
export function qrApply(
  m: number,
  n: number,
  cols: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  tausOffset: number,
  transpose: boolean,
  c: Float64Array,
  cOffset: number,
): void {
  const work = new Float64Array(cols);
  const count = Math.min(m, n);
  for (let step = 0; step < count; step++) {
    // Each reflector is symmetric, so Qᵀ is the same product in reverse order.
    const j = transpose ? step : count - 1 - step;
    const tau = taus[tausOffset + j];
    applyReflector(m - j, cols, tau, a, aOffset + j * n + j, n, c, cOffset + j * cols, cols, work);
  }
}
