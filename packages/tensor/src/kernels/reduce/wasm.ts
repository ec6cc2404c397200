import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { WasmKernel, WasmRuntime } from '../../wasm/runtime.js';
import type { Buffer } from '../copy/contract.js';
import { thresholds } from '../thresholds.js';
import type { TryReduce } from './contract.js';

type Floats = Float64Array | Float32Array;

/** Fewest columns that pay. */
const FEW = 8;
/** Results that one call leaves at the beginning of the arena. */
const RESULTS = 4096;
/** Elements of a piece that is copied into the arena behind them: 64 KiB of float64. */
const PIECE = 8192;
/** Columns at a time: their running values stay in the first-level cache. Tiles of 256 take 15 % longer, because rows are read in shorter runs. */
const TILE = 1024;
/** Where their results stand in the arena, behind four running values of each. */
const OUT = 32 * TILE;

/** What a fold brings along for {@link vectorReduce}. */
export interface VectorFold {
  /** A kernel `run(rows, n, x, rowStride, out)` with float64 results. */
  readonly rows: (single: boolean) => ModuleBuilder;
  /** The shortest rows, in bytes, that it takes or that pay, and the longest, in elements. */
  readonly shortest: number;
  readonly longest: number;
  /** The fold of a row of n elements at `from` that is longer than `limit`, by pieces, which `piece(from, length)` folds. */
  readonly join: (
    piece: (from: number, length: number) => number,
    x: Buffer,
    from: number,
    n: number,
    limit: number,
  ) => number;
  /** A kernel `run(n, width, x, rowStride, state, out)`; its results are float64 where `wide`, else of the type of x. */
  readonly columns?: (single: boolean) => ModuleBuilder;
  readonly wide?: boolean;
}

/** {@link Reduce} by vector instructions where it can and pays; false where nothing was done. */
export function vectorReduce(runtime: WasmRuntime, fold: VectorFold): TryReduce {
  const both = (build: VectorFold['rows'] | undefined): readonly (() => WasmKernel | undefined)[] =>
    build === undefined ? [] : [false, true].map((single) => runtime.kernel(() => build(single)));
  const byRows = both(fold.rows);
  const byColumns = both(fold.columns);

  return (out, x, offset, shape, strides, n, stride) => {
    if (n < 2 || !(x instanceof Float64Array || x instanceof Float32Array)) return false;
    let elements = n;
    for (const kept of shape) elements *= kept;
    if (elements < thresholds.reduce.resident) return false;
    const address = runtime.addressOf(x);
    if (address === undefined && elements < thresholds.reduce.copied) return false;
    // The longest run of trailing axes that is walked in one step.
    let width = 1;
    let step = 0;
    let axis = shape.length - 1;
    for (; axis >= 0; axis--) {
      if (shape[axis] === 1) continue;
      if (width === 1) step = strides[axis];
      else if (strides[axis] !== step * width) break;
      width *= shape[axis];
    }
    const size = x.BYTES_PER_ELEMENT;
    const rows = stride === 1 && n * size >= fold.shortest && (address !== undefined || width === 1 || step === n);
    if (!rows && (address === undefined || step !== 1 || width < FEW)) return false;
    const compiled = (rows ? byRows : byColumns)[size === 4 ? 1 : 0]?.();
    if (compiled === undefined) return false;
    // A function for each case, and no closures of the call: they took 1 µs.
    const run = !rows ? runColumns : address === undefined ? runCopied : n > fold.longest ? runLong : runRows;
    let count = 1;
    for (let i = 0; i <= axis; i++) count *= shape[i];
    const index = new Int32Array(axis + 1);
    for (let q = 0; q < count; q++) {
      run(compiled, fold, out, q * width, x, offset, address ?? 0, width, step, n, stride);
      for (let i = axis; i >= 0; i--) {
        offset += strides[i];
        if (++index[i] < shape[i]) break;
        offset -= strides[i] * shape[i];
        index[i] = 0;
      }
    }
    return true;
  };
}

/** `width` results at `out[to …]`, from what stands in x at `offset`, in memory at `address` plus that. */
type Run = (
  kernel: WasmKernel,
  fold: VectorFold,
  out: Buffer,
  to: number,
  x: Floats,
  offset: number,
  address: number,
  width: number,
  step: number,
  n: number,
  stride: number,
) => void;

const runRows: Run = ({ run, arena }, _fold, out, to, x, offset, address, width, step, n) => {
  const size = x.BYTES_PER_ELEMENT;
  for (let r = 0; r < width; r += RESULTS) {
    const rows = Math.min(RESULTS, width - r);
    run(rows, n, address + size * (offset + r * step), size * step, 0);
    give(out, to + r, arena, 0, rows);
  }
};

const runLong: Run = ({ run, arena }, { join, longest }, out, to, x, offset, address, width, step, n) => {
  const piece = (from: number, length: number): number => {
    run(1, length, address + x.BYTES_PER_ELEMENT * from, 0, 0);
    return arena[0];
  };
  for (let r = 0; r < width; r++) out[to + r] = join(piece, x, offset + r * step, n, longest);
};

/** Rows without gaps between them: as many at a time as a piece holds; a longer one by pieces. */
const runCopied: Run = ({ run, arena }, { join }, out, to, x, offset, _address, width, _step, n) => {
  const size = x.BYTES_PER_ELEMENT;
  const room = size === 8 ? arena.subarray(RESULTS) : new Float32Array(arena.buffer, 8 * RESULTS, PIECE);
  const piece = (from: number, length: number, rows = 1): number => {
    room.set(x.subarray(from, from + rows * length));
    run(rows, length, 8 * RESULTS, size * length, 0);
    return arena[0];
  };
  if (n > PIECE) {
    for (let r = 0; r < width; r++) out[to + r] = join(piece, x, offset + r * n, n, PIECE);
    return;
  }
  const together = Math.min(RESULTS, Math.floor(PIECE / n));
  for (let r = 0; r < width; r += together) {
    const rows = Math.min(together, width - r);
    piece(offset + r * n, n, rows);
    give(out, to + r, arena, 0, rows);
  }
};

const runColumns: Run = ({ run, arena }, { wide }, out, to, x, offset, address, width, _step, n, stride) => {
  const size = x.BYTES_PER_ELEMENT;
  const results = wide === true || size === 8 ? arena : new Float32Array(arena.buffer, 0, OUT / 4 + TILE);
  for (let c = 0; c < width; c += TILE) {
    const columns = Math.min(TILE, width - c);
    // By eights, the seven too many of which are in the slack, or in the next rows.
    run(n, (columns + 7) & -8, address + size * (offset + c), size * stride, 0, OUT);
    give(out, to + c, results, OUT / results.BYTES_PER_ELEMENT, columns);
  }
};

/** From this many numbers on, the engine's own copy is faster than naming what it copies. */
const LONG = 48;

function give(out: Buffer, to: number, from: Floats, at: number, length: number): void {
  if (length >= LONG) out.set(from.subarray(at, at + length), to);
  else for (let i = 0; i < length; i++) out[to + i] = from[at + i];
}
