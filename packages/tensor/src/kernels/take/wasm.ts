import { ARENA_LENGTH, type WasmKernel, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { Buffer } from '../copy/contract.js';
import { buildGather } from './wasm-gather.js';

/** Fewest elements in all, and in a row, for which the call pays. */
export const FEW = 128;
export const SHORT = 4;

/**
 * `out[at + i·inner + q] = x[from + indices[i]·step + q]`, q < inner, by vectors; false, and nothing done, where the two arrays are not of one type
 * of four or eight bytes and in the memory of the kernels. Elsewhere plain loops are faster than copies to and fro.
 */
export type TryGather = (
  out: Buffer,
  at: number,
  x: Buffer,
  from: number,
  step: number,
  inner: number,
  indices: Int32Array,
) => boolean;

export const gatherWasm: TryGather = /* @__PURE__ */ makeGatherWasm(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeGatherWasm(runtime: WasmRuntime): TryGather {
  const kernel = runtime.kernel(buildGather);
  let scratch: Int32Array | undefined;
  return (out, at, x, from, step, inner, indices) => {
    const size = x.BYTES_PER_ELEMENT;
    if (inner < SHORT || indices.length * inner < FEW || size < 4 || out.constructor !== x.constructor) return false;
    const source = runtime.addressOf(x);
    if (source === undefined) return false;
    const target = runtime.addressOf(out);
    const compiled = target === undefined ? undefined : kernel();
    if (compiled === undefined || target === undefined) return false;
    scratch ??= new Int32Array(compiled.arena.buffer, 0, 2 * ARENA_LENGTH);
    runRows(compiled, scratch, indices, source + size * from, size * step, target + size * at, size * inner);
    return true;
  };
}

/**
 * A kernel `run(count, indices, indexed, stride, dense, row)` over all indices, by as many at a time as `scratch`, the beginning of the arena, holds: rows of `row`
 * bytes at multiples of `stride` from `indexed` on, and one after another from `dense` on.
 */
export function runRows(
  { run }: WasmKernel,
  scratch: Int32Array,
  indices: Int32Array,
  indexed: number,
  stride: number,
  dense: number,
  row: number,
): void {
  const count = indices.length;
  for (let i = 0; i < count; i += scratch.length) {
    const part = count > scratch.length ? indices.subarray(i, i + scratch.length) : indices;
    scratch.set(part);
    run(part.length, 0, indexed, stride, dense + row * i, row);
  }
}
