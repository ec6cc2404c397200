/**
 * A = L·Lᵀ in place, for a symmetric positive definite n x n block, contiguous and row-major. Only the lower triangle
 * of A is read; on return it holds L, and the strict upper triangle holds zeros.
 *
 * Returns -1, or the index of the first pivot that is not positive and finite; that pivot then stands on the diagonal,
 * the rows before it hold the factor of the leading block, the rest is unspecified.
 * Backward stable: ‖L·Lᵀ - A‖ <= c·n·eps·‖A‖ (Higham 2002, theorem 10.3).
 * From n = 48 on by blocks of columns, whose products are gemm's. Order of summation: increasing column, by blocks. Cost: n³/3 flops.
 */
export type Cholesky = (n: number, a: Float64Array, aOffset: number) => number;
