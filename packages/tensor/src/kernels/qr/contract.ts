/**
 * Householder QR of an m x n block, contiguous and row-major; k = min(m, n) reflectors.
 *
 * qr(m, n, a, aOffset, taus, tausOffset): A = Q·R in place. On return the upper trapezoid holds R; below the diagonal of
 * column j stands v_j[1:] of the reflector H_j = I - taus[j]·v_j·v_jᵀ; Q = H_0·H_1⋯H_(k-1). As in LAPACK the diagonal
 * of R may have either sign: negative where the reflected entry was positive. Cost: 2n²(m - n/3) flops for m >= n.
 *
 * qrFormQ(m, n, cols, a, aOffset, taus, tausOffset, q, qOffset): the first `cols` columns of Q (k <= cols <= m) as a
 * contiguous m x cols block: cols = k is the reduced, cols = m the complete factor. Cost: about 4·m·cols·k flops.
 *
 * qrApply(m, n, cols, a, aOffset, taus, tausOffset, transpose, c, cOffset): C = Q·C, or Qᵀ·C, in place of the
 * contiguous m x cols block C, without forming Q. Cost: 4·m·cols·k flops.
 *
 * Where sizes reach 32 the reflectors are applied 32 at a time, as products of matrices.
 *
 * Backward stable: ‖Q·R - A‖ <= c·m·n·eps·‖A‖ by columns, ‖QᵀQ - I‖ <= c·m·n·eps (Higham 2002, theorem 19.4), for any
 * finite A whose column norms do not overflow. Golub & Van Loan, 4th ed., algorithm 5.2.1.
 */
export interface Qr {
  qr(m: number, n: number, a: Float64Array, aOffset: number, taus: Float64Array, tausOffset: number): void;
  qrFormQ(
    m: number,
    n: number,
    cols: number,
    a: Float64Array,
    aOffset: number,
    taus: Float64Array,
    tausOffset: number,
    q: Float64Array,
    qOffset: number,
  ): void;
  qrApply(
    m: number,
    n: number,
    cols: number,
    a: Float64Array,
    aOffset: number,
    taus: Float64Array,
    tausOffset: number,
    transpose: boolean,
    c: Float64Array,
    cOffset: number,
  ): void;
}
