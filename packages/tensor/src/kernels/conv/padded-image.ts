import type { FloatArray } from '../gemm/index.js';
import type { ConvSizes, Windows } from './contract.js';

/** From this length on a row is copied by the engine: making the typed array that names it costs as much as a loop over 40 elements. */
const LONG_ROW = 48;

/** The part of an image, with its padding, that windows meet: every run of elements that they ask for lies within it. */
export interface PaddedImage {
  readonly height: number;
  readonly width: number;
  /** Elements of all channels of a group. */
  readonly length: number;
  /** Windows of so many rows and columns of the output. */
  readonly windows: (rows: number, columns: number) => Windows;
}

export function paddedImage(s: ConvSizes): PaddedImage {
  const height = Math.max(0, (s.outHeight - 1) * s.strideHeight + (s.kernelHeight - 1) * s.dilationHeight + 1);
  const width = Math.max(0, (s.outWidth - 1) * s.strideWidth + (s.kernelWidth - 1) * s.dilationWidth + 1);
  const windows = (rows: number, columns: number): Windows => ({
    channels: s.inChannels,
    kernelHeight: s.kernelHeight,
    kernelWidth: s.kernelWidth,
    rows,
    width: columns,
    channelStep: height * width,
    dilationRow: s.dilationHeight * width,
    dilationColumn: s.dilationWidth,
    rowStep: s.strideHeight * width,
    columnStep: s.strideWidth,
  });
  return { height, width, length: s.inChannels * height * width, windows };
}

/** padded = the image whose first element stands at `offset`, zeros around it. */
export function pad(
  s: ConvSizes,
  { height, width, length }: PaddedImage,
  padded: FloatArray,
  x: FloatArray,
  offset: number,
  xc: number,
  xh: number,
  xw: number,
): void {
  padded.fill(0, 0, length);
  const rows = Math.min(s.height, height - s.top);
  const columns = Math.min(s.width, width - s.left);
  if (columns <= 0) return;
  for (let c = 0; c < s.inChannels; c++) {
    for (let row = 0; row < rows; row++) {
      let from = offset + c * xc + row * xh;
      const to = (c * height + row + s.top) * width + s.left;
      if (xw === 1 && columns >= LONG_ROW) padded.set(x.subarray(from, from + columns), to);
      else {
        for (let j = 0; j < columns; j++) {
          padded[to + j] = x[from];
          from += xw;
        }
      }
    }
  }
}

/** The row-major image at `at` = what stands in its place in `padded`, and zeros where no window came. */
export function unpad(
  s: ConvSizes,
  { height, width }: PaddedImage,
  padded: FloatArray,
  x: FloatArray,
  at: number,
): void {
  const columns = Math.max(0, Math.min(s.width, width - s.left));
  for (let c = 0; c < s.inChannels; c++) {
    for (let row = 0; row < s.height; row++) {
      const to = at + (c * s.height + row) * s.width;
      const met = row + s.top < height ? columns : 0;
      const from = (c * height + row + s.top) * width + s.left;
      for (let j = 0; j < met; j++) x[to + j] = padded[from + j];
      for (let j = met; j < s.width; j++) x[to + j] = 0;
    }
  }
}
