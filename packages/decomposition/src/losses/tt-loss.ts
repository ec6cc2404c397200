import type { Tensor } from '@neuronseek/tensor';
import { checkTt } from '../tt/check-tt.js';
import type { TtTensor } from '../tt/tt-tensor.js';
import { ttToTensor } from '../tt/tt-to-tensor.js';
import { checkData, checkWeights } from './check-data.js';
import { resolveLossOptions, type WeightedLossOptions } from './loss-options.js';
import { residualLoss } from './residual-loss.js';

/**
 * Least-squares loss of a tensor train, as a term of a differentiable objective: ½‖x - G₀·G₁·…‖², or ½ Σ weights·(…)².
 *
 * x [n₀, …, n_{N-1}] → a tensor of order 0; float64 unless everything is float32. Differentiable in the cores, x and weights, to any order. Every element is
 * subtracted, so that small errors are as good as large ones. Cost: the dense model, 2·r·size(x) flops for r the rank in the middle, twice that
 * backward, and memory for two tensors of the size of x.
 *
 * @throws RangeError where shapes do not agree or x has no elements
 */
export function ttLoss(x: Tensor, tt: TtTensor, options: WeightedLossOptions = {}): Tensor {
  checkData('ttLoss', x);
  checkTt('ttLoss', tt, { shape: x.shape });
  const { relative, weights } = resolveLossOptions('ttLoss', options, ['weights']);
  if (weights !== undefined) checkWeights('ttLoss', weights, x.shape);
  return residualLoss(x, ttToTensor(tt), weights, relative);
}
