import type { FloatArray, Gemm } from './contract.js';
import { gemmScalar } from './scalar.js';
import { gemmTiled } from './tiled.js';
import { gemmVector } from './vector.js';
import { gemmWasm } from './wasm.js';

export type { FloatArray, Gemm } from './contract.js';
export { GEMM_BLOCK } from './contract.js';

/**
 * Which variant computes an m x k by k x n product; all give the same bits, so this decides time only.
 * Measured on Node 20: packing pays from 32 multiplications on, four sums at a time from four results on. Vector instructions would pay from
 * about 200 on, copies included, but the first product that asks for them compiles them, for 2 to 3 ms: a program of small products never does.
 * At 16x16x16, where they begin, they save 1.5 us a product. Fallbacks are the variant's own business, so that nothing is asked here.
 */
export function choose(sizes: { m: number; n: number; k: number }): 'scalar' | 'vector' | 'tiled' | 'wasm' {
  const { m, n, k } = sizes;
  if (m === 1 || n === 1) return m * n < 4 ? 'scalar' : 'vector';
  const products = m * n * k;
  if (products < 32) return 'scalar';
  return products < 4096 ? 'tiled' : 'wasm';
}

const variants: Record<ReturnType<typeof choose>, Gemm> = {
  scalar: gemmScalar,
  vector: gemmVector,
  tiled: gemmTiled,
  wasm: gemmWasm,
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
