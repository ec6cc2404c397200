import { mul, type Tensor } from '@neuronseek/tensor';
import { outerSum } from '../multilinear/outer-sum.js';
import { checkCp } from './check-cp.js';
import type { CpTensor } from './cp-tensor.js';

/**
 * The tensor that a CP tensor stands for: x[i₀, …] = Σ_r weights[r] · Π_n Aₙ[iₙ, r], shape [I₀, …, I_{N-1}].
 *
 * Differentiable with respect to weights and factors. Cost: one matrix product of 2·R·Π Iₙ flops.
 *
 * @throws RangeError where shapes do not agree
 */
export function cpToTensor(cp: CpTensor): Tensor {
  checkCp('cpToTensor', cp);
  const [first, ...rest] = cp.factors;
  return outerSum([mul(first, cp.weights), ...rest]);
}
