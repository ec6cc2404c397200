import { ones, type Tensor } from '@neuronseek/tensor';
import { checkFactors } from '../checks/check-factors.js';
import { cpNumbers } from './cp-numbers.js';

/**
 * A tensor in CP (canonical polyadic, PARAFAC) form, plain data: Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r].
 * Factors are [Iₙ, R]; their columns need not have unit norm, and weights may have any sign.
 */
export interface CpTensor {
  /** [R] */
  readonly weights: Tensor;
  /** One [Iₙ, R] a mode. */
  readonly factors: readonly Tensor[];
}

/**
 * A checked CP tensor: shapes agree and every number is finite. Weights default to ones.
 *
 * @throws RangeError naming the factor, or the place of a number that is not finite; TypeError for anything that is no tensor
 */
export function cpTensor({ weights, factors }: { weights?: Tensor; factors: readonly Tensor[] }): CpTensor {
  const { rank } = checkFactors('cpTensor', factors);
  const cp = { weights: weights ?? ones([rank]), factors: [...factors] };
  cpNumbers('cpTensor', cp);
  return cp;
}
