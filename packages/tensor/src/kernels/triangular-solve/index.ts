import { wasmRuntime } from '../../wasm/runtime.js';
import { makeBlocked } from './blocked.js';
import type { TriangularSolve } from './contract.js';
import { triangularSolveDirect } from './direct.js';

export type { Substitute, TriangularSolve } from './contract.js';
export { substitute } from './substitute.js';

const blocked: TriangularSolve = /* @__PURE__ */ makeBlocked(wasmRuntime);

/** Which variant solves for `cols` columns of `size` unknowns; they round differently. */
export function choose(sizes: { size: number; cols: number }): 'direct' | 'blocked' {
  return sizes.size < 64 || sizes.cols < 16 ? 'direct' : 'blocked';
}

/** Solves op(T)·X = B in place of B, see contract.ts. */
export const triangularSolve: TriangularSolve = (size, cols, t, tOffset, lower, transpose, unit, b, bOffset) => {
  const solve = choose({ size, cols }) === 'direct' ? triangularSolveDirect : blocked;
  return solve(size, cols, t, tOffset, lower, transpose, unit, b, bOffset);
};
