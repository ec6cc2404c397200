import { type FloatArray, isSingle } from './contract.js';
import { gemmTiled } from './tiled.js';

/**
 * C = A·B (+ C) where packing would cost as much as the product: two rows by four columns at a time, read where they stand. Rows and columns that are
 * missing repeat the first of their tile and are not stored. Requires 1 <= k <= GEMM_BLOCK, one block.
 */
export function gemmSmall(
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
  if (isSingle(a, b, c)) {
    gemmTiled(
      m,
      n,
      k,
      a,
      aOffset,
      aRowStride,
      aColStride,
      b,
      bOffset,
      bRowStride,
      bColStride,
      c,
      cOffset,
      cRowStride,
      accumulate,
    );
    return;
  }
  for (let i = 0; i < m; i += 2) {
    const below = i + 1 < m;
    const row = below ? aRowStride : 0;
    for (let j = 0; j < n; j += 4) {
      const col1 = j + 1 < n ? bColStride : 0;
      const col2 = j + 2 < n ? 2 * bColStride : 0;
      const col3 = j + 3 < n ? 3 * bColStride : 0;
      let ia = aOffset + i * aRowStride;
      let ib = bOffset + j * bColStride;
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      for (let p = 0; p < k; p++) {
        const x = a[ia];
        const y = a[ia + row];
        let v = b[ib];
        s00 += x * v;
        s10 += y * v;
        v = b[ib + col1];
        s01 += x * v;
        s11 += y * v;
        v = b[ib + col2];
        s02 += x * v;
        s12 += y * v;
        v = b[ib + col3];
        s03 += x * v;
        s13 += y * v;
        ia += aColStride;
        ib += bRowStride;
      }
      const out = cOffset + i * cRowStride + j;
      store(c, out, n - j, accumulate, s00, s01, s02, s03);
      if (below) store(c, out + cRowStride, n - j, accumulate, s10, s11, s12, s13);
    }
  }
}

function store(
  c: FloatArray,
  at: number,
  count: number,
  accumulate: boolean,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  c[at] = accumulate ? c[at] + s0 : s0;
  if (count > 1) c[at + 1] = accumulate ? c[at + 1] + s1 : s1;
  if (count > 2) c[at + 2] = accumulate ? c[at + 2] + s2 : s2;
  if (count > 3) c[at + 3] = accumulate ? c[at + 3] + s3 : s3;
}
