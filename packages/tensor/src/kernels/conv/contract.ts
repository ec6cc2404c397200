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
 * Arithmetic is float32 where all arrays are float32, else float64. The order of summation is that of products with the patch matrix P of an image
 * and a group, which has a row for every (c, p, q) and a column for every output position, and zeros where a window meets the padding; positions
 * are taken in the parts of eachPart. With the order and the blocks of gemm, and images n in increasing order:
 *
 *     y = W·P          x: P = Wᵀ·Y, whose elements are added in the order of (c, p, q, i, j), part by part, from +0 on          W += Y·Pᵀ
 *
 * The zeros take part: an infinite weight that meets one gives NaN. Every variant keeps this order, so all give the same bits.
 */
export type ConvArithmetic = 'float32' | 'float64';

/** Elements of a patch matrix at once, about: in float64 half of a second-level cache. Part of the contract. */
const PART = 2 ** 16;
/** Fewer positions at a time would pack the weights for too little work. */
const FEWEST = 64;

/** Output positions that are worked on at a time: whole rows of them, or a part of one row. */
export function partSize(s: ConvSizes): { readonly rows: number; readonly columns: number } {
  const depth = Math.max(1, s.inChannels * s.kernelHeight * s.kernelWidth);
  const positions = Math.max(FEWEST, Math.floor(PART / depth));
  const columns = Math.min(s.outWidth, positions);
  return { rows: Math.max(1, Math.min(s.outHeight, Math.floor(positions / Math.max(columns, 1)))), columns };
}

/** Calls visit for the parts of the output: first row and column, numbers of rows and of columns. */
export function eachPart(
  s: ConvSizes,
  visit: (row: number, column: number, rows: number, columns: number) => void,
): void {
  const { rows, columns } = partSize(s);
  for (let row = 0; row < s.outHeight; row += rows) {
    for (let column = 0; column < s.outWidth; column += columns) {
      visit(row, column, Math.min(rows, s.outHeight - row), Math.min(columns, s.outWidth - column));
    }
  }
}

export function convArithmetic(...arrays: readonly FloatArray[]): ConvArithmetic {
  return arrays.every((array) => array instanceof Float32Array) ? 'float32' : 'float64';
}

/**
 * y from x and w: 2·batch·groups·O·outHeight·outWidth·C·kernelHeight·kernelWidth flops, as for the other two.
 *
 * x may have any strides; w and y are row-major without gaps and start at 0. y is written, not added to.
 */
export type Conv = (
  sizes: ConvSizes,
  y: FloatArray,
  x: FloatArray,
  xOffset: number,
  xStrides: ConvStrides,
  w: FloatArray,
) => void;

/** x from y and w, all row-major without gaps and starting at 0. x is written, not added to. */
export type ConvInput = (sizes: ConvSizes, x: FloatArray, y: FloatArray, w: FloatArray) => void;

/** w from x, of any strides, and y; w and y are row-major without gaps and start at 0. w is written, not added to. */
export type ConvWeight = (
  sizes: ConvSizes,
  w: FloatArray,
  x: FloatArray,
  xOffset: number,
  xStrides: ConvStrides,
  y: FloatArray,
) => void;

/**
 * Elements that windows meet in an image, side by side: channels x kernelHeight x kernelWidth x rows x width of them, in this order and without gaps
 * in `columns`; steps between them in the image are channelStep, dilationRow, dilationColumn, rowStep and columnStep elements.
 */
export interface Windows {
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly rows: number;
  readonly width: number;
  readonly channelStep: number;
  readonly dilationRow: number;
  readonly dilationColumn: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** columns = elements of the image (gather), or image += factor·columns, the product rounded first (scatter). All sizes are at least 1. */
export type MoveWindows = (
  windows: Windows,
  image: FloatArray,
  imageOffset: number,
  columns: FloatArray,
  columnsOffset: number,
  factor: number,
) => void;

/** out[i, j] = Σ weights[c, p, q]·(element that the window meets), over (c, p, q) in this order from +0; `out` without gaps, from 0 on. */
export type Correlate = (
  windows: Windows,
  image: FloatArray,
  weights: FloatArray,
  weightsOffset: number,
  out: FloatArray,
) => void;
