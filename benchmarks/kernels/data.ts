import type { FloatArray } from '../../packages/tensor/src/kernels/gemm/contract.js';
import { wasmRuntime } from '../../packages/tensor/src/wasm/runtime.js';
import { workspaceBytes } from '../../packages/tensor/src/wasm/workspace.js';

export type Precision = 'float64' | 'float32';

/** Numbers between ±scale that look drawn and are the same in every run: the fractional parts of multiples of the golden ratio. */
export function numbers(length: number, scale = 1, start = 1): Float64Array {
  return Float64Array.from({ length }, (_, i) => scale * (2 * (((i + start) * 0.618033988749895) % 1) - 1));
}

/** An array of these numbers, rounded to the precision asked for, in ordinary memory. */
export function ordinary(precision: Precision, values: Float64Array): FloatArray {
  return precision === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
}

/** An array of these numbers in the memory of the kernels; in ordinary memory where there is none. */
export function resident(precision: Precision, values: Float64Array): FloatArray {
  const bytes = values.length * (precision === 'float64' ? 8 : 4);
  const workspace = wasmRuntime.workspace(workspaceBytes(bytes));
  if (workspace === undefined) return ordinary(precision, values);
  const array = precision === 'float64' ? workspace.float64(values.length) : workspace.float32(values.length);
  array.set(values);
  releases.push(workspace.release);
  return array;
}

const releases: (() => void)[] = [];

/** Gives back the memory of all resident arrays, which nobody may use any more. */
export function releaseResidents(): void {
  for (const release of releases.splice(0)) release();
}
