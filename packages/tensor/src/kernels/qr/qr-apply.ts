import { applyBlockReflector, applyReflector, blockReflector, REFLECTOR_BLOCK } from '../householder/index.js';

/** From this many reflectors on, and columns, products of blocks are quicker. */
const LARGE_COUNT = 32;
const LARGE_COLS = 32;

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
  const count = Math.min(m, n);
  if (count >= LARGE_COUNT && cols >= LARGE_COLS) {
    const blocks = Math.ceil(count / REFLECTOR_BLOCK);
    for (let step = 0; step < blocks; step++) {
      const start = (transpose ? step : blocks - 1 - step) * REFLECTOR_BLOCK;
      const width = Math.min(REFLECTOR_BLOCK, count - start);
      const block = blockReflector(m - start, width, a, aOffset + start * n + start, n, taus, tausOffset + start);
      applyBlockReflector(block, transpose, cols, c, cOffset + start * cols, cols);
    }
    return;
  }
  const work = new Float64Array(cols);
  for (let step = 0; step < count; step++) {
    // Each reflector is symmetric, so Qᵀ is the same product in reverse order.
    const j = transpose ? step : count - 1 - step;
    const tau = taus[tausOffset + j];
    applyReflector(m - j, cols, tau, a, aOffset + j * n + j, n, c, cOffset + j * cols, cols, work);
  }
}
