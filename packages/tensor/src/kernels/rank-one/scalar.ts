/** w += vᵀ·C, see contract.ts. Four rows a pass: w is then loaded and stored a quarter as often, and the additions keep their order. */
export function addRowsScalar(
  rows: number,
  cols: number,
  v: Float64Array,
  vOffset: number,
  vStride: number,
  w: Float64Array,
  wOffset: number,
  c: Float64Array,
  cOffset: number,
  cRowStride: number,
): void {
  let i = 0;
  for (; i < rows - 3; i += 4) {
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
      w[wOffset + j] = w[wOffset + j] + v0 * c[row0 + j] + v1 * c[row1 + j] + v2 * c[row2 + j] + v3 * c[row3 + j];
    }
  }
  for (; i < rows; i++) {
    const weight = v[vOffset + i * vStride];
    const row = cOffset + i * cRowStride;
    for (let j = 0; j < cols; j++) w[wOffset + j] += weight * c[row + j];
  }
}

/** C −= v·wᵀ, see contract.ts. */
export function subtractOuterScalar(
  rows: number,
  cols: number,
  v: Float64Array,
  vOffset: number,
  vStride: number,
  w: Float64Array,
  wOffset: number,
  c: Float64Array,
  cOffset: number,
  cRowStride: number,
): void {
  let i = 0;
  for (; i < rows - 3; i += 4) {
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
      const x = w[wOffset + j];
      c[row0 + j] -= v0 * x;
      c[row1 + j] -= v1 * x;
      c[row2 + j] -= v2 * x;
      c[row3 + j] -= v3 * x;
    }
  }
  for (; i < rows; i++) {
    const weight = v[vOffset + i * vStride];
    const row = cOffset + i * cRowStride;
    for (let j = 0; j < cols; j++) c[row + j] -= weight * w[wOffset + j];
  }
}
