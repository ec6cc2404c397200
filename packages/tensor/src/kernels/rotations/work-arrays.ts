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
  const bytes = workspaceBytes(...lengths.map((length) => 8 * length), 4 * sweepsLength);
  const workspace = runtime?.workspace(bytes);
  if (workspace === undefined) {
    return {
      float64: lengths.map((length) => new Float64Array(length)),
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
 * Distance of the rows of a matrix of n columns and one more: an odd number of cache lines, so that the rows of eight columns fall into all places
 * of the nearest cache, and not, at a distance of a power of two, into the same few.
 */
export function workStride(n: number): number {
  return 8 * (((n + 8) >> 3) | 1);
}
