import { gemm } from '../gemm/index.js';

/** Reflectors that are applied as one product. */
export const REFLECTOR_BLOCK = 32;

/** H_0·H_1⋯ = I - V·T·Vᵀ, see contract.ts. */
export interface BlockReflector {
  readonly rows: number;
  readonly width: number;
  /** rows x width, unit lower trapezoidal. */
  readonly v: Float64Array;
  /** -T, width x width, upper triangular. */
  readonly negativeT: Float64Array;
}

/** The compact WY form of `width` reflectors stored below the diagonal of a block, as the qr kernel leaves them. */
export function blockReflector(
  rows: number,
  width: number,
  a: Float64Array,
  aOffset: number,
  aRowStride: number,
  taus: Float64Array,
  tausOffset: number,
): BlockReflector {
  const v = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width && j < i; j++) v[i * width + j] = a[aOffset + i * aRowStride + j];
    if (i < width) v[i * width + i] = 1;
  }
  const gram = new Float64Array(width * width);
  gemm(width, width, rows, v, 0, 1, width, v, 0, width, 1, gram, 0, width, false);
  const t = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    const tau = taus[tausOffset + j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let p = i; p < j; p++) sum += t[i * width + p] * gram[p * width + j];
      t[i * width + j] = -tau * sum;
    }
    t[j * width + j] = tau;
  }
  for (let i = 0; i < t.length; i++) t[i] = -t[i];
  return { rows, width, v, negativeT: t };
}

/** C = H·C, or Hᵀ·C, in place of a row-major block with as many rows as H; three products. */
export function applyBlockReflector(
  { rows, width, v, negativeT }: BlockReflector,
  transpose: boolean,
  cols: number,
  c: Float64Array,
  cOffset: number,
  cRowStride: number,
): void {
  const inner = new Float64Array(width * cols);
  const turned = new Float64Array(width * cols);
  gemm(width, cols, rows, v, 0, 1, width, c, cOffset, cRowStride, 1, inner, 0, cols, false);
  const [rowStride, colStride] = transpose ? [1, width] : [width, 1];
  gemm(width, cols, width, negativeT, 0, rowStride, colStride, inner, 0, cols, 1, turned, 0, cols, false);
  gemm(rows, cols, width, v, 0, width, 1, turned, 0, cols, 1, c, cOffset, cRowStride, true);
}
