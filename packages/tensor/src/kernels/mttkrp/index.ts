import type { FloatArray } from '../gemm/contract.js';
import type { Half, HalfSizes, MttkrpSweep } from './contract.js';
import { productOf } from './cut.js';
import { mttkrpBy, mttkrpSweepBy } from './sweep.js';
import { tiledHalf } from './tiled.js';
import { wasmHalf } from './wasm.js';

export type { Mttkrp, MttkrpSweep } from './contract.js';
export { balancedCut } from './cut.js';

/** Which variant contracts a side of x, of `size` numbers; all give the same bits, so this decides time only. */
export function choose(sizes: { size: number; rank: number }): 'tiled' | 'wasm' {
  return sizes.size * sizes.rank < 2 ** 15 ? 'tiled' : 'wasm';
}

function makeHalf(x: FloatArray, sizes: HalfSizes): Half {
  const size = productOf(sizes.gone) * productOf(sizes.kept);
  const half = choose({ size, rank: sizes.rank }) === 'wasm' ? wasmHalf(x, sizes) : undefined;
  return half ?? tiledHalf(x, sizes);
}

/** Matricized tensor times Khatri–Rao product, see contract.ts for layout, order of summation and preconditions. */
export function mttkrp(
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
  out: Float64Array,
): void {
  mttkrpBy(makeHalf, x, shape, factors, rank, mode, out);
}

/** All modes in two passes over x, for any number of sweeps; see contract.ts. */
export function mttkrpSweep(x: FloatArray, shape: readonly number[], rank: number): MttkrpSweep {
  return mttkrpSweepBy(makeHalf, x, shape, rank);
}
