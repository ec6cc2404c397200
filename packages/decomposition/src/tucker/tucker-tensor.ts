import type { Tensor } from '@neuronseek/tensor';
import { tuckerNumbers } from './tucker-numbers.js';

/**
 * A tensor in Tucker form, plain data: core ×₀ A₀ ×₁ A₁ … ×_{N-1} A_{N-1}. Factors need not have orthonormal columns, nor more
 * rows than columns.
 */
export interface TuckerTensor {
  /** [R₀, …, R_{N-1}] */
  readonly core: Tensor;
  /** One [Iₙ, Rₙ] a mode. */
  readonly factors: readonly Tensor[];
}

/**
 * A checked Tucker tensor: the core has one mode a factor, of as many elements as that has columns, and every number is finite.
 *
 * @throws RangeError naming what does not fit, or the place of a number that is not finite; TypeError for anything that is no tensor
 */
export function tuckerTensor({ core, factors }: TuckerTensor): TuckerTensor {
  tuckerNumbers('tuckerTensor', { core, factors });
  return { core, factors: [...factors] };
}
