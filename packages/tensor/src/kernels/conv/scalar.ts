import type { FloatArray } from '../gemm/index.js';
import { gemmScalar } from '../gemm/scalar.js';
import { type Conv, type ConvInput, type ConvSizes, type ConvWeight, convArithmetic, eachPart } from './contract.js';

/** Rows and columns of the output from these on. */
interface Part {
  readonly from: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Calls visit for the elements of a part of the patch matrix, row by row: their places in it and in the image. */
function eachPatch(
  s: ConvSizes,
  { from, column: left, rows, columns }: Part,
  visit: (at: number, c: number, row: number, column: number) => void,
): void {
  let at = 0;
  for (let c = 0; c < s.inChannels; c++)
    for (let p = 0; p < s.kernelHeight; p++)
      for (let q = 0; q < s.kernelWidth; q++)
        for (let i = from; i < from + rows; i++)
          for (let j = left; j < left + columns; j++, at++) {
            const row = i * s.strideHeight + p * s.dilationHeight - s.top;
            const column = j * s.strideWidth + q * s.dilationWidth - s.left;
            if (row >= 0 && row < s.height && column >= 0 && column < s.width) visit(at, c, row, column);
          }
}

/** Calls visit for all parts of all images of all groups. */
function eachImagePart(s: ConvSizes, visit: (n: number, g: number, part: Part, count: number) => void): void {
  for (let n = 0; n < s.batch; n++)
    for (let g = 0; g < s.groups; g++)
      eachPart(s, (from, column, rows, columns) => visit(n, g, { from, column, rows, columns }, rows * columns));
}

function zeros(length: number, ...arrays: readonly FloatArray[]): FloatArray {
  return convArithmetic(...arrays) === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/** The oracle of {@link Conv}. */
export const convScalar: Conv = (s, y, x, xOffset, [xn, xc, xh, xw], w) => {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  eachImagePart(s, (n, g, part, count) => {
    const patches = zeros(depth * count, y, x, w);
    eachPatch(s, part, (at, c, row, column) => {
      patches[at] = x[xOffset + n * xn + (g * s.inChannels + c) * xc + row * xh + column * xw];
    });
    const target = (n * s.groups + g) * s.outChannels * positions + part.from * s.outWidth + part.column;
    const weights = g * s.outChannels * depth;
    gemmScalar(s.outChannels, count, depth, w, weights, depth, 1, patches, 0, count, 1, y, target, positions, false);
  });
};

/** The oracle of {@link ConvInput}. */
export const convInputScalar: ConvInput = (s, x, y, w) => {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  const sums = zeros(x.length, x, y, w);
  eachImagePart(s, (n, g, part, count) => {
    const patches = zeros(depth * count, x, y, w);
    const source = (n * s.groups + g) * s.outChannels * positions + part.from * s.outWidth + part.column;
    const weights = g * s.outChannels * depth;
    gemmScalar(depth, count, s.outChannels, w, weights, 1, depth, y, source, positions, 1, patches, 0, count, false);
    eachPatch(s, part, (at, c, row, column) => {
      sums[(((n * s.groups + g) * s.inChannels + c) * s.height + row) * s.width + column] += patches[at];
    });
  });
  x.set(sums);
};

/** The oracle of {@link ConvWeight}. */
export const convWeightScalar: ConvWeight = (s, w, x, xOffset, [xn, xc, xh, xw], y) => {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  const sums = zeros(w.length, w, x, y);
  eachImagePart(s, (n, g, part, count) => {
    const patches = zeros(depth * count, w, x, y);
    eachPatch(s, part, (at, c, row, column) => {
      patches[at] = x[xOffset + n * xn + (g * s.inChannels + c) * xc + row * xh + column * xw];
    });
    const source = (n * s.groups + g) * s.outChannels * positions + part.from * s.outWidth + part.column;
    const weights = g * s.outChannels * depth;
    gemmScalar(s.outChannels, depth, count, y, source, positions, 1, patches, 0, 1, count, sums, weights, depth, true);
  });
  w.set(sums);
};
