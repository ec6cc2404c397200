/**
 * Two steps of the tridiagonalization in one pass over the upper triangle of a symmetric matrix: the reflection on both sides that still waits,
 * and the product with the next reflector,
 *
 *     A = A - (v·wᵀ + w·vᵀ),    p = A·x,    A[i, j] = data[a + i·stride + j]    0 <= i <= j < size
 *
 * with v, w, x, p contiguous at those offsets of `data`. Rows are taken in pairs, so that one load of v, w, x and p serves two of them. All
 * arrays have one element more than `size`, A one row and one column; those are 0 and stay 0, except in p.
 *
 * Order of summation, part of the contract of eigh: p[i] is the sum, from +0, of A[q, i]·x[q] over the rows q in increasing order that come before the
 * pair of i, and then of the dot product of row i from its pair on, which is the sum of two: over the even and over the odd
 * distances of j from the beginning of the pair, both in increasing j and starting with their first product. The element below the diagonal inside a pair is that above it.
 *
 * Cost: 8 flops for each element of the triangle, 2 reads and 1 write of it.
 */
export type SymmetricUpdate = (
  data: Float64Array,
  size: number,
  a: number,
  stride: number,
  v: number,
  w: number,
  x: number,
  p: number,
) => void;

/** See SymmetricUpdate. */
export function symmetricUpdateScalar(
  data: Float64Array,
  size: number,
  a: number,
  stride: number,
  v: number,
  w: number,
  x: number,
  p: number,
): void {
  data.fill(0, p, p + size + 1);
  for (let i = 0; i < size; i += 2) {
    const v0 = data[v + i];
    const v1 = data[v + i + 1];
    const w0 = data[w + i];
    const w1 = data[w + i + 1];
    const x0 = data[x + i];
    const x1 = data[x + i + 1];
    const upper = a + i * stride;
    const lower = upper + stride;
    const corner = data[upper + i] - (v0 * w0 + w0 * v0);
    const beside = data[upper + i + 1] - (v0 * w1 + w0 * v1);
    const last = data[lower + i + 1] - (v1 * w1 + w1 * v1);
    data[upper + i] = corner;
    data[upper + i + 1] = beside;
    data[lower + i + 1] = last;
    let even0 = corner * x0;
    let odd0 = beside * x1;
    let even1 = beside * x0;
    let odd1 = last * x1;
    for (let j = i + 2; j < size; j += 2) {
      let vj = data[v + j];
      let wj = data[w + j];
      let xj = data[x + j];
      let y0 = data[upper + j] - (v0 * wj + w0 * vj);
      let y1 = data[lower + j] - (v1 * wj + w1 * vj);
      data[upper + j] = y0;
      data[lower + j] = y1;
      even0 += y0 * xj;
      even1 += y1 * xj;
      data[p + j] = data[p + j] + y0 * x0 + y1 * x1;
      vj = data[v + j + 1];
      wj = data[w + j + 1];
      xj = data[x + j + 1];
      y0 = data[upper + j + 1] - (v0 * wj + w0 * vj);
      y1 = data[lower + j + 1] - (v1 * wj + w1 * vj);
      data[upper + j + 1] = y0;
      data[lower + j + 1] = y1;
      odd0 += y0 * xj;
      odd1 += y1 * xj;
      data[p + j + 1] = data[p + j + 1] + y0 * x0 + y1 * x1;
    }
    data[p + i] += even0 + odd0;
    data[p + i + 1] += even1 + odd1;
  }
}
