import { norm2 } from '@neuronseek/tensor/kernels';
import { expand } from './expand.js';
import { triangles } from './triangles.js';
import { tuckerNumbers } from './tucker-numbers.js';
import type { TuckerTensor } from './tucker-tensor.js';

/**
 * Frobenius norm of a Tucker tensor without forming it: ‖core ×ₙ Rₙ‖ for Aₙ = Qₙ·Rₙ.
 *
 * A number, not differentiable (see tuckerToTensor), good to a few roundings: nothing is squared before it is summed.
 * Cost: 2·Σ Iₙ·Rₙ² + 2·Σ Rₙ·size(core) flops.
 *
 * @throws RangeError where shapes do not agree or a number is not finite
 */
export function tuckerNorm(tucker: TuckerTensor): number {
  const { core, ranks, factors, scale } = triangles(tuckerNumbers('tuckerNorm', tucker));
  const small = expand(core, ranks, factors);
  return norm2(small.length, small, 0, 1) * scale;
}
