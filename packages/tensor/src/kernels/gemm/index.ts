import { wasmRuntime } from '../../wasm/runtime.js';
import { type Thresholds, thresholds } from '../thresholds.js';
import { type FloatArray, GEMM_BLOCK, isSingle } from './contract.js';
import { gemmScalar } from './scalar.js';
import { gemmSmall } from './small.js';
import { gemmTiled } from './tiled.js';
import { gemmVector } from './vector.js';
import { gemmOnCopies, gemmWasm } from './wasm.js';

export type { FloatArray, Gemm, GemmStack } from './contract.js';
export { GEMM_BLOCK } from './contract.js';

/**
 * Which variant computes `count` products of m x k by k x n; all give the same bits, so this decides time only. Of a product with a vector, `resident`
 * says whether the matrix lives in the memory of the kernels, and `lanes` whether a copy and vector instructions are quicker than loops: where rows or
 * columns are contiguous and have the type of the arithmetic, and in float32, where loops take twice the time. Fallbacks are the variant's own
 * business, so that nothing is asked here.
 */
export function choose(
  sizes: {
    readonly count?: number;
    readonly m: number;
    readonly n: number;
    readonly k: number;
    readonly resident?: boolean;
    readonly lanes?: boolean;
  },
  least: Thresholds['gemm'],
): 'scalar' | 'vector' | 'small' | 'tiled' | 'wasm' | 'copies' {
  const { count = 1, m, n, k, resident = false, lanes = false } = sizes;
  const products = m * n * k;
  const large = count * products >= least.wasm;
  if (m === 1 || n === 1) {
    if (m * n < least.vector) return 'scalar';
    if (!large) return 'vector';
    return resident ? 'wasm' : lanes ? 'copies' : 'vector';
  }
  if (products < least.tiled) return 'scalar';
  if (large) return 'wasm';
  return k <= GEMM_BLOCK ? 'small' : 'tiled';
}

const loops = { scalar: gemmScalar, vector: gemmVector, small: gemmSmall, tiled: gemmTiled } as const;

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
  gemmStack(
    1,
    0,
    0,
    0,
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

/** `count` products of that kind, each so many elements behind the one before. */
export function gemmStack(
  count: number,
  aStep: number,
  bStep: number,
  cStep: number,
  m: number,
  n: number,
  k: number,
  a: FloatArray,
  aOffset: number,
  aRow: number,
  aCol: number,
  b: FloatArray,
  bOffset: number,
  bRow: number,
  bCol: number,
  c: FloatArray,
  cOffset: number,
  cRow: number,
  accumulate: boolean,
): void {
  // Only a product with a vector asks where its matrix lives, and only when that matters.
  const vector = (m === 1) !== (n === 1) && count * m * n * k >= thresholds.gemm.wasm;
  const matrix = m === 1 ? b : a;
  const resident = vector && wasmRuntime.addressOf(matrix) !== undefined;
  const contiguous = m === 1 ? bRow === 1 || bCol === 1 : aRow === 1 || aCol === 1;
  const lanes = vector && ((contiguous && matrix.BYTES_PER_ELEMENT === 8) || isSingle(a, b, c));
  const variant = choose({ count, m, n, k, resident, lanes }, thresholds.gemm);
  if (variant === 'wasm' || variant === 'copies') {
    (variant === 'wasm' ? gemmWasm : gemmOnCopies)(
      count,
      aStep,
      bStep,
      cStep,
      m,
      n,
      k,
      a,
      aOffset,
      aRow,
      aCol,
      b,
      bOffset,
      bRow,
      bCol,
      c,
      cOffset,
      cRow,
      accumulate,
    );
    return;
  }
  const product = loops[variant];
  for (let q = 0; q < count; q++) {
    const [aAt, bAt, cAt] = [aOffset + q * aStep, bOffset + q * bStep, cOffset + q * cStep];
    product(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, c, cAt, cRow, accumulate);
  }
}
