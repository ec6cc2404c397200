import type { Tensor } from '@neuronseek/tensor';
import { checkTucker } from '../tucker/check-tucker.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';
import { tuckerToTensor } from '../tucker/tucker-to-tensor.js';
import { checkData, checkWeights } from './check-data.js';
import { resolveLossOptions, type WeightedLossOptions } from './loss-options.js';
import { residualLoss } from './residual-loss.js';

/**
 * Least-squares loss of a Tucker tensor, as a term of a differentiable objective: ½‖x - core ×₀ A₀ … ×_{N-1} A_{N-1}‖², or ½ Σ weights·(…)².
 *
 * x [I₀, …, I_{N-1}] → a tensor of order 0; float64 unless everything is float32. Differentiable in core, factors, x and weights, to any order. Every
 * element is subtracted, so that small errors are as good as large ones. Cost: the dense model, 2·R·size(x) flops for R the smallest sensible rank, twice
 * that backward, and memory for two tensors of the size of x.
 *
 * @throws RangeError where shapes do not agree or x has no elements
 */
export function tuckerLoss(x: Tensor, tucker: TuckerTensor, options: WeightedLossOptions = {}): Tensor {
  checkData('tuckerLoss', x);
  checkTucker('tuckerLoss', tucker, { shape: x.shape });
  const { relative, weights } = resolveLossOptions('tuckerLoss', options, ['weights']);
  if (weights !== undefined) checkWeights('tuckerLoss', weights, x.shape);
  return residualLoss(x, tuckerToTensor(tucker), weights, relative);
}
