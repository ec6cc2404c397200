/** Cholesky factor row by row, so that both operands of every inner sum are contiguous; see contract.ts. */
export function choleskyScalar(n: number, a: Float64Array, aOffset: number): number {
  for (let i = 0; i < n; i++) {
    const row = aOffset + i * n;
    for (let j = 0; j < i; j++) {
      const other = aOffset + j * n;
      let rest = a[row + j];
      for (let p = 0; p < j; p++) rest -= a[row + p] * a[other + p];
      a[row + j] = rest / a[other + j];
    }
    let pivot = a[row + i];
    for (let p = 0; p < i; p++) pivot -= a[row + p] * a[row + p];
    if (!(pivot > 0 && pivot < Infinity)) {
      a[row + i] = pivot;
      return i;
    }
    a[row + i] = Math.sqrt(pivot);
    a.fill(0, row + i + 1, row + n);
  }
  return -1;
}
