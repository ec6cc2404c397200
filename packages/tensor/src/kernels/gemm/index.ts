import type { FloatArray, Gemm } from './contract.js';
import { gemmScalar } from './scalar.js';
import { gemmTiled } from './tiled.js';
import { gemmVector } from './vector.js';

export type { FloatArray, Gemm } from './contract.js';
export { GEMM_BLOCK } from './contract.js';

/**
 * Which variant computes an m x k by k x n product; all give the same bits, so this decides time only.
 * Measured on Node 20: packing pays from 32 multiplications on, four sums at a time from four results on.
 */
export function choose(sizes: { m: number; n: number; k: number }): 'scalar' | 'vector' | 'tiled' {
  const { m, n, k } = sizes;
  if (m === 1 || n === 1) return m * n < 4 ? 'scalar' : 'vector';
  return m * n * k < 32 ? 'scalar' : 'tiled';
}

const variants: Record<ReturnType<typeof choose>, Gemm> = {
  scalar: gemmScalar,
  vector: gemmVector,
  tiled: gemmTiled,
};

/** C = A·B (+ C), see contract.ts for strides, order of summation and preconditions. */
export function gemm(
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
): void {
  const variant = variants[choose({ m, n, k })];
  variant(
    m,
    n,
    k,
    a,
    aOffset,
    aRowStride,
    aColStride,
    b,
    bOffset,
    bRowStride,
    bColStride,
    c,
    cOffset,
    cRowStride,
    accumulate,
  );
}
