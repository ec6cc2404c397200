/** Typed arrays the linear-algebra kernels read and write. */
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
 * Arithmetic is float32 where all three arrays are float32, else float64.
 *
 * Order of summation: p runs through blocks of GEMM_BLOCK; one block is summed in increasing p from +0, a product rounded before it is added
 * (no fused multiply-add) and the sum rounded after; the finished block is added to C (the first one replaces C unless `accumulate`) and
 * rounded to C's type once. Every variant keeps this order, so all give the same bits. A block of k terms is off by at most k·eps·Σ|a·b|, with
 * eps = 2⁻²⁴ in float32 (Higham, Accuracy and Stability of Numerical Algorithms, 3.1).
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

/**
 * `count` products as above, the operands of each so many elements behind those of the one before; a step of 0 is the same operand again. No C
 * overlaps another.
 */
export type GemmStack = (
  count: number,
  aStep: number,
  bStep: number,
  cStep: number,
  ...product: Parameters<Gemm>
) => void;

/** Whether a product is in float32. */
export function isSingle(a: FloatArray, b: FloatArray, c: FloatArray): boolean {
  return c instanceof Float32Array && a instanceof Float32Array && b instanceof Float32Array;
}
