/**
 * The X of least norm among all that minimize ‖A·X - B‖, column by column of B; A is m x n, B is m x cols, X is n x cols,
 * all contiguous and row-major. A and B are overwritten.
 *
 * Complete orthogonal decomposition: A·P = Q·[R; 0] by QR with column pivoting; the numerical rank r is the number of
 * leading pivots with |R[k, k]| > rcond·|R[0, 0]|, at most `maxRank`; where r < n the leading r rows of R are reduced from the right,
 * Rᵀ = Z·S, and X = P·Z·S⁻ᵀ·(QᵀB)[:r]. Golub & Van Loan, 4th ed., sections 5.4.2, 5.5.
 *
 * Returns the rank r, or -1 - k where four times the norm of column k of A overflows or is not a number.
 * residualNorms[residualNormsOffset + j] = ‖A·x_j - b_j‖ for the rank r that was found, as the norm of the part of Qᵀb_j that
 * no x can reach; 0 where r = m. Cost: about 4m·n·min(m, n) + 4·n·r² (only where r < n) + 4·m·n·cols flops.
 */
export type Lstsq = (
  m: number,
  n: number,
  cols: number,
  a: Float64Array,
  aOffset: number,
  b: Float64Array,
  bOffset: number,
  x: Float64Array,
  xOffset: number,
  residualNorms: Float64Array,
  residualNormsOffset: number,
  rcond: number,
  maxRank: number,
) => number;
