import { applyReflector } from '../householder/index.js';

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
  // Backwards, because H_j leaves rows and columns before j as they are in the identity.
  for (let j = Math.min(m, n) - 1; j >= 0; j--) {
    applyReflector(
      m - j,
      cols - j,
      taus[tausOffset + j],
      a,
      aOffset + j * n + j,
      n,
      q,
      qOffset + j * cols + j,
      cols,
      work,
    );
  }
}
