import type { Buffer } from '../copy/index.js';

/** Windows over the last two of four axes. A window at output (i, j) sees rows i·strideHeight + p·dilationHeight − top, p < windowHeight; columns alike. */
export interface PoolSizes {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly top: number;
  readonly left: number;
}

/**
 * Where in its plane (row·width + column) the largest element of each window stands: the first in row-major order, the first NaN if there is one, −1
 * if the window sees none. x has any strides.
 */
export type MaxPositions = (
  sizes: PoolSizes,
  positions: Int32Array,
  x: Buffer,
  offset: number,
  strides: readonly number[],
) => void;

/**
 * Sum of the elements that each window sees, divided by the size of the window if `countPadding`, else by their number. Summed in row-major order in float64. `out` is row-major and starts at 0; x has any strides.
 */
export type AveragePool = (
  sizes: PoolSizes,
  countPadding: boolean,
  out: Buffer,
  x: Buffer,
  offset: number,
  strides: readonly number[],
) => void;

/** Transpose of {@link AveragePool}: adds to x, row-major zeros in float64, the share of each element of g. g has any strides. */
export type AverageUnpool = (
  sizes: PoolSizes,
  countPadding: boolean,
  x: Float64Array,
  g: Buffer,
  offset: number,
  strides: readonly number[],
) => void;
