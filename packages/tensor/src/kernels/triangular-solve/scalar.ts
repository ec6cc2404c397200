/** Forward or back substitution on rows of B, see contract.ts. */
export function triangularSolveScalar(
  size: number,
  cols: number,
  t: Float64Array,
  tOffset: number,
  lower: boolean,
  transpose: boolean,
  unitDiagonal: boolean,
  b: Float64Array,
  bOffset: number,
): number {
  if (!unitDiagonal) for (let i = 0; i < size; i++) if (t[tOffset + i * size + i] === 0) return i;
  const rowStride = transpose ? 1 : size;
  const colStride = transpose ? size : 1;
  const forward = lower !== transpose;
  const step = forward ? 1 : -1;
  const first = forward ? 0 : size - 1;
  for (let count = 0; count < size; count++) {
    const i = first + step * count;
    const row = bOffset + i * cols;
    for (let done = 0; done < count; done++) {
      const p = first + step * done;
      const weight = t[tOffset + i * rowStride + p * colStride];
      const known = bOffset + p * cols;
      for (let j = 0; j < cols; j++) b[row + j] -= weight * b[known + j];
    }
    if (unitDiagonal) continue;
    const diagonal = t[tOffset + i * size + i];
    for (let j = 0; j < cols; j++) b[row + j] /= diagonal;
  }
  return -1;
}
