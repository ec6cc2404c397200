/**
 * A = V·diag(w)·Vᵀ for a symmetric n x n block, contiguous and row-major, of finite numbers. Only the lower triangle of
 * A is read and A is left as it is.
 *
 * values[valuesOffset + j] = w_j, ascending; vectors[vectorsOffset + i·n + j] = V[i, j]: column j belongs to w_j. The sign
 * of a column is fixed by its component of largest magnitude (the first such), which is positive.
 *
 * Householder tridiagonalization, then implicit QR steps with Wilkinson's shift (Golub & Van Loan, 4th ed., algorithms
 * 8.3.1-8.3.3); A is scaled by a power of two, so entries of any finite size are safe. The rotations of many steps are
 * applied to Vᵀ at once. Order of summation: that of SymmetricUpdate, of gemm and of the formulas in tridiagonalize.ts and
 * form-transposed.ts; the same bits with and without WebAssembly.
 * Backward stable in norm: ‖A·V - V·diag(w)‖ and ‖VᵀV - I‖·‖A‖ are at most c·n·eps·‖A‖. Eigenvalues much smaller than
 * ‖A‖ are right to that absolute error, not to a relative one.
 *
 * Returns -1, or the index of the eigenvalue that did not converge in 30 n steps (never observed); values and vectors
 * are then those of the unfinished iteration. Cost: about 9n³ flops.
 */
export type Eigh = (
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
  vectors: Float64Array,
  vectorsOffset: number,
) => number;

/** The same eigenvalues without the vectors, the bits equal. Cost: about 4n³/3 flops. */
export type Eigvalsh = (
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
) => number;
