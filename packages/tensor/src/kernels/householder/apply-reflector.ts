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
  for (let j = 0; j < cols; j++) work[j] = c[cOffset + j];
  for (let i = 1; i < rows; i++) {
    const weight = v[vOffset + i * vStride];
    const row = cOffset + i * cRowStride;
    for (let j = 0; j < cols; j++) work[j] += weight * c[row + j];
  }
  for (let j = 0; j < cols; j++) {
    work[j] *= tau;
    c[cOffset + j] -= work[j];
  }
  for (let i = 1; i < rows; i++) {
    const weight = v[vOffset + i * vStride];
    const row = cOffset + i * cRowStride;
    for (let j = 0; j < cols; j++) c[row + j] -= weight * work[j];
  }
}
