import type { Tensor } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { cpToTensor } from '../cp/cp-to-tensor.js';
import { checkData, checkWeights } from './check-data.js';
import { type LossOptions, resolveLossOptions } from './loss-options.js';
import { residualLoss } from './residual-loss.js';

/**
 * Weighted least-squares loss of a CP tensor, as a term of a differentiable objective: ½ Σ weights·(x - model)².
 *
 * x and weights [I₀, …, I_{N-1}] → a tensor of order 0; float64 unless everything is float32. An element of weight 0 is missing: what stands there, NaN
 * included, makes no difference. Differentiable in cp, x and weights, to any order. Cost: the dense model, 2·R·size(x) flops, twice that
 * backward, and memory for two tensors of the size of x. (Acar, Dunlavy, Kolda & Mørup 2011)
 *
 * @throws RangeError where shapes do not agree or x has no elements
 */
export function cpWeightedLoss(x: Tensor, weights: Tensor, cp: CpTensor, options: LossOptions = {}): Tensor {
  checkData('cpWeightedLoss', x);
  checkWeights('cpWeightedLoss', weights, x.shape);
  checkCp('cpWeightedLoss', cp, { shape: x.shape });
  const { relative } = resolveLossOptions('cpWeightedLoss', options);
  return residualLoss(x, cpToTensor(cp), weights, relative);
}
