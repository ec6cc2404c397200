import type { FloatArray } from '../gemm/index.js';

/**
 * Sizes of a convolution over two axes. Convolution, its transpose in x and its transpose in w are three ways to read one trilinear form,
 *
 *     Σ x[n, g·C + c, i·strideHeight + p·dilationHeight − top, j·strideWidth + q·dilationWidth − left] · w[g·O + o, c, p, q] · y[n, g·O + o, i, j]
 *
 * over n < batch, g < groups, c < C = inChannels, o < O = outChannels, p < kernelHeight, q < kernelWidth, i < outHeight, j < outWidth, in which x
 * is 0 outside of its `height` and `width`.
 */
export interface ConvSizes {
  readonly batch: number;
  readonly groups: number;
  /** Channels of x in one group. */
  readonly inChannels: number;
  /** Channels of y in one group. */
  readonly outChannels: number;
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** Zeros in front of x. What stands behind it follows from the other sizes. */
  readonly top: number;
  readonly left: number;
}

/** Strides of x along its four axes. */
export type ConvStrides = readonly number[];

/**
 * y from x and w: 2·batch·groups·O·outHeight·outWidth·C·kernelHeight·kernelWidth flops, as for the other two.
 *
 * x may have any strides; w and y are row-major without gaps and start at 0. Sums are made in float64. y is written, not added to.
 */
export type Conv = (
  sizes: ConvSizes,
  y: FloatArray,
  x: FloatArray,
  xOffset: number,
  xStrides: ConvStrides,
  w: FloatArray,
) => void;

/** x from y and w, all row-major without gaps and starting at 0. x must be all zeros. */
export type ConvInput = (sizes: ConvSizes, x: FloatArray, y: FloatArray, w: FloatArray) => void;

/** w from x, of any strides, and y; w and y are row-major without gaps and start at 0. w must be all zeros. */
export type ConvWeight = (
  sizes: ConvSizes,
  w: FloatArray,
  x: FloatArray,
  xOffset: number,
  xStrides: ConvStrides,
  y: FloatArray,
) => void;
