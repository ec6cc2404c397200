import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkTensor } from '../checks/check-tensor.js';
import type { StructuredTensor } from '../convert/any-tensor.js';
import { elementsAt } from '../differentiable/elements-at.js';
import type { SampleIndices } from '../tt/sample-indices.js';
import { checkWeights } from './check-data.js';
import { resolveLossOptions, type WeightedLossOptions } from './loss-options.js';
import { residualLoss } from './residual-loss.js';

/**
 * Least-squares loss of a CP tensor, Tucker tensor or tensor train at samples, as a term of a differentiable objective: ½ Σ_s (values[s] - model[indices[s]])².
 *
 * indices [S, N] as a tensor or as a list of S lists, values and, where there are any, weights [S] → a tensor of order 0. Differentiable in the model, values
 * and weights, to any order. Cost: that of `cpAt`, `tuckerAt` or `ttAt`; nothing dense is formed.
 *
 * @throws RangeError where shapes do not agree or an index is out of range, naming sample and mode
 */
export function sampleLoss(
  indices: SampleIndices,
  values: Tensor,
  model: StructuredTensor,
  options: WeightedLossOptions = {},
): Tensor {
  checkTensor('sampleLoss', 'values', values);
  const { relative, weights } = resolveLossOptions('sampleLoss', options, ['weights']);
  const found = elementsAt('sampleLoss', 'model', model, indices);
  if (showShape(values.shape) !== showShape(found.shape)) {
    throw new RangeError(
      `sampleLoss: values has shape ${showShape(values.shape)}, expected ${showShape(found.shape)}, one a sample`,
    );
  }
  if (weights !== undefined) checkWeights('sampleLoss', weights, values.shape);
  return residualLoss(values, found, weights, relative);
}
