import { ARENA_LENGTH, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { Buffer, CopyStrided } from './contract.js';
import { buildTranspose } from './wasm-transpose.js';

/** Fewest rows and columns that are turned, and fewest elements for which vectors pay: of arrays in the memory of the kernels, and of others. */
const SHORT = 8;
const RESIDENT = 1024;
const FEW = 4096;
/** Bytes of a matrix that is copied into the arena and, transposed, out of it. */
const COPIED = ARENA_LENGTH * 4;
/** Squares in which plain loops go where whole lines of a matrix would push each other out of the cache. */
const SQUARE = 32;
/** Distances, in elements, whose multiples fall into few places of the cache, and columns beyond what the cache holds a line of each of. */
const CONFLICT = 512;
const MANY = 4096;

/** {@link CopyStrided} where an axis in the middle is the one whose elements stand side by side; false where there is none, and nothing was done. */
export type TryCopy = (...args: Parameters<CopyStrided>) => boolean;

export const copyTransposed: TryCopy = /* @__PURE__ */ makeCopyTransposed(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeCopyTransposed(runtime: WasmRuntime): TryCopy {
  const kernels = [false, true].map((single) => runtime.kernel(() => buildTranspose(single)));

  /** out[o + j·toRow + i] = x[xo + i·fromRow + j], by vectors; false where they cannot. */
  const byVectors = (
    out: Buffer,
    o: number,
    toRow: number,
    x: Buffer,
    xo: number,
    fromRow: number,
    rows: number,
    cols: number,
  ): boolean => {
    const size = x.BYTES_PER_ELEMENT;
    if (rows * cols < RESIDENT || size < 4 || out.constructor !== x.constructor) return false;
    const bytes = size * rows * cols;
    let from = runtime.addressOf(x);
    let to = runtime.addressOf(out);
    // What is not in the memory is copied in one piece each way, or not at all: short rows one by one cost more than plain loops.
    if (from === undefined && (bytes > COPIED || fromRow !== cols)) return false;
    if (to === undefined && (bytes > COPIED || toRow !== rows)) return false;
    if ((from === undefined || to === undefined) && rows * cols < FEW) return false;
    const compiled = kernels[size === 4 ? 1 : 0]();
    if (compiled === undefined) return false;
    const { run, arena } = compiled;
    const view = (at: number): Buffer => {
      const length = rows * cols;
      if (x instanceof Float64Array) return new Float64Array(arena.buffer, at, length);
      return x instanceof Float32Array
        ? new Float32Array(arena.buffer, at, length)
        : new Int32Array(arena.buffer, at, length);
    };
    if (from === undefined) {
      from = COPIED;
      view(from).set(x.subarray(xo, xo + rows * cols));
    } else {
      from += size * xo;
    }
    const copied = to === undefined;
    to = to === undefined ? 0 : to + size * o;
    const mask = -16 / size;
    const [mainRows, mainCols] = [rows & mask, cols & mask];
    run(mainRows, mainCols, from, size * fromRow, to, size * toRow);
    if (copied) out.set(view(0), o);
    plain(out, o + mainRows, toRow, x, xo + mainRows * fromRow, fromRow, rows - mainRows, cols);
    plain(out, o + mainCols * toRow, toRow, x, xo + mainCols, fromRow, mainRows, cols - mainCols);
    return true;
  };

  return (out, outOffset, x, offset, strides, shape) => {
    let total = 1;
    for (const n of shape) total *= n;
    if (total < SHORT * SHORT) return false;
    // Neighbouring axes that are walked in one step are one axis; each with its size, its stride and its stride in the output.
    const sizes: number[] = [];
    const steps: number[] = [];
    const outSteps: number[] = [];
    let outStep = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const n = shape[axis];
      if (n === 1) continue;
      const top = sizes.length - 1;
      if (top >= 0 && strides[axis] === steps[top] * sizes[top]) {
        sizes[top] *= n;
      } else {
        sizes.push(n);
        steps.push(strides[axis]);
        outSteps.push(outStep);
      }
      outStep *= n;
    }
    const inner = steps.indexOf(1);
    if (inner < 1 || sizes[0] < SHORT || sizes[inner] < SHORT) return false;
    const [rows, fromRow, cols, toRow] = [sizes[0], steps[0], sizes[inner], outSteps[inner]];
    const count = total / rows / cols;
    const index = new Int32Array(sizes.length);
    for (let q = 0; q < count; q++) {
      if (!byVectors(out, outOffset, toRow, x, offset, fromRow, rows, cols)) {
        if (fromRow % CONFLICT !== 0 && rows <= MANY) plain(out, outOffset, toRow, x, offset, fromRow, rows, cols);
        else bySquares(out, outOffset, toRow, x, offset, fromRow, rows, cols);
      }
      for (let i = 1; i < sizes.length; i++) {
        if (i === inner) continue;
        offset += steps[i];
        outOffset += outSteps[i];
        if (++index[i] < sizes[i]) break;
        offset -= steps[i] * sizes[i];
        outOffset -= outSteps[i] * sizes[i];
        index[i] = 0;
      }
    }
    return true;
  };
}

function bySquares(
  out: Buffer,
  o: number,
  toRow: number,
  x: Buffer,
  xo: number,
  fromRow: number,
  rows: number,
  cols: number,
): void {
  for (let j = 0; j < cols; j += SQUARE) {
    const width = Math.min(SQUARE, cols - j);
    for (let i = 0; i < rows; i += SQUARE) {
      plain(out, o + j * toRow + i, toRow, x, xo + i * fromRow + j, fromRow, Math.min(SQUARE, rows - i), width);
    }
  }
}

function plain(
  out: Buffer,
  o: number,
  toRow: number,
  x: Buffer,
  xo: number,
  fromRow: number,
  rows: number,
  cols: number,
): void {
  for (let j = 0; j < cols; j++) {
    let from = xo + j;
    for (let to = o + j * toRow, end = to + rows; to < end; to++, from += fromRow) out[to] = x[from];
  }
}
