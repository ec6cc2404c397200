/**
 * Elementary reflector H = I - tau·v·vᵀ with v[0] = 1 (not stored).
 *
 * reflector(count, x, offset, stride): finds H with H·x = (beta, 0, ..., 0). On return x[0] is beta and the other
 * entries hold v[1:]; the result is tau. beta has the sign opposite to x[0], so forming v never cancels; tau lies in
 * [1, 2], or is 0 (H = I) where x[1:] is zero. Scaling by a power of two keeps H orthogonal to a few eps for any
 * finite x, subnormal numbers included. count >= 1. Cost: 3·count flops.
 *
 * applyReflector(rows, cols, tau, v, vOffset, vStride, c, cOffset, cRowStride, work): C = H·C in place for a
 * row-major block; v[1:] stands at vOffset + vStride, ...; `work` has at least cols entries. Cost: 4·rows·cols flops.
 *
 * blockReflector, applyBlockReflector: several reflectors at once, H_0·H_1⋯ = I - V·T·Vᵀ with T upper triangular (Schreiber & Van
 * Loan 1989), so that almost all flops are those of matrix products; as accurate as one after the other.
 *
 * Golub & Van Loan, Matrix Computations, 4th ed., sections 5.1 and 5.2.3.
 */
export interface Householder {
  reflector(count: number, x: Float64Array, offset: number, stride: number): number;
  applyReflector(
    rows: number,
    cols: number,
    tau: number,
    v: Float64Array,
    vOffset: number,
    vStride: number,
    c: Float64Array,
    cOffset: number,
    cRowStride: number,
    work: Float64Array,
  ): void;
}
