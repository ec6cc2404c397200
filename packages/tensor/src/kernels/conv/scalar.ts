import type { Conv, ConvInput, ConvSizes, ConvWeight } from './contract.js';

/** Calls visit with the places in x (by its four indices), w and y of every product of the form. */
function eachProduct(
  s: ConvSizes,
  visit: (n: number, channel: number, row: number, column: number, atW: number, atY: number) => void,
): void {
  for (let n = 0; n < s.batch; n++)
    for (let g = 0; g < s.groups; g++)
      for (let o = 0; o < s.outChannels; o++)
        for (let i = 0; i < s.outHeight; i++)
          for (let j = 0; j < s.outWidth; j++)
            for (let c = 0; c < s.inChannels; c++)
              for (let p = 0; p < s.kernelHeight; p++)
                for (let q = 0; q < s.kernelWidth; q++) {
                  const row = i * s.strideHeight + p * s.dilationHeight - s.top;
                  const column = j * s.strideWidth + q * s.dilationWidth - s.left;
                  if (row < 0 || row >= s.height || column < 0 || column >= s.width) continue;
                  const kernel = g * s.outChannels + o;
                  const atW = ((kernel * s.inChannels + c) * s.kernelHeight + p) * s.kernelWidth + q;
                  const atY = ((n * s.groups * s.outChannels + kernel) * s.outHeight + i) * s.outWidth + j;
                  visit(n, g * s.inChannels + c, row, column, atW, atY);
                }
}

/** The oracle of {@link Conv}. */
export const convScalar: Conv = (s, y, x, xOffset, [xn, xc, xh, xw], w) => {
  const sums = new Float64Array(y.length);
  eachProduct(s, (n, channel, row, column, atW, atY) => {
    sums[atY] += x[xOffset + n * xn + channel * xc + row * xh + column * xw] * w[atW];
  });
  y.set(sums);
};

/** The oracle of {@link ConvInput}. */
export const convInputScalar: ConvInput = (s, x, y, w) => {
  const sums = new Float64Array(x.length);
  eachProduct(s, (n, channel, row, column, atW, atY) => {
    sums[((n * s.groups * s.inChannels + channel) * s.height + row) * s.width + column] += w[atW] * y[atY];
  });
  x.set(sums);
};

/** The oracle of {@link ConvWeight}. */
export const convWeightScalar: ConvWeight = (s, w, x, xOffset, [xn, xc, xh, xw], y) => {
  const sums = new Float64Array(w.length);
  eachProduct(s, (n, channel, row, column, atW, atY) => {
    sums[atW] += x[xOffset + n * xn + channel * xc + row * xh + column * xw] * y[atY];
  });
  w.set(sums);
};
