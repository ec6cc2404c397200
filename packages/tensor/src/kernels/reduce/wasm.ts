import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { ARENA_LENGTH, type WasmKernel, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { Buffer } from '../copy/contract.js';
import type { Fold, Reduce } from './contract.js';
import { argmaxFold, argminFold, maxFold, minFold } from './folds.js';
import { sumFold, sumSplit } from './sum.js';
import { buildColumnExtrema } from './wasm-column-extrema.js';
import { buildColumnSums } from './wasm-column-sums.js';
import { buildRowExtrema } from './wasm-row-extrema.js';
import { buildRowSums } from './wasm-row-sums.js';

type Floats = Float64Array | Float32Array;
type Kernel = () => WasmKernel | undefined;

/** Elements from which a vector variant is asked for, of arrays in the memory of the kernels and of others, which are copied there by pieces. */
const RESIDENT = 1024;
const COPIED = 16384;
/** Shortest rows, and fewest columns, that pay: shorter ones are mostly edges. */
const SHORT = 8;
/** Results that one call leaves at the beginning of the arena. */
const RESULTS = 4096;
/** Elements of a piece that is copied into the arena: 64 KiB of float64. */
const PIECE = 8192;
/** Columns at a time: their running sums stay in the first-level cache. Tiles of 256 take 15 % longer, because rows are read in shorter runs. */
const TILE = 1024;

/** {@link Reduce} by vector instructions where it can and pays; false where nothing was done. */
export type TryReduce = (...args: Parameters<Reduce>) => boolean;

export const reduceWasm: TryReduce = /* @__PURE__ */ makeReduceWasm(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeReduceWasm(runtime: WasmRuntime): TryReduce {
  const both = (build: (single: boolean) => ModuleBuilder): readonly Kernel[] =>
    [false, true].map((single) => runtime.kernel(() => build(single)));
  const rowSums = both(buildRowSums);
  const rowMax = both((single) => buildRowExtrema(single, true));
  const rowMin = both((single) => buildRowExtrema(single, false));
  const columnSums = both(buildColumnSums);
  const columnMax = both((single) => buildColumnExtrema(single, true));
  const columnMin = both((single) => buildColumnExtrema(single, false));

  const byRows = (fold: Fold): readonly Kernel[] | undefined => {
    if (fold === sumFold) return rowSums;
    if (fold === maxFold || fold === argmaxFold) return rowMax;
    return fold === minFold || fold === argminFold ? rowMin : undefined;
  };
  const byColumns = (fold: Fold): readonly Kernel[] | undefined => {
    if (fold === sumFold) return columnSums;
    if (fold === maxFold) return columnMax;
    return fold === minFold ? columnMin : undefined;
  };

  return (fold, out, x, offset, shape, strides, n, stride) => {
    if (n < 2 || !(x instanceof Float64Array || x instanceof Float32Array)) return false;
    let size = n;
    for (const kept of shape) size *= kept;
    if (size < RESIDENT) return false;
    const address = runtime.addressOf(x);
    if (address === undefined && size < COPIED) return false;
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
    const rows = stride === 1 && n >= SHORT && (address !== undefined || width === 1 || step === n);
    const columns = !rows && address !== undefined && step === 1 && width >= SHORT;
    const compiled = (rows ? byRows(fold) : columns ? byColumns(fold) : undefined)?.[
      Number(x instanceof Float32Array)
    ]();
    if (compiled === undefined) return false;
    const run = rows
      ? address === undefined
        ? copiedRows
        : residentRows
      : fold === sumFold
        ? sumColumns
        : extremeColumns;
    const places = Number(fold === argmaxFold || fold === argminFold);
    let count = 1;
    for (let i = 0; i <= axis; i++) count *= shape[i];
    const index = new Int32Array(axis + 1);
    for (let q = 0; q < count; q++) {
      run(compiled, fold, out, q * width, x, offset, address ?? 0, width, step, n, stride, places);
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
  fold: Fold,
  out: Buffer,
  to: number,
  x: Floats,
  offset: number,
  address: number,
  width: number,
  step: number,
  n: number,
  stride: number,
  places: number,
) => void;

const residentRows: Run = ({ run, arena }, _fold, out, to, x, offset, address, width, step, n, _stride, places) => {
  const size = x.BYTES_PER_ELEMENT;
  for (let r = 0; r < width; r += RESULTS) {
    const rows = Math.min(RESULTS, width - r);
    run(rows, n, address + size * (offset + r * step), size * step, 0, places);
    give(out, to + r, arena, 0, rows);
  }
};

/** Rows without gaps between them: as many at a time as a piece holds; a longer one by pieces, which are combined as the fold would. */
const copiedRows: Run = ({ run, arena }, fold, out, to, x, offset, _address, width, _step, n, _stride, places) => {
  const size = x.BYTES_PER_ELEMENT;
  const at = 8 * RESULTS;
  const room = x instanceof Float64Array ? arena.subarray(RESULTS) : new Float32Array(arena.buffer, at, PIECE);
  const piece = (from: number, rows: number, length: number): number => {
    room.set(x.subarray(from, from + rows * length));
    run(rows, length, at, size * length, 0, places);
    return arena[0];
  };
  const sum = (from: number, length: number): number => {
    if (length <= PIECE) return piece(from, 1, length);
    const half = sumSplit(length);
    return sum(from, half) + sum(from + half, length - half);
  };
  const most = fold === maxFold || fold === argmaxFold;
  const pick = (from: number): number => {
    let best = piece(from, 1, PIECE);
    let value = places ? x[from + best] : best;
    // A piece that is not better, as one with an equal element, does not count: the first place does.
    for (let i = PIECE; i < n && !Number.isNaN(value); i += PIECE) {
      const result = piece(from + i, 1, Math.min(PIECE, n - i));
      const other = places ? x[from + i + result] : result;
      if (most ? other <= value : other >= value) continue;
      value = other;
      best = places ? i + result : other;
    }
    return best;
  };
  if (n > PIECE) {
    for (let r = 0; r < width; r++) out[to + r] = fold === sumFold ? sum(offset + r * n, n) : pick(offset + r * n);
    return;
  }
  const together = Math.min(RESULTS, Math.floor(PIECE / n));
  for (let r = 0; r < width; r += together) {
    const rows = Math.min(together, width - r);
    piece(offset + r * n, rows, n);
    give(out, to + r, arena, 0, rows);
  }
};

const sumColumns: Run = ({ run, arena }, _fold, out, to, x, offset, address, width, _step, n, stride) => {
  const size = x.BYTES_PER_ELEMENT;
  for (let c = 0; c < width; c += TILE) {
    const columns = Math.min(TILE, width - c);
    // By eights, the seven too many of which are in the slack, or in the next rows.
    run(n, (columns + 7) & -8, address + size * (offset + c), size * stride, 0, 32 * TILE);
    give(out, to + c, arena, 4 * TILE, columns);
  }
};

const extremeColumns: Run = ({ run, arena }, _fold, out, to, x, offset, address, width, _step, n, stride) => {
  const size = x.BYTES_PER_ELEMENT;
  const most = ARENA_LENGTH / 64;
  const room = x instanceof Float64Array ? arena : new Float32Array(arena.buffer, 0, most);
  for (let c = 0; c < width; c += most) {
    const columns = Math.min(most, width - c);
    run(n, (size * columns + 31) & -32, address + size * (offset + c), size * stride, 0, 8 * most);
    give(out, to + c, room, 0, columns);
  }
};

/** From this many numbers on, the engine's own copy is faster than naming what it copies. */
const LONG = 48;

function give(out: Buffer, to: number, from: Floats, at: number, length: number): void {
  if (length >= LONG) out.set(from.subarray(at, at + length), to);
  else for (let i = 0; i < length; i++) out[to + i] = from[at + i];
}
