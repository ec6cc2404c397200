/** Rotations of rows in plain loops, see contract.ts: four columns at a time share the loads of c and s and stay in the cache for all sweeps. */
export function rotateRowsScalar(
  cols: number,
  matrix: Float64Array,
  offset: number,
  stride: number,
  rotations: Float64Array,
  sweeps: Int32Array,
  count: number,
): void {
  for (let column = 0; column < cols; column += 4) {
    let at = 0;
    for (let q = 0; q < count; q++) {
      const step = sweeps[3 * q + 1] * stride;
      const end = at + 2 * sweeps[3 * q + 2];
      let p = offset + column + sweeps[3 * q] * stride;
      let t0 = matrix[p];
      let t1 = matrix[p + 1];
      let t2 = matrix[p + 2];
      let t3 = matrix[p + 3];
      for (; at < end; at += 2) {
        const c = rotations[at];
        const s = rotations[at + 1];
        const next = p + step;
        const x0 = matrix[next];
        matrix[p] = c * t0 + s * x0;
        t0 = c * x0 - s * t0;
        const x1 = matrix[next + 1];
        matrix[p + 1] = c * t1 + s * x1;
        t1 = c * x1 - s * t1;
        const x2 = matrix[next + 2];
        matrix[p + 2] = c * t2 + s * x2;
        t2 = c * x2 - s * t2;
        const x3 = matrix[next + 3];
        matrix[p + 3] = c * t3 + s * x3;
        t3 = c * x3 - s * t3;
        p = next;
      }
      matrix[p] = t0;
      matrix[p + 1] = t1;
      matrix[p + 2] = t2;
      matrix[p + 3] = t3;
    }
  }
}
