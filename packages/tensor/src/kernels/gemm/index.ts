import type { FloatArray } from './contract.js';
import { gemmScalar } from './scalar.js';
import { gemmTiled } from './tiled.js';

export type { FloatArray, Gemm } from './contract.js';
export { GEMM_BLOCK } from './contract.js';

/**
 * Which variant computes an m x k by k x n product; all give the same bits, so this decides time only.
 * Packing reads every element once more: it pays from 4x4x4 on (measured on Node 20), never for a vector.
 */
export function choose(sizes: { m: number; n: number; k: number }): 'scalar' | 'tiled' {
  const { m, n, k } = sizes;
  return m === 1 || n === 1 || m * n * k < 48 ? 'scalar' : 'tiled';
}

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
  const variant = choose({ m, n, k }) === 'scalar' ? gemmScalar : gemmTiled;
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
