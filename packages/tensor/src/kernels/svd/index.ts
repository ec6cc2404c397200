import { wasmRuntime } from '../../wasm/runtime.js';
import type { Svd } from './contract.js';
import { makeSvd } from './make-svd.js';

export type { Svd } from './contract.js';

const kernels: Svd = /* @__PURE__ */ makeSvd(wasmRuntime);

/** Singular values and vectors of any matrix, see contract.ts. */
export function svd(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  s: Float64Array,
  sOffset: number,
  u: Float64Array,
  uOffset: number,
  uCols: number,
  vt: Float64Array,
  vtOffset: number,
  vtRows: number,
): number {
  return kernels.svd(m, n, a, aOffset, s, sOffset, u, uOffset, uCols, vt, vtOffset, vtRows);
}

/** Singular values only, see contract.ts. */
export function svdvals(
  m: number,
  n: number,
  a: Float64Array,
  aOffset: number,
  s: Float64Array,
  sOffset: number,
): number {
  return kernels.svdvals(m, n, a, aOffset, s, sOffset);
}
