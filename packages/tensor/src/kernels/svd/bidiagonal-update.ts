/**
 * Two steps of the reduction to bidiagonal form in one pass over a block: the rank-two update that still waits, and the sum of the new rows,
 *
 *     A = A - (left·yᵀ + x·rightᵀ),    sum = Aᵀ·next,    A[i, j] = data[a + i·stride + j]    0 <= i < rows, 0 <= j < cols
 *
 * with the vectors contiguous at those offsets of `data`. Rows are taken in pairs, so that one load of y, right and sum serves two of them: where
 * `rows` is odd one row more takes part, where `cols` is odd one column. There all operands are 0, and stay 0.
 *
 * Order of summation: from +0, over pairs of rows in increasing order, the sum of the two products of a pair at a time.
 * Cost: 6 flops an element, a read and a write of it.
 */
export type BlockUpdate = (
  data: Float64Array,
  rows: number,
  cols: number,
  a: number,
  stride: number,
  left: number,
  x: number,
  next: number,
  y: number,
  right: number,
  sum: number,
) => void;

/**
 * product = A·v, four rows at a time: up to three rows, and one column where `cols` is odd, take part beyond the last ones. There A and v are 0, and
 * the product is overwritten with 0.
 *
 * Order of summation: the sum of two, over even and over odd j, both from +0 in increasing j. Cost: 2 flops an element.
 */
export type BlockProduct = (
  data: Float64Array,
  rows: number,
  cols: number,
  a: number,
  stride: number,
  v: number,
  product: number,
) => void;

/** See BlockUpdate. */
export function blockUpdateScalar(
  data: Float64Array,
  rows: number,
  cols: number,
  a: number,
  stride: number,
  left: number,
  x: number,
  next: number,
  y: number,
  right: number,
  sum: number,
): void {
  const width = cols + (cols & 1);
  data.fill(0, sum, sum + width);
  for (let i = 0; i < rows; i += 2) {
    const upper = a + i * stride;
    const lower = upper + stride;
    const left0 = data[left + i];
    const left1 = data[left + i + 1];
    const x0 = data[x + i];
    const x1 = data[x + i + 1];
    const next0 = data[next + i];
    const next1 = data[next + i + 1];
    for (let j = 0; j < width; j++) {
      const yj = data[y + j];
      const rj = data[right + j];
      const above = data[upper + j] - (left0 * yj + x0 * rj);
      const below = data[lower + j] - (left1 * yj + x1 * rj);
      data[upper + j] = above;
      data[lower + j] = below;
      data[sum + j] += next0 * above + next1 * below;
    }
  }
}

/** See BlockProduct. */
export function blockProductScalar(
  data: Float64Array,
  rows: number,
  cols: number,
  a: number,
  stride: number,
  v: number,
  product: number,
): void {
  const height = (rows + 3) & ~3;
  for (let i = 0; i < height; i += 2) {
    const upper = a + i * stride;
    const lower = upper + stride;
    let even0 = 0;
    let odd0 = 0;
    let even1 = 0;
    let odd1 = 0;
    for (let j = 0; j < cols; j += 2) {
      const v0 = data[v + j];
      const v1 = data[v + j + 1];
      even0 += data[upper + j] * v0;
      odd0 += data[upper + j + 1] * v1;
      even1 += data[lower + j] * v0;
      odd1 += data[lower + j + 1] * v1;
    }
    data[product + i] = even0 + odd0;
    data[product + i + 1] = even1 + odd1;
  }
}
