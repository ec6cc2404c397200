/** Typed arrays the linear-algebra kernels read and write; arithmetic is float64 for both. */
export type FloatArray = Float64Array | Float32Array;

/** Length of one block of the inner sum: part of the contract, because it fixes the order of the additions. */
export const GEMM_BLOCK = 256;

/**
 * C = A·B, or C = C + A·B.
 *
 *     A[i, p] = a[aOffset + i·aRowStride + p·aColStride]    0 <= i < m, 0 <= p < k
 *     B[p, j] = b[bOffset + p·bRowStride + j·bColStride]    0 <= j < n
 *     C[i, j] = c[cOffset + i·cRowStride + j]
 *
 * Strides of A and B may have any sign and may be zero, so transposed, flipped and broadcast views cost nothing.
 *
 * Order of summation: p runs through blocks of GEMM_BLOCK; one block is summed in increasing p from +0 in float64,
 * a product rounded before it is added (no fused multiply-add); the finished block is added to C (the first one
 * replaces C unless `accumulate`) and rounded to C's type once. Every variant keeps this order, so all give the same bits.
 *
 * Preconditions (not checked): all indices are in range, |cRowStride| >= n, C overlaps neither A nor B.
 * k = 0 stores zeros, or leaves C alone when accumulating.
 *
 * Cost: 2·m·n·k flops.
 */
export type Gemm = (
  m: number,
  n: number,
  k: number,
  a: FloatArray,
  aOffset: number,
  aRowStride: number,
  aColStride: number,
  b: FloatArray,
  bOffset: number,
  bRowStride: number,
  bColStride: number,
  c: FloatArray,
  cOffset: number,
  cRowStride: number,
  accumulate: boolean,
) => void;
