import type { FloatArray } from './contract.js';

/** c[j, i] = c[i, j] for i < j < n, by squares, so that what is read down the columns is still in the cache for the next rows. */
export function mirror(n: number, c: FloatArray, offset: number, rowStride: number): void {
  const square = 32;
  for (let row = 0; row < n; row += square) {
    for (let col = 0; col <= row; col += square) {
      for (let i = row; i < n && i < row + square; i++) {
        const target = offset + i * rowStride;
        for (let j = col; j < i && j < col + square; j++) c[target + j] = c[offset + j * rowStride + i];
      }
    }
  }
}
