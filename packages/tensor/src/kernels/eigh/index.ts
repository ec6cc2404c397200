import { wasmRuntime } from '../../wasm/runtime.js';
import { type Decompose, makeEigh } from './make-eigh.js';

export type { Eigh, Eigvalsh } from './contract.js';
export { formTransposed } from './form-transposed.js';

const decompose: Decompose = /* @__PURE__ */ makeEigh(wasmRuntime);

/** Eigenvalues and eigenvectors of a symmetric matrix, see contract.ts. */
export function eigh(
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
  vectors: Float64Array,
  vectorsOffset: number,
): number {
  return decompose(n, a, aOffset, values, valuesOffset, vectors, vectorsOffset);
}

/** Its eigenvalues only, see contract.ts. */
export function eigvalsh(
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
): number {
  return decompose(n, a, aOffset, values, valuesOffset, undefined, 0);
}
