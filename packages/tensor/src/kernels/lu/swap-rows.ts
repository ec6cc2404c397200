/** Exchanges rows i and j of a contiguous row-major block with `cols` columns. */
export function swapRows(cols: number, a: Float64Array, aOffset: number, i: number, j: number): void {
  if (i === j) return;
  const first = aOffset + i * cols;
  const second = aOffset + j * cols;
  for (let p = 0; p < cols; p++) {
    const kept = a[first + p];
    a[first + p] = a[second + p];
    a[second + p] = kept;
  }
}
