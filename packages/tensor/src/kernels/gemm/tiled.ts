import { type FloatArray, GEMM_BLOCK, type Gemm, isSingle } from './contract.js';

const ROWS = 96;
const COLS = 256;

/**
 * Copies `count` vectors of length `depth` into panels of two: v0[0] v1[0] v0[1] v1[1] ...
 * Padding in depth (to a multiple of 4) and in the last panel is zero; it adds +0 to sums that start from +0.
 */
function pack(
  target: Float64Array,
  count: number,
  depth: number,
  source: FloatArray,
  offset: number,
  vectorStride: number,
  depthStride: number,
): void {
  const panel = 2 * ((depth + 3) & ~3);
  let out = 0;
  for (let v = 0; v < count; v += 2) {
    const end = out + panel;
    let at = offset + v * vectorStride;
    if (v + 1 < count) {
      for (let p = 0; p < depth; p++) {
        target[out] = source[at];
        target[out + 1] = source[at + vectorStride];
        at += depthStride;
        out += 2;
      }
    } else {
      for (let p = 0; p < depth; p++) {
        target[out] = source[at];
        target[out + 1] = 0;
        at += depthStride;
        out += 2;
      }
    }
    while (out < end) target[out++] = 0;
  }
}

/** C = A·B (+ C) through packed panels: both operands are copied once per block and read in order. */
export const gemmTiled: Gemm = /* @__PURE__ */ makeTiled();

/**
 * The kernel with packing buffers of its own. They are constants of this scope, because V8 then compiles their address and length into the
 * loop: with arrays that arrive as arguments the map checks return in every iteration and the same tile runs at half the speed. The scope is
 * a function's, because bundlers turn the constants of a module into variables, which costs as much.
 */
function makeTiled(): Gemm {
  const packedA = new Float64Array(ROWS * GEMM_BLOCK);
  const packedB = new Float64Array(COLS * GEMM_BLOCK);
  const product = new Float64Array(ROWS * COLS);

  /** product = packedA · packedB in 2x2 register tiles, four steps of the inner sum per turn; wider tiles spill registers. */
  function multiplyPanels(rows: number, cols: number, depth: number): void {
    const panel = 2 * ((depth + 3) & ~3);
    for (let i = 0; i < rows; i += 2) {
      const aStart = ((i >> 1) * panel) | 0;
      const aEnd = (aStart + panel) | 0;
      let pb = 0;
      for (let j = 0; j < cols; j += 2) {
        let c00 = 0;
        let c01 = 0;
        let c10 = 0;
        let c11 = 0;
        for (let pa = aStart; pa < aEnd; pa = (pa + 8) | 0) {
          let b0 = packedB[pb];
          let b1 = packedB[(pb + 1) | 0];
          let x = packedA[pa];
          c00 += x * b0;
          c01 += x * b1;
          x = packedA[(pa + 1) | 0];
          c10 += x * b0;
          c11 += x * b1;

          b0 = packedB[(pb + 2) | 0];
          b1 = packedB[(pb + 3) | 0];
          x = packedA[(pa + 2) | 0];
          c00 += x * b0;
          c01 += x * b1;
          x = packedA[(pa + 3) | 0];
          c10 += x * b0;
          c11 += x * b1;

          b0 = packedB[(pb + 4) | 0];
          b1 = packedB[(pb + 5) | 0];
          x = packedA[(pa + 4) | 0];
          c00 += x * b0;
          c01 += x * b1;
          x = packedA[(pa + 5) | 0];
          c10 += x * b0;
          c11 += x * b1;

          b0 = packedB[(pb + 6) | 0];
          b1 = packedB[(pb + 7) | 0];
          x = packedA[(pa + 6) | 0];
          c00 += x * b0;
          c01 += x * b1;
          x = packedA[(pa + 7) | 0];
          c10 += x * b0;
          c11 += x * b1;
          pb = (pb + 8) | 0;
        }
        const out = (i * COLS + j) | 0;
        product[out] = c00;
        product[(out + 1) | 0] = c01;
        product[(out + COLS) | 0] = c10;
        product[(out + COLS + 1) | 0] = c11;
      }
    }
  }

  /** As multiplyPanels in float32: half as fast, because every product and every sum is converted to and fro. */
  function multiplySingle(rows: number, cols: number, depth: number): void {
    const panel = 2 * ((depth + 3) & ~3);
    for (let i = 0; i < rows; i += 2) {
      const aStart = ((i >> 1) * panel) | 0;
      const aEnd = (aStart + panel) | 0;
      let pb = 0;
      for (let j = 0; j < cols; j += 2) {
        let c00 = 0;
        let c01 = 0;
        let c10 = 0;
        let c11 = 0;
        for (let pa = aStart; pa < aEnd; pa = (pa + 2) | 0) {
          const b0 = packedB[pb];
          const b1 = packedB[(pb + 1) | 0];
          const a0 = packedA[pa];
          const a1 = packedA[(pa + 1) | 0];
          c00 = Math.fround(c00 + Math.fround(a0 * b0));
          c01 = Math.fround(c01 + Math.fround(a0 * b1));
          c10 = Math.fround(c10 + Math.fround(a1 * b0));
          c11 = Math.fround(c11 + Math.fround(a1 * b1));
          pb = (pb + 2) | 0;
        }
        const out = (i * COLS + j) | 0;
        product[out] = c00;
        product[(out + 1) | 0] = c01;
        product[(out + COLS) | 0] = c10;
        product[(out + COLS + 1) | 0] = c11;
      }
    }
  }

  /** Stores the finished block, rounded once to the type of c. */
  function store(rows: number, cols: number, c: FloatArray, offset: number, rowStride: number, add: boolean): void {
    for (let i = 0; i < rows; i++) {
      const from = i * COLS;
      const to = offset + i * rowStride;
      if (add) for (let j = 0; j < cols; j++) c[to + j] += product[from + j];
      else for (let j = 0; j < cols; j++) c[to + j] = product[from + j];
    }
  }

  function gemmTiled(
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
    const multiply = isSingle(a, b, c) ? multiplySingle : multiplyPanels;
    if (k === 0 && !accumulate)
      for (let i = 0; i < m; i++) c.fill(0, cOffset + i * cRowStride, cOffset + i * cRowStride + n);
    for (let p = 0; p < k; p += GEMM_BLOCK) {
      const depth = Math.min(GEMM_BLOCK, k - p);
      const add = accumulate || p > 0;
      for (let j = 0; j < n; j += COLS) {
        const cols = Math.min(COLS, n - j);
        pack(packedB, cols, depth, b, bOffset + p * bRowStride + j * bColStride, bColStride, bRowStride);
        for (let i = 0; i < m; i += ROWS) {
          const rows = Math.min(ROWS, m - i);
          pack(packedA, rows, depth, a, aOffset + i * aRowStride + p * aColStride, aRowStride, aColStride);
          multiply(rows, cols, depth);
          store(rows, cols, c, cOffset + i * cRowStride + j, cRowStride, add);
        }
      }
    }
  }

  return gemmTiled;
}
