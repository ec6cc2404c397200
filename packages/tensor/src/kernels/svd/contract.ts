/**
 * A = U·diag(s)·Vᵀ for an m x n block, contiguous and row-major, of finite numbers; k = min(m, n). A is left as it is.
 *
 * svd(m, n, a, aOffset, s, sOffset, u, uOffset, uCols, vt, vtOffset, vtRows): s[sOffset + j] = s_j >= 0, descending, k of
 * them; u is m x uCols and vt is vtRows x n, contiguous. (uCols, vtRows) is (k, k), or (m, n) for square orthogonal
 * factors. The component of largest magnitude of every column of U (the first such) is positive.
 *
 * svdvals(m, n, a, aOffset, s, sOffset): the same numbers s without the vectors, the bits equal.
 *
 * A is scaled by a power of two; reduced to its triangular factor where one side is at least 1.6 times the other (Chan
 * 1982); brought to bidiagonal form by Householder reflections, one pass that updates the rest and one that multiplies
 * with it for every column (Howell et al. 2008); then implicit QR with shifts, or without where a shift would cost small
 * values digits, swept from the larger end to the smaller one (Demmel & Kahan 1990; the tests of LAPACK's dbdsqr).
 * Rotations of many sweeps are applied to Uᵀ and Vᵀ at once, eight columns at a time (Van Zee, van de Geijn & Quintana-Orti
 * 2014). Order of summation: that of BlockUpdate and BlockProduct, of gemm and of the formulas in bidiagonalize.ts; the same
 * bits with and without WebAssembly.
 *
 * Backward stable: ‖U·diag(s)·Vᵀ - A‖ <= 8·(m + n)·eps·‖A‖, ‖UᵀU - I‖ and ‖VᵀV - I‖ <= 8·(m + n)·eps, entry by entry,
 * |s_j - exact| <= 8·(m + n)·eps·s_0. Of a bidiagonal A every value has a small relative error.
 *
 * Returns -1, or the index of a value that did not converge in 30·k² rotations (never observed); what is written then is
 * that of the unfinished iteration. Cost for m = n: about 20n³ flops, values alone 8n³/3.
 */
export interface Svd {
  svd(
    m: number,
    n: number,
    a: Float64Array,
    aOffset: number,
    s: Float64Array,
    sOffset: number,
    u: Float64Array,
    uOffset: number,
    uCols: number,
    vt: Float64Array,
    vtOffset: number,
    vtRows: number,
  ): number;
  svdvals(m: number, n: number, a: Float64Array, aOffset: number, s: Float64Array, sOffset: number): number;
}
