import type { WasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';

/** Arrays that one decomposition works on: zeros at first, except for `sweeps`. */
export interface WorkArrays {
  readonly float64: readonly Float64Array[];
  readonly sweeps: Int32Array;
  readonly release: () => void;
}

/**
 * A float64 array for each of the lengths and a table for sweeps: in the memory of the kernels, or ordinary ones where `runtime` is undefined or has no
 * more of it. Kernels see by where the arrays live which of their variants to run.
 */
export function workArrays(
  runtime: WasmRuntime | undefined,
  lengths: readonly number[],
  sweepsLength: number,
): WorkArrays {
  const workspace = runtime?.workspace(workspaceBytes(...lengths.map((length) => 8 * length), 4 * sweepsLength));
  if (workspace === undefined) {
    // One array, cut up: making one costs as much as a whole decomposition of order 2.
    const whole = new Float64Array(lengths.reduce((sum, length) => sum + length, 0));
    let end = 0;
    return {
      float64: lengths.map((length) => {
        end += length;
        return whole.subarray(end - length, end);
      }),
      sweeps: new Int32Array(sweepsLength),
      release: () => {},
    };
  }
  return {
    float64: lengths.map((length) => workspace.float64(length).fill(0)),
    sweeps: workspace.int32(sweepsLength),
    release: workspace.release,
  };
}

/**
 * Distance of the rows of a matrix of n columns and one more: whole cache lines and, of long rows, an odd number of them, so that eight columns of
 * all rows fall into all places of the nearest cache, and not, at a distance of a power of two, into the same few.
 */
export function workStride(n: number): number {
  const lines = (n + 8) >> 3;
  return 8 * (lines < 8 ? lines : lines | 1);
}
