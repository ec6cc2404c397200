import type { FloatArray } from '@neuronseek/tensor/kernels';
import { contractRest } from './contract-rest.js';
import { contractSide } from './contract-side.js';
import { balancedCut, cutFor } from './cut.js';

/** One matrix product over x where it stands, then contractions of what is left; see contract.ts. */
export function mttkrpByGemm(
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
  out: Float64Array,
): void {
  const at = cutFor(shape, mode);
  const partial = contractSide(x, shape, factors, rank, at);
  const first = at.contract === 'right' ? 0 : at.cut;
  const kept = at.contract === 'right' ? factors.slice(0, at.cut) : factors.slice(at.cut);
  out.set(contractRest(partial, kept, rank, mode - first));
}

/** All wanted modes in two passes over x: the left half first, then the right half with the left factors as they are then. */
export function mttkrpSweepByGemm(
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  wanted: readonly boolean[],
  visit: (mode: number, out: Float64Array) => void,
): void {
  const cut = balancedCut(shape);
  const halves = [
    { first: 0, end: cut, contract: 'right' },
    { first: cut, end: shape.length, contract: 'left' },
  ] as const;
  for (const { first, end, contract } of halves) {
    if (!wanted.slice(first, end).includes(true)) continue;
    const partial = contractSide(x, shape, factors, rank, { cut, contract });
    const kept = factors.slice(first, end);
    for (let mode = first; mode < end; mode++) {
      if (wanted[mode]) visit(mode, contractRest(partial, kept, rank, mode - first));
    }
  }
}
