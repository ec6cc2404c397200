import { gemm } from '../gemm/index.js';
import { gatherColumns, scatterColumns } from './columns.js';
import type { Conv, ConvInput, ConvSizes, ConvStrides, ConvWeight } from './contract.js';

/** Elements of a patch matrix in memory at once: 2 MB. */
const budget = 2 ** 18;
/** Fewer output positions at a time would pack the weights for too little work. */
const fewest = 64;

/** How many output positions are worked on at a time. */
export function tileLength(s: ConvSizes): number {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  return Math.min(s.outHeight * s.outWidth, Math.max(fewest, Math.floor(budget / Math.max(depth, 1))));
}

/** Y = W·P, where P is the patch matrix of an image; a part of its columns at a time. */
export const conv: Conv = (s, y, x, xOffset, xStrides, w) => {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  const tile = tileLength(s);
  // Without a patch matrix in float64 a product of float32 arrays would be summed in float32.
  const direct = isPointwise(s, xStrides) && y instanceof Float64Array;
  const columns = new Float64Array(direct ? 0 : depth * tile);
  const [xn, xc, xh, xw] = xStrides;
  for (let n = 0; n < s.batch; n++) {
    for (let g = 0; g < s.groups; g++) {
      const image = xOffset + n * xn + g * s.inChannels * xc;
      const weights = g * s.outChannels * depth;
      const result = (n * s.groups + g) * s.outChannels * positions;
      if (direct) {
        gemm(s.outChannels, positions, depth, w, weights, depth, 1, x, image, xc, xw, y, result, positions, false);
        continue;
      }
      for (let from = 0; from < positions; from += tile) {
        const to = Math.min(from + tile, positions);
        const count = to - from;
        gatherColumns(s, columns, from, to, x, image, xc, xh, xw);
        gemm(
          s.outChannels,
          count,
          depth,
          w,
          weights,
          depth,
          1,
          columns,
          0,
          count,
          1,
          y,
          result + from,
          positions,
          false,
        );
      }
    }
  }
};

/** P = Wᵀ·Y, each element of which is added to the place in x that it belongs to; in float64, rounded once. */
export const convInput: ConvInput = (s, x, y, w) => {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  const tile = tileLength(s);
  const columns = new Float64Array(depth * tile);
  const size = s.inChannels * s.height * s.width;
  const direct = x instanceof Float64Array;
  const sums = direct ? x : new Float64Array(size);
  for (let image = 0; image < s.batch * s.groups; image++) {
    const weights = (image % s.groups) * s.outChannels * depth;
    const source = image * s.outChannels * positions;
    for (let from = 0; from < positions; from += tile) {
      const to = Math.min(from + tile, positions);
      const count = to - from;
      gemm(depth, count, s.outChannels, w, weights, 1, depth, y, source + from, positions, 1, columns, 0, count, false);
      scatterColumns(s, columns, from, to, sums, direct ? image * size : 0);
    }
    if (!direct) {
      x.set(sums, image * size);
      sums.fill(0);
    }
  }
};

/** W = Σ Y·Pᵀ over images and parts of P; in float64, rounded once. */
export const convWeight: ConvWeight = (s, w, x, xOffset, xStrides, y) => {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  const tile = tileLength(s);
  const pointwise = isPointwise(s, xStrides);
  const columns = new Float64Array(pointwise ? 0 : depth * tile);
  const sums = w instanceof Float64Array ? w : new Float64Array(w.length);
  const [xn, xc, xh, xw] = xStrides;
  for (let n = 0; n < s.batch; n++) {
    for (let g = 0; g < s.groups; g++) {
      const image = xOffset + n * xn + g * s.inChannels * xc;
      const weights = g * s.outChannels * depth;
      const source = (n * s.groups + g) * s.outChannels * positions;
      if (pointwise) {
        gemm(s.outChannels, depth, positions, y, source, positions, 1, x, image, xw, xc, sums, weights, depth, true);
        continue;
      }
      for (let from = 0; from < positions; from += tile) {
        const to = Math.min(from + tile, positions);
        const count = to - from;
        gatherColumns(s, columns, from, to, x, image, xc, xh, xw);
        gemm(
          s.outChannels,
          depth,
          count,
          y,
          source + from,
          positions,
          1,
          columns,
          0,
          1,
          count,
          sums,
          weights,
          depth,
          true,
        );
      }
    }
  }
  if (sums !== w) w.set(sums);
};

/** Whether the patch matrix of an image is the image, read at one stride: a kernel of one element that meets every element of x once. */
function isPointwise(s: ConvSizes, [, , xh, xw]: ConvStrides): boolean {
  const single = s.kernelHeight * s.kernelWidth === 1 && s.strideHeight * s.strideWidth === 1;
  const whole = s.top === 0 && s.left === 0 && s.outHeight === s.height && s.outWidth === s.width;
  return single && whole && (s.height === 1 || xh === xw * s.width);
}
