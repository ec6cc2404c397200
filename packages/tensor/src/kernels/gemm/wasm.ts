import { type ChunkKernel, chunkKernel } from '../../parallel/chunk-kernel.js';
import { currentEngine } from '../../wasm/engine.js';
import { ARENA_LENGTH, createRuntime, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { type FloatArray, GEMM_BLOCK, type GemmStack, isSingle } from './contract.js';
import { mirror } from './mirror.js';
import { choosePanels, type Panels } from './panels.js';
import { gemmTiled } from './tiled.js';
import { gemmVector } from './vector.js';
import { type Operand, operand, runOnCopies } from './wasm-copies.js';
import { buildGemm } from './wasm-module.js';
import { buildVector } from './wasm-vector-module.js';

/** Bytes of a workspace for copies, at most: a larger product is cut into parts. */
const MOST_BYTES = 2 ** 26;
/** Bytes of a copy that is read once: it stays in a second-level cache. */
const NEAR_BYTES = 2 ** 19;
/** Elements between and behind three panels. */
const GAPS = 96;

/**
 * Products by vector instructions, in place where arrays live in the memory of the kernels, else on copies there; in plain loops where there is no
 * WebAssembly. Of a matrix and its own transpose one half is computed and copied to the other, which has the same bits, as a product has in either order.
 */
export const gemmWasm: GemmStack = /* @__PURE__ */ makeGemmWasm(wasmRuntime);

/** Pages of a memory in which there is nothing but the arena and the scratch of one thread. */
const PAGES = 64;

/**
 * The same on copies, in a memory that is not shared, by one thread: copies there take half the time, which is most of that of a product with a vector.
 */
export const gemmOnCopies: GemmStack = /* @__PURE__ */ makeGemmWasm(
  /* @__PURE__ */ createRuntime(currentEngine, PAGES, false),
);

/** The variant on a runtime of its own. */
export function makeGemmWasm(runtime: WasmRuntime): GemmStack {
  const kernels = [buildGemm, buildVector].flatMap((build) =>
    ([8, 4] as const).map((size) => chunkKernel('gemm', () => build(size), runtime)),
  );
  /** The arena as float32 numbers. */
  let narrow: Float32Array | undefined;

  /** One product that does not fit into the arena. */
  function inParts(
    kernel: ChunkKernel,
    arena: FloatArray,
    m: number,
    n: number,
    k: number,
    a: Operand,
    aAt: number,
    b: Operand,
    bAt: number,
    c: Operand,
    cAt: number,
    accumulate: boolean,
    gram: boolean,
    byBlocks: boolean,
  ): void {
    const size = arena.BYTES_PER_ELEMENT;
    const [copyA, copyB, copyC] = [a.home === undefined, b.home === undefined, c.home === undefined];
    const cut = (length: number): Panels => choosePanels(m, n, k, length - GAPS, copyA, copyB, copyC, gram);
    let parts = cut(arena.length);
    let view = arena;
    // Cut along two axes, operands would be copied over and over: then they are copied once, to a place of their own.
    const most = Math.min(MOST_BYTES / size, m * k + k * n + m * n + GAPS);
    const space = parts.cuts > 1 ? runtime.workspace(workspaceBytes(size * most)) : undefined;
    if (space !== undefined) {
      parts = cut(most);
      view = size === 8 ? space.float64(most) : space.float32(most);
    }
    const { rows, cols } = parts;
    const depth = byBlocks ? Math.min(parts.depth, GEMM_BLOCK) : parts.depth;
    try {
      for (let j = 0; j < n; j += cols) {
        // Below the diagonal of a symmetric product there is nothing to compute.
        for (let i = 0; i < m && !(gram && i >= j + cols); i += rows) {
          for (let p = 0; p < k; p += depth) {
            runOnCopies(
              kernel,
              view,
              0,
              1,
              Math.min(rows, m - i),
              Math.min(cols, n - j),
              Math.min(depth, k - p),
              a,
              aAt + i * a.row + p * a.col,
              b,
              bAt + p * b.row + j * b.col,
              c,
              cAt + i * c.row + j,
              accumulate || p > 0,
              gram ? j - i + 1 : m,
              gram && rows === m && cols === n,
            );
          }
        }
      }
    } finally {
      // Also where another thread has ended in the middle of it.
      space?.release();
    }
  }

  const multiply: GemmStack = (
    count,
    aStep,
    bStep,
    cStep,
    m,
    n,
    k,
    a,
    aOffset,
    aRow,
    aCol,
    b,
    bOffset,
    bRow,
    bCol,
    c,
    cOffset,
    cRow,
    accumulate,
  ) => {
    const isNarrow = isSingle(a, b, c);
    // A column of results that follow each other is a row of the transposed product, where that makes lanes of what stands side by side.
    // A row times such a matrix is the transposed matrix times a column. In either case rows of C are as far apart as it had rows.
    if (
      (n === 1 && m > 1 && cRow === 1 && aRow === 1 && aCol !== 1) ||
      (m === 1 && n > 1 && bRow === 1 && bCol !== 1)
    ) {
      multiply(
        count,
        bStep,
        aStep,
        cStep,
        n,
        m,
        k,
        b,
        bOffset,
        bCol,
        bRow,
        a,
        aOffset,
        aCol,
        aRow,
        c,
        cOffset,
        m,
        accumulate,
      );
      return;
    }
    const byRows = n === 1 && aCol === 1 && bRow === 1;
    const kernel = kernels[Number(isNarrow) + 2 * Number(byRows)]();
    // Without an inner sum there is nothing to compute, only zeros to store.
    if (kernel === undefined || k === 0) {
      for (let q = 0; q < count; q++) {
        const [aAt, bAt, cAt] = [aOffset + q * aStep, bOffset + q * bStep, cOffset + q * cStep];
        const loops = m === 1 || n === 1 ? gemmVector : gemmTiled;
        loops(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, c, cAt, cRow, accumulate);
      }
      return;
    }
    const { arena } = kernel;
    const size = isNarrow ? 4 : 8;
    const view = isNarrow ? narrowed(arena) : arena;
    const same = a === b && aOffset === bOffset && aStep === bStep && aRow === bCol && aCol === bRow;
    const gram = same && m === n && !accumulate;
    const x = operand(a, aStep, aRow, aCol, home(a, size));
    const y = operand(b, bStep, bRow, bCol, bCol === 1 || bRow === 1 ? (a === b ? x.home : home(b, size)) : undefined);
    const z = operand(c, cStep, cRow, 1, home(c, size));
    const shared = gram && y.home === x.home;
    let each = x.home === undefined ? m * k : 0;
    if (y.home === undefined && !shared) each += k * n;
    if (z.home === undefined) each += m * n;
    // A float32 result of float64 arithmetic is rounded after every block, by the copy out.
    const rounded = !isNarrow && c.BYTES_PER_ELEMENT === 4 && k > GEMM_BLOCK;
    const fitting = rounded ? 0 : each === 0 ? count : Math.floor((view.length - GAPS) / each);
    if (fitting > 0) {
      for (let q = 0; q < count; q += fitting) {
        const [aAt, bAt, cAt] = [aOffset + q * aStep, bOffset + q * bStep, cOffset + q * cStep];
        const now = Math.min(fitting, count - q);
        runOnCopies(kernel, view, 0, now, m, n, k, x, aAt, y, bAt, z, cAt, accumulate, gram ? 1 : m, shared);
      }
    } else {
      const space = byRows ? view.subarray(0, NEAR_BYTES / size) : view;
      for (let q = 0; q < count; q++) {
        const [aAt, bAt, cAt] = [aOffset + q * aStep, bOffset + q * bStep, cOffset + q * cStep];
        inParts(kernel, space, m, n, k, x, aAt, y, bAt, z, cAt, accumulate, gram, rounded);
      }
    }
    if (gram) for (let q = 0; q < count; q++) mirror(m, c, cOffset + q * cStep, cRow);
  };

  function narrowed(arena: Float64Array): Float32Array {
    narrow ??= new Float32Array(arena.buffer, 0, 2 * ARENA_LENGTH);
    return narrow;
  }

  return multiply;

  /** The address of an array of that type. Small arrays have no buffer until somebody asks for it, and copying them takes less. */
  function home(array: FloatArray, size: number): number | undefined {
    return array.BYTES_PER_ELEMENT === size && array.length > 8 ? runtime.addressOf(array) : undefined;
  }
}
