import type { FloatArray } from '../gemm/index.js';
import type { MoveWindows, Windows } from './contract.js';

/** Calls visit for every run of `width` elements: where it begins in the image, and where in `columns`. */
function eachRun(s: Windows, image: number, columns: number, visit: (at: number, out: number) => void): void {
  let out = columns;
  for (let c = 0; c < s.channels; c++) {
    for (let p = 0; p < s.kernelHeight; p++) {
      for (let q = 0; q < s.kernelWidth; q++) {
        let at = image + c * s.channelStep + p * s.dilationRow + q * s.dilationColumn;
        for (let i = 0; i < s.rows; i++, at += s.rowStep, out += s.width) visit(at, out);
      }
    }
  }
}

/** Implements {@link MoveWindows}. */
export const gatherScalar: MoveWindows = (s, image, imageOffset, columns, columnsOffset) => {
  eachRun(s, imageOffset, columnsOffset, (at, out) => copyRun(s.width, s.columnStep, image, at, columns, out));
};

/** Implements {@link MoveWindows}. */
export const scatterScalar: MoveWindows = (s, image, imageOffset, columns, columnsOffset, factor) => {
  const single = image instanceof Float32Array;
  eachRun(s, imageOffset, columnsOffset, (at, from) => {
    for (let j = 0; j < s.width; j++, at += s.columnStep) {
      const share = factor * columns[from + j];
      image[at] += single ? Math.fround(share) : share;
    }
  });
};

function copyRun(width: number, step: number, from: FloatArray, at: number, to: FloatArray, out: number): void {
  for (const end = out + width; out < end; out++, at += step) to[out] = from[at];
}
