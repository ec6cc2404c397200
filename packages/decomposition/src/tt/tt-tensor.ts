import type { Tensor } from '@neuronseek/tensor';
import { checkTt } from './check-tt.js';
import { ttNumbers } from './tt-numbers.js';

/**
 * A tensor in tensor train form (matrix product state), plain data: every element is a product of matrices,
 * x[i₀, …, i_{N-1}] = G₀[:, i₀, :] · … · G_{N-1}[:, i_{N-1}, :]. (Oseledets 2011)
 */
export interface TtTensor {
  /** One [r_k, n_k, r_{k+1}] a mode, r₀ = r_N = 1. */
  readonly cores: readonly Tensor[];
}

/**
 * A checked tensor train: ranks of neighbours agree, those at the boundary are 1, no mode is empty and every number is finite.
 *
 * @throws RangeError naming the core, or the place of a number that is not finite; TypeError for anything that is no tensor
 */
export function ttTensor(tt: TtTensor): TtTensor {
  ttNumbers('ttTensor', tt);
  return { cores: [...tt.cores] };
}

/**
 * The ranks r₀ = 1, r₁, …, r_N = 1 of a tensor train, one more than it has modes.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttRanks(tt: TtTensor): number[] {
  return [...checkTt('ttRanks', tt).ranks];
}

/**
 * The sizes n₀, …, n_{N-1} of the modes of a tensor train.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttShape(tt: TtTensor): number[] {
  return [...checkTt('ttShape', tt).shape];
}
