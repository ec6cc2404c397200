import { gemm } from '../gemm/index.js';

/** Reflectors that are applied as one product. */
export const REFLECTOR_BLOCK = 32;

/** H_0·H_1⋯ = I - V·T·Vᵀ, see contract.ts. */
export interface BlockReflector {
  readonly rows: number;
  readonly width: number;
  /** rows x width, unit lower trapezoidal; then -T, width x width, upper triangular; then room for products. */
  readonly space: Float64Array;
}

/** Numbers that a block of reflectors of so many rows, applied to so many columns, works on. */
export function reflectorSpace(rows: number, cols: number): number {
  return REFLECTOR_BLOCK * (rows + REFLECTOR_BLOCK + 2 * Math.max(cols, REFLECTOR_BLOCK));
}

/** The compact WY form of `width` reflectors stored below the diagonal of a block, as the qr kernel leaves them, made in `space`. */
export function blockReflector(
  rows: number,
  width: number,
  a: Float64Array,
  aOffset: number,
  aRowStride: number,
  taus: Float64Array,
  tausOffset: number,
  space: Float64Array,
): BlockReflector {
  const t = rows * width;
  const gram = t + width * width;
  for (let i = 0; i < rows; i++) {
    const known = Math.min(i, width);
    for (let j = 0; j < known; j++) space[i * width + j] = a[aOffset + i * aRowStride + j];
    if (i < width) {
      space[i * width + i] = 1;
      space.fill(0, i * width + i + 1, (i + 1) * width);
    }
  }
  gemm(width, width, rows, space, 0, 1, width, space, 0, width, 1, space, gram, width, false);
  space.fill(0, t, gram);
  for (let j = 0; j < width; j++) {
    const tau = taus[tausOffset + j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let p = i; p < j; p++) sum += space[t + i * width + p] * space[gram + p * width + j];
      // The sum is over elements of -T already, so that its sign is that of -T as well.
      space[t + i * width + j] = -tau * sum;
    }
    space[t + j * width + j] = -tau;
  }
  return { rows, width, space };
}

/** C = H·C, or Hᵀ·C, in place of a row-major block with as many rows as H; three products. */
export function applyBlockReflector(
  { rows, width, space }: BlockReflector,
  transpose: boolean,
  cols: number,
  c: Float64Array,
  cOffset: number,
  cRowStride: number,
): void {
  const t = rows * width;
  const inner = t + width * width;
  const turned = inner + width * cols;
  gemm(width, cols, rows, space, 0, 1, width, c, cOffset, cRowStride, 1, space, inner, cols, false);
  const [rowStride, colStride] = transpose ? [1, width] : [width, 1];
  gemm(width, cols, width, space, t, rowStride, colStride, space, inner, cols, 1, space, turned, cols, false);
  gemm(rows, cols, width, space, 0, width, 1, space, turned, cols, 1, c, cOffset, cRowStride, true);
}
