import { type FloatArray, GEMM_BLOCK, isSingle } from './contract.js';

/** C = A·B (+ C) by plain loops: the oracle of the other variants, and the quickest one for tiny shapes. */
export function gemmScalar(
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
  const single = isSingle(a, b, c);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const target = cOffset + i * cRowStride + j;
      if (!accumulate) c[target] = 0;
      for (let block = 0; block < k; block += GEMM_BLOCK) {
        const end = Math.min(block + GEMM_BLOCK, k);
        let ia = aOffset + i * aRowStride + block * aColStride;
        let ib = bOffset + block * bRowStride + j * bColStride;
        let sum = 0;
        for (let p = block; p < end; p++) {
          const product = a[ia] * b[ib];
          // A single operation on float32 numbers in float64, then rounded, is the operation in float32: 53 >= 2·24 + 2 bits.
          sum = single ? Math.fround(sum + Math.fround(product)) : sum + product;
          ia += aColStride;
          ib += bRowStride;
        }
        c[target] += sum;
      }
    }
  }
}
