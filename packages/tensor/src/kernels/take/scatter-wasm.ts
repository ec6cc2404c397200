import { ARENA_LENGTH, type WasmKernel, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import type { Buffer } from '../copy/contract.js';
import type { FloatArray } from '../gemm/contract.js';
import { FEW, runRows, SHORT } from './wasm.js';
import { buildScatter } from './wasm-scatter.js';

/**
 * From this many elements on, and if there are several times as many as results, ordinary arrays are copied: the results there and back, rows by
 * pieces. 10⁶ numbers then take, in ms, 0.6 to 1.2 in float64 and 0.3 to 1.4 in float32, by plain loops 0.7 to 1.5 and 1.7 to 3.3.
 */
const COPIED = 4096;
const SEVERAL = 4;
/** Elements of a piece, and bytes of the arena before it, where indices stand. */
const PIECE = 8192;
const INDICES = ARENA_LENGTH * 4;

/** `out[to + indices[i]·inner + q] += x[at + i·inner + q]`, q < inner, of n rows, by vectors; false, and nothing done, where those cannot run or do not pay. */
export type TryScatter = (
  out: Buffer,
  to: number,
  x: Buffer,
  at: number,
  n: number,
  inner: number,
  indices: Int32Array,
) => boolean;

export const scatterWasm: TryScatter = /* @__PURE__ */ makeScatterWasm(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeScatterWasm(runtime: WasmRuntime): TryScatter {
  const kernels = [false, true].map((single) => runtime.kernel(() => buildScatter(single)));
  let scratch: Int32Array | undefined;
  return (out, to, x, at, n, inner, indices) => {
    const elements = indices.length * inner;
    if (inner < SHORT || elements < FEW || !areFloats(out, x)) return false;
    const size = x.BYTES_PER_ELEMENT;
    const [target, source] = [runtime.addressOf(out), runtime.addressOf(x)];
    const resident = target !== undefined && source !== undefined;
    if (!resident && (elements < COPIED || elements < SEVERAL * n * inner || inner > PIECE)) return false;
    const kernel = kernels[size === 4 ? 1 : 0]();
    if (kernel === undefined) return false;
    scratch ??= new Int32Array(kernel.arena.buffer, 0, INDICES / 4);
    if (resident) {
      runRows(kernel, scratch, indices, target + size * to, size * inner, source + size * at, size * inner);
      return true;
    }
    const space = runtime.workspace(workspaceBytes(size * n * inner));
    if (space === undefined) return false;
    const results = size === 4 ? space.float32(n * inner) : space.float64(n * inner);
    results.set(out.subarray(to, to + n * inner));
    byPieces(kernel, scratch, results, x, at, inner, indices);
    out.set(results, to);
    space.release();
    return true;
  };
}

function byPieces(
  kernel: WasmKernel,
  scratch: Int32Array,
  results: FloatArray,
  x: Buffer,
  at: number,
  inner: number,
  indices: Int32Array,
): void {
  const size = x.BYTES_PER_ELEMENT;
  const { buffer } = kernel.arena;
  const piece = size === 4 ? new Float32Array(buffer, INDICES, PIECE) : new Float64Array(buffer, INDICES, PIECE);
  const together = Math.floor(PIECE / inner);
  for (let i = 0; i < indices.length; i += together) {
    const part = indices.subarray(i, i + together);
    piece.set(x.subarray(at + i * inner, at + (i + part.length) * inner));
    runRows(kernel, scratch, part, results.byteOffset, size * inner, INDICES, size * inner);
  }
}

function areFloats(out: Buffer, x: Buffer): boolean {
  return (
    (out instanceof Float64Array && x instanceof Float64Array) ||
    (out instanceof Float32Array && x instanceof Float32Array)
  );
}
