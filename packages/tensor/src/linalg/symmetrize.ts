/** Replaces a contiguous n × n block by its symmetric part; a symmetric block keeps its bits. */
export function symmetrize(n: number, a: Float64Array, offset: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const below = offset + i * n + j;
      const above = offset + j * n + i;
      // Halved before adding, so that large entries do not overflow.
      if (a[below] !== a[above]) a[below] = a[above] = 0.5 * a[below] + 0.5 * a[above];
    }
  }
}
