import { addRows, subtractOuter } from '../rank-one/index.js';

/** C = (I - tau·v·vᵀ)·C in place, see contract.ts. */
export function applyReflector(
  rows: number,
  cols: number,
  tau: number,
  v: Float64Array,
  vOffset: number,
  vStride: number,
  c: Float64Array,
  cOffset: number,
  cRowStride: number,
  work: Float64Array,
): void {
  if (tau === 0) return;
  const below = cOffset + cRowStride;
  for (let j = 0; j < cols; j++) work[j] = c[cOffset + j];
  addRows(rows - 1, cols, v, vOffset + vStride, vStride, work, 0, c, below, cRowStride);
  for (let j = 0; j < cols; j++) {
    work[j] *= tau;
    c[cOffset + j] -= work[j];
  }
  subtractOuter(rows - 1, cols, v, vOffset + vStride, vStride, work, 0, c, below, cRowStride);
}
