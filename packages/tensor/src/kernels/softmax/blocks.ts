import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import type { FloatArray } from '../gemm/contract.js';

/** Elements that go through all the steps before the next ones: 64 KiB of float64. */
export const BLOCK = 8192;
/** From this many on they do so in the memory of the kernels, where no step has to copy them. */
const MANY = 2048;

/** Room for the first or the second block of at most {@link BLOCK} elements; what is in it is undefined. */
export type Blocks = (which: 0 | 1, single: boolean, length: number) => FloatArray;

/** Two blocks in the memory of the kernels, for as long as the program runs; ordinary arrays where there is none. */
export function makeBlocks(runtime: WasmRuntime): Blocks {
  let rooms: readonly Float64Array[] | undefined;
  return (which, single, length) => {
    if (length >= MANY && length <= BLOCK) {
      if (rooms === undefined) {
        const workspace = runtime.workspace(workspaceBytes(8 * BLOCK, 8 * BLOCK));
        rooms = workspace === undefined ? [] : [workspace.float64(BLOCK), workspace.float64(BLOCK)];
      }
      if (which < rooms.length) {
        const array = rooms[which];
        return single ? new Float32Array(array.buffer, array.byteOffset, length) : array.subarray(0, length);
      }
    }
    return single ? new Float32Array(length) : new Float64Array(length);
  };
}

export const blocks: Blocks = /* @__PURE__ */ makeBlocks(wasmRuntime);
