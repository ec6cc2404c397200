import type { FloatArray } from '../gemm/index.js';
import type { ConvSizes } from './contract.js';

/**
 * Columns of a patch matrix: row (c, p, q), column t holds the element of x that the weight [c, p, q] meets at output position
 * t = i·outWidth + j, 0 in the padding. Written are positions from ≤ t < to, row-major; x is one image of one group, given by its first element.
 */
export function gatherColumns(
  s: ConvSizes,
  columns: Float64Array,
  from: number,
  to: number,
  x: FloatArray,
  offset: number,
  xc: number,
  xh: number,
  xw: number,
): void {
  const { outWidth, strideWidth, width } = s;
  const firstRow = Math.floor(from / outWidth);
  const lastRow = Math.ceil(to / outWidth);
  const step = strideWidth * xw;
  let out = 0;
  for (let c = 0; c < s.inChannels; c++) {
    for (let p = 0; p < s.kernelHeight; p++) {
      for (let q = 0; q < s.kernelWidth; q++) {
        // Columns low ≤ j < high of a row of the output meet x, the others its padding.
        const shift = q * s.dilationWidth - s.left;
        const low = firstAtLeast(-shift, strideWidth);
        const high = firstAtLeast(width - shift, strideWidth);
        for (let i = firstRow; i < lastRow; i++) {
          let j = Math.max(from - i * outWidth, 0);
          const end = Math.min(to - i * outWidth, outWidth);
          const row = i * s.strideHeight + p * s.dilationHeight - s.top;
          const stop = row < 0 || row >= s.height ? j : Math.min(high, end);
          const zeros = Math.min(stop, low);
          for (; j < zeros; j++) columns[out++] = 0;
          let at = offset + c * xc + row * xh + (j * strideWidth + shift) * xw;
          for (; j < stop; j++, at += step) columns[out++] = x[at];
          for (; j < end; j++) columns[out++] = 0;
        }
      }
    }
  }
}

/** Transpose of {@link gatherColumns}: adds every element to the place in x, one row-major image, that it would have come from. */
export function scatterColumns(
  s: ConvSizes,
  columns: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  offset: number,
): void {
  const { outWidth, strideWidth, width } = s;
  const firstRow = Math.floor(from / outWidth);
  const lastRow = Math.ceil(to / outWidth);
  let next = 0;
  for (let c = 0; c < s.inChannels; c++) {
    for (let p = 0; p < s.kernelHeight; p++) {
      for (let q = 0; q < s.kernelWidth; q++) {
        const shift = q * s.dilationWidth - s.left;
        const low = firstAtLeast(-shift, strideWidth);
        const high = firstAtLeast(width - shift, strideWidth);
        for (let i = firstRow; i < lastRow; i++) {
          const begin = Math.max(from - i * outWidth, 0);
          const end = Math.min(to - i * outWidth, outWidth);
          const row = i * s.strideHeight + p * s.dilationHeight - s.top;
          if (row >= 0 && row < s.height) {
            let j = Math.max(begin, low);
            const stop = Math.min(high, end);
            let at = offset + (c * s.height + row) * width + j * strideWidth + shift;
            let source = next + j - begin;
            for (; j < stop; j++, at += strideWidth) x[at] += columns[source++];
          }
          next += end - begin;
        }
      }
    }
  }
}

/** The smallest j ≥ 0 with j·stride ≥ bound. */
function firstAtLeast(bound: number, stride: number): number {
  return Math.max(0, Math.ceil(bound / stride));
}
