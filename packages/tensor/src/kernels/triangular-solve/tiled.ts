/**
 * The substitution of scalar.ts with four known rows a pass, so that the unknown row is loaded and stored a quarter as often;
 * the subtractions keep their order, hence the bits.
 */
export function triangularSolveTiled(
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
  const step = lower !== transpose ? 1 : -1;
  const first = step > 0 ? 0 : size - 1;
  const nextColumn = step * colStride;
  const nextRow = step * cols;
  for (let count = 0; count < size; count++) {
    const i = first + step * count;
    const row = bOffset + i * cols;
    const end = row + cols;
    let weight = tOffset + i * rowStride + first * colStride;
    let known = bOffset + first * cols - row;
    let done = 0;
    for (; done + 3 < count; done += 4) {
      const w0 = t[weight];
      const w1 = t[weight + nextColumn];
      const w2 = t[weight + 2 * nextColumn];
      const w3 = t[weight + 3 * nextColumn];
      const known1 = known + nextRow;
      const known2 = known1 + nextRow;
      const known3 = known2 + nextRow;
      for (let at = row; at < end; at++) {
        b[at] = b[at] - w0 * b[at + known] - w1 * b[at + known1] - w2 * b[at + known2] - w3 * b[at + known3];
      }
      weight += 4 * nextColumn;
      known = known3 + nextRow;
    }
    for (; done < count; done++) {
      const w0 = t[weight];
      for (let at = row; at < end; at++) b[at] -= w0 * b[at + known];
      weight += nextColumn;
      known += nextRow;
    }
    if (unitDiagonal) continue;
    const diagonal = t[tOffset + i * size + i];
    for (let at = row; at < end; at++) b[at] /= diagonal;
  }
  return -1;
}
