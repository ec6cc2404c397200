/**
 * lu(n, a, aOffset, pivots, pivotsOffset): P·A = L·U in place with partial pivoting, for a contiguous row-major n x n
 * block. On return the strict lower triangle holds L (unit diagonal not stored), the upper triangle U; step k
 * exchanged rows k and pivots[pivotsOffset + k] >= k.
 * Returns -1, or the index of the first zero pivot (A is exactly singular); the factorization is complete either way.
 * Ties between magnitudes go to the first row. From n = 32 on by blocks of columns, whose products are
 * gemm's. Cost: 2n³/3 flops.
 *
 * luSolve(n, cols, factors, factorsOffset, pivots, pivotsOffset, transpose, b, bOffset): solves A·X = B, or Aᵀ·X = B,
 * in place of B (n x cols, contiguous, row-major). Returns -1, or the index of a zero pivot with B untouched.
 * Cost: 2n²·cols flops.
 *
 * Backward stable in practice; growth of U by 2^(n-1) is possible and rare (Higham 2002, section 9.3).
 */
export interface Lu {
  lu(n: number, a: Float64Array, aOffset: number, pivots: Int32Array, pivotsOffset: number): number;
  luSolve(
    n: number,
    cols: number,
    factors: Float64Array,
    factorsOffset: number,
    pivots: Int32Array,
    pivotsOffset: number,
    transpose: boolean,
    b: Float64Array,
    bOffset: number,
  ): number;
}
