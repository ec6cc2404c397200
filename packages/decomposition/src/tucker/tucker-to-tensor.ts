import type { Tensor } from '@neuronseek/tensor';
import { modeProducts } from '../multilinear/mode-products.js';
import { checkTucker } from './check-tucker.js';
import type { TuckerTensor } from './tucker-tensor.js';

/**
 * The tensor that a Tucker tensor stands for: x[i₀, …] = Σ core[r₀, …] · Π_n Aₙ[iₙ, rₙ], shape [I₀, …, I_{N-1}].
 *
 * Differentiable with respect to core and factors. Cost: one mode product a mode, the one that lets the tensor grow least first; the
 * last of them, 2·R·Π Iₙ flops, outweighs the others.
 *
 * @throws RangeError where shapes do not agree
 */
export function tuckerToTensor(tucker: TuckerTensor): Tensor {
  checkTucker('tuckerToTensor', tucker);
  return modeProducts(tucker.core, tucker.factors);
}
