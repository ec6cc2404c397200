/**
 * C = (I - tau·v·vᵀ)·C in place, see contract.ts. Four rows a pass: `work` is then loaded and stored a quarter as often, and
 * the additions keep their order.
 */
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
  const lastOfFour = rows - 3;

  for (let j = 0; j < cols; j++) work[j] = c[cOffset + j];
  let i = 1;
  for (; i < lastOfFour; i += 4) {
    const at = vOffset + i * vStride;
    const v0 = v[at];
    const v1 = v[at + vStride];
    const v2 = v[at + 2 * vStride];
    const v3 = v[at + 3 * vStride];
    const row0 = cOffset + i * cRowStride;
    const row1 = row0 + cRowStride;
    const row2 = row1 + cRowStride;
    const row3 = row2 + cRowStride;
    for (let j = 0; j < cols; j++) {
      work[j] = work[j] + v0 * c[row0 + j] + v1 * c[row1 + j] + v2 * c[row2 + j] + v3 * c[row3 + j];
    }
  }
  for (; i < rows; i++) {
    const weight = v[vOffset + i * vStride];
    const row = cOffset + i * cRowStride;
    for (let j = 0; j < cols; j++) work[j] += weight * c[row + j];
  }

  for (let j = 0; j < cols; j++) {
    work[j] *= tau;
    c[cOffset + j] -= work[j];
  }
  i = 1;
  for (; i < lastOfFour; i += 4) {
    const at = vOffset + i * vStride;
    const v0 = v[at];
    const v1 = v[at + vStride];
    const v2 = v[at + 2 * vStride];
    const v3 = v[at + 3 * vStride];
    const row0 = cOffset + i * cRowStride;
    const row1 = row0 + cRowStride;
    const row2 = row1 + cRowStride;
    const row3 = row2 + cRowStride;
    for (let j = 0; j < cols; j++) {
      const w = work[j];
      c[row0 + j] -= v0 * w;
      c[row1 + j] -= v1 * w;
      c[row2 + j] -= v2 * w;
      c[row3 + j] -= v3 * w;
    }
  }
  for (; i < rows; i++) {
    const weight = v[vOffset + i * vStride];
    const row = cOffset + i * cRowStride;
    for (let j = 0; j < cols; j++) c[row + j] -= weight * work[j];
  }
}
