import type { AveragePool, AverageUnpool, MaxPositions } from './contract.js';

/** Implements {@link MaxPositions} window by window. */
export const maxPositions: MaxPositions = (s, positions, x, offset, [xn, xc, xh, xw]) => {
  let out = 0;
  for (let n = 0; n < s.batch; n++) {
    for (let c = 0; c < s.channels; c++) {
      const plane = offset + n * xn + c * xc;
      for (let i = 0; i < s.outHeight; i++) {
        const top = i * s.strideHeight - s.top;
        for (let j = 0; j < s.outWidth; j++) {
          const left = j * s.strideWidth - s.left;
          let best = -1;
          let value = 0;
          for (let p = 0; p < s.windowHeight; p++) {
            const row = top + p * s.dilationHeight;
            if (row < 0 || row >= s.height) continue;
            for (let q = 0; q < s.windowWidth; q++) {
              const column = left + q * s.dilationWidth;
              if (column < 0 || column >= s.width) continue;
              const candidate = x[plane + row * xh + column * xw];
              // Nothing is larger than a NaN, so the first one stays.
              const first = best < 0 || (Number.isNaN(candidate) && !Number.isNaN(value));
              if (first || candidate > value) {
                best = row * s.width + column;
                value = candidate;
              }
            }
          }
          positions[out++] = best;
        }
      }
    }
  }
};

/** Implements {@link AveragePool} window by window. */
export const averagePool: AveragePool = (s, countPadding, out, x, offset, [xn, xc, xh, xw]) => {
  const size = s.windowHeight * s.windowWidth;
  let at = 0;
  for (let n = 0; n < s.batch; n++) {
    for (let c = 0; c < s.channels; c++) {
      const plane = offset + n * xn + c * xc;
      for (let i = 0; i < s.outHeight; i++) {
        const top = i * s.strideHeight - s.top;
        for (let j = 0; j < s.outWidth; j++) {
          const left = j * s.strideWidth - s.left;
          let total = 0;
          let seen = 0;
          for (let p = 0; p < s.windowHeight; p++) {
            const row = top + p * s.dilationHeight;
            if (row < 0 || row >= s.height) continue;
            for (let q = 0; q < s.windowWidth; q++) {
              const column = left + q * s.dilationWidth;
              if (column < 0 || column >= s.width) continue;
              total += x[plane + row * xh + column * xw];
              seen++;
            }
          }
          out[at++] = total / (countPadding ? size : seen);
        }
      }
    }
  }
};

/** Implements {@link AverageUnpool} window by window. */
export const averageUnpool: AverageUnpool = (s, countPadding, x, g, offset, [gn, gc, gh, gw]) => {
  for (let n = 0; n < s.batch; n++) {
    for (let c = 0; c < s.channels; c++) {
      const plane = (n * s.channels + c) * s.height * s.width;
      for (let i = 0; i < s.outHeight; i++) {
        const top = i * s.strideHeight - s.top;
        const rows = seen(top, s.windowHeight, s.dilationHeight, s.height);
        for (let j = 0; j < s.outWidth; j++) {
          const left = j * s.strideWidth - s.left;
          const count = countPadding
            ? s.windowHeight * s.windowWidth
            : rows * seen(left, s.windowWidth, s.dilationWidth, s.width);
          const share = g[offset + n * gn + c * gc + i * gh + j * gw] / count;
          for (let p = 0; p < s.windowHeight; p++) {
            const row = top + p * s.dilationHeight;
            if (row < 0 || row >= s.height) continue;
            for (let q = 0; q < s.windowWidth; q++) {
              const column = left + q * s.dilationWidth;
              if (column >= 0 && column < s.width) x[plane + row * s.width + column] += share;
            }
          }
        }
      }
    }
  }
};

/** How many of start, start + step, … (count of them) lie in [0, size). */
function seen(start: number, count: number, step: number, size: number): number {
  let n = 0;
  for (let k = 0; k < count; k++) if (start + k * step >= 0 && start + k * step < size) n++;
  return n;
}
