import { applyBlockReflector, applyReflector, blockReflector, REFLECTOR_BLOCK } from '../householder/index.js';

/** From this many reflectors and columns on products of blocks are quicker. */
const LARGE = 64;

/** The first `cols` columns of Q, explicitly; see contract.ts. */
export function qrFormQ(
  m: number,
  n: number,
  cols: number,
  a: Float64Array,
  aOffset: number,
  taus: Float64Array,
  tausOffset: number,
  q: Float64Array,
  qOffset: number,
): void {
  const work = new Float64Array(cols);
  q.fill(0, qOffset, qOffset + m * cols);
  for (let j = 0; j < cols; j++) q[qOffset + j * cols + j] = 1;
  const count = Math.min(m, n);
  // Backwards, because H_j leaves rows and columns before j as they are in the identity.
  if (count >= LARGE) {
    for (
      let start = Math.floor((count - 1) / REFLECTOR_BLOCK) * REFLECTOR_BLOCK;
      start >= 0;
      start -= REFLECTOR_BLOCK
    ) {
      const width = Math.min(REFLECTOR_BLOCK, count - start);
      const block = blockReflector(m - start, width, a, aOffset + start * n + start, n, taus, tausOffset + start);
      applyBlockReflector(block, false, cols - start, q, qOffset + start * cols + start, cols);
    }
    return;
  }
  for (let j = count - 1; j >= 0; j--) {
    const corner = aOffset + j * n + j;
    const target = qOffset + j * cols + j;
    applyReflector(m - j, cols - j, taus[tausOffset + j], a, corner, n, q, target, cols, work);
  }
}
