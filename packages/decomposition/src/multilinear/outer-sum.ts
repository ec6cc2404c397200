import { matmul, matrixTranspose, ones, reshape, type Tensor } from '@neuronseek/tensor';
import { balancedCut } from '@neuronseek/tensor/kernels';
import { khatriRao } from './khatri-rao.js';

/**
 * Σ_r a₀[:, r] ∘ … ∘ a_{N-1}[:, r] as a tensor [I₀, …, I_{N-1}], differentiable: one matrix product of the Khatri–Rao products of the
 * leading and of the trailing factors, cut where the larger of the two is smallest. 2·R·Π Iₙ flops.
 */
export function outerSum(factors: readonly Tensor[]): Tensor {
  const shape = factors.map((factor) => factor.shape[0]);
  const cut = balancedCut(shape);
  const left = khatriRao(factors.slice(0, cut));
  const right = cut < factors.length ? khatriRao(factors.slice(cut)) : ones([1, left.shape[1]], { dtype: left.dtype });
  return reshape(matmul(left, matrixTranspose(right)), shape);
}
