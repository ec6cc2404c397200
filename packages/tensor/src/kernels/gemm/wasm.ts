import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { type FloatArray, GEMM_BLOCK, type Gemm } from './contract.js';
import { gemmTiled } from './tiled.js';
import { buildGemm, SPARE_ROWS } from './wasm-module.js';
import { buildTranspose } from './wasm-transpose.js';

/**
 * Largest panel of C. The three panels, of half a MiB each, fit into the arena; at twice the columns the kernel, which reads down 256 rows of
 * B, would need more pages at a time than a processor keeps addresses of, and runs at half the speed.
 */
const ROWS = 256;
const COLS = 256;

/** From this length on a row is copied by the engine: making the typed array that names it costs as much as a loop over 40 elements. */
const LONG_ROW = 48;

/** C = A·B (+ C) by vector instructions, on copies in the memory of the WebAssembly kernels; in plain loops where there are none. */
export const gemmWasm: Gemm = /* @__PURE__ */ makeGemmWasm(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeGemmWasm(runtime: WasmRuntime): Gemm {
  const multiplier = runtime.kernel(buildGemm);
  const transposer = runtime.kernel(buildTranspose);

  /** Rows of B in the arena, from address 0 on; `scratch` is where a copy may stand before it is transposed. */
  function copyB(
    arena: Float64Array,
    step: number,
    scratch: number,
    depth: number,
    cols: number,
    b: FloatArray,
    offset: number,
    rowStride: number,
    colStride: number,
  ): void {
    const transpose = rowStride === 1 && colStride !== 1 ? transposer() : undefined;
    if (transpose === undefined) {
      copyIn(arena, 0, step, depth, cols, b, offset, rowStride, colStride);
    } else {
      copyIn(arena, scratch, depth, cols, depth, b, offset, colStride, rowStride);
      transpose.run(cols, depth, 8 * scratch, 8 * depth, 0, 8 * step);
    }
  }

  return (
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
    add,
  ) => {
    const compiled = multiplier();
    // Without an inner sum there is nothing to compute, only zeros to store.
    if (compiled === undefined || k === 0) {
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
        add,
      );
      return;
    }
    const { run, arena } = compiled;
    // A keeps the order in which it is stored: the kernel reads it by single elements, with any strides.
    const byColumns = aRowStride === 1;
    for (let p = 0; p < k; p += GEMM_BLOCK) {
      const depth = Math.min(GEMM_BLOCK, k - p);
      for (let j = 0; j < n; j += COLS) {
        const cols = Math.min(COLS, n - j);
        const bRow = rowLength(cols);
        const aAt = padded((depth + 1) * bRow);
        copyB(arena, bRow, aAt, depth, cols, b, bOffset + p * bRowStride + j * bColStride, bRowStride, bColStride);
        for (let i = 0; i < m; i += ROWS) {
          const rows = Math.min(ROWS, m - i);
          const from = aOffset + i * aRowStride + p * aColStride;
          if (byColumns) copyIn(arena, aAt, rows, depth, rows, a, from, aColStride, 1);
          else copyIn(arena, aAt, depth, rows, depth, a, from, aRowStride, aColStride);
          const aRow = byColumns ? 1 : depth;
          const aDepth = byColumns ? rows : 1;
          const cRow = cols + (cols & 1);
          const cAt = aAt + padded((rows + SPARE_ROWS) * depth);
          run(rows, cols, depth, 8 * aAt, 8 * aRow, 8 * aDepth, 0, 8 * bRow, 8 * cAt, 8 * cRow);
          copyOut(arena, cAt, cRow, rows, cols, c, cOffset + i * cRowStride + j, cRowStride, add || p > 0);
        }
      }
    }
  };
}

/**
 * Distance of two rows of B: even, because the transpose writes pairs, and for long rows an odd number of cache lines of eight, because
 * the kernel reads down the rows, and at a distance of a power of two all of them would fall into the same few places of the cache.
 */
function rowLength(cols: number): number {
  return cols > 128 ? 8 * (((cols + 7) >> 3) | 1) : cols + (cols & 1);
}

/** Panels begin on cache lines. */
function padded(length: number): number {
  return (length + 7) & ~7;
}

/** to[at + i·step + j] = from[offset + i·rowStride + j·colStride], float32 widened on the way. */
function copyIn(
  to: Float64Array,
  at: number,
  step: number,
  rows: number,
  cols: number,
  from: FloatArray,
  offset: number,
  rowStride: number,
  colStride: number,
): void {
  if (colStride === 1 && rowStride === cols && step === cols) {
    to.set(from.subarray(offset, offset + rows * cols), at);
    return;
  }
  for (let i = 0; i < rows; i++) {
    let source = offset + i * rowStride;
    let target = at + i * step;
    if (colStride === 1 && cols >= LONG_ROW) {
      to.set(from.subarray(source, source + cols), target);
    } else {
      for (const end = target + cols; target < end; target++) {
        to[target] = from[source];
        source += colStride;
      }
    }
  }
}

/** to[offset + i·rowStride + j] (+)= from[at + i·step + j], rounded once to the type of the target. */
function copyOut(
  from: Float64Array,
  at: number,
  step: number,
  rows: number,
  cols: number,
  to: FloatArray,
  offset: number,
  rowStride: number,
  add: boolean,
): void {
  if (!add && step === cols && rowStride === cols) {
    to.set(from.subarray(at, at + rows * cols), offset);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const source = at + i * step;
    const target = offset + i * rowStride;
    if (add) for (let j = 0; j < cols; j++) to[target + j] += from[source + j];
    else if (cols >= LONG_ROW) to.set(from.subarray(source, source + cols), target);
    else for (let j = 0; j < cols; j++) to[target + j] = from[source + j];
  }
}
