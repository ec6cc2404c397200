import { type FloatArray, GEMM_BLOCK, isSingle } from './contract.js';

/** y = A·x (+ y), four rows at a time: one sum is a chain of dependent additions, four of them hide its latency. */
function matrixVector(
  m: number,
  k: number,
  a: FloatArray,
  aOffset: number,
  aRowStride: number,
  aColStride: number,
  x: FloatArray,
  xOffset: number,
  xStride: number,
  y: FloatArray,
  yOffset: number,
  yStride: number,
  accumulate: boolean,
): void {
  const single = isSingle(a, x, y);
  for (let i = 0; i < m; i += 4) {
    const rows = Math.min(4, m - i);
    // In the last group the rows that are missing repeat the last one and are not stored.
    const step1 = rows > 1 ? aRowStride : 0;
    const step2 = rows > 2 ? step1 + aRowStride : step1;
    const step3 = rows > 3 ? step2 + aRowStride : step2;
    const out = yOffset + i * yStride;
    if (!accumulate) for (let r = 0; r < rows; r++) y[out + r * yStride] = 0;
    for (let block = 0; block < k; block += GEMM_BLOCK) {
      const end = Math.min(block + GEMM_BLOCK, k);
      let ia = aOffset + i * aRowStride + block * aColStride;
      let ix = xOffset + block * xStride;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      if (single) {
        for (let p = block; p < end; p++) {
          const v = x[ix];
          s0 = Math.fround(s0 + Math.fround(a[ia] * v));
          s1 = Math.fround(s1 + Math.fround(a[ia + step1] * v));
          s2 = Math.fround(s2 + Math.fround(a[ia + step2] * v));
          s3 = Math.fround(s3 + Math.fround(a[ia + step3] * v));
          ia += aColStride;
          ix += xStride;
        }
      } else {
        for (let p = block; p < end; p++) {
          const v = x[ix];
          s0 += a[ia] * v;
          s1 += a[ia + step1] * v;
          s2 += a[ia + step2] * v;
          s3 += a[ia + step3] * v;
          ia += aColStride;
          ix += xStride;
        }
      }
      y[out] += s0;
      if (rows > 1) y[out + yStride] += s1;
      if (rows > 2) y[out + 2 * yStride] += s2;
      if (rows > 3) y[out + 3 * yStride] += s3;
    }
  }
}

/** C = A·B (+ C) where one of the outer sizes is 1: nothing is read twice, so nothing is packed. Requires m = 1 or n = 1. */
export function gemmVector(
  m: number,
  n: number,
  k: number,
  a: FloatArray,
  aOffset: number,
  aRowStride: number,
  aColStride: number,
  b: FloatArray,
  bOffset: number,
  bRowStride: number,
  bColStride: number,
  c: FloatArray,
  cOffset: number,
  cRowStride: number,
  accumulate: boolean,
): void {
  if (n === 1) {
    matrixVector(m, k, a, aOffset, aRowStride, aColStride, b, bOffset, bRowStride, c, cOffset, cRowStride, accumulate);
  } else if (m === 1) {
    // Row times matrix is the transposed matrix times a column; a product has the same bits in either order.
    matrixVector(n, k, b, bOffset, bColStride, bRowStride, a, aOffset, aColStride, c, cOffset, 1, accumulate);
  }
}
