import { showShape } from '@neuronseek/tensor';
import { gemm } from '@neuronseek/tensor/kernels';
import { expand } from './expand.js';
import { scaled } from './triangles.js';
import { tuckerNumbers } from './tucker-numbers.js';
import type { TuckerTensor } from './tucker-tensor.js';

/**
 * Inner product of two Tucker tensors of one shape without forming either: ⟨core_a ×ₙ BₙᵀAₙ, core_b⟩.
 *
 * A number, not differentiable (see tuckerToTensor). Error: about eps · ‖a‖ · ‖b‖ where factors are well conditioned.
 * Cost: 2·Σ Iₙ·Rₙ·Sₙ flops and mode products of the core.
 *
 * @throws RangeError where shapes differ or a number is not finite
 */
export function tuckerInner(a: TuckerTensor, b: TuckerTensor): number {
  const left = tuckerNumbers('tuckerInner', a, { argument: 'a' });
  const right = tuckerNumbers('tuckerInner', b, { argument: 'b' });
  if (showShape(left.shape) !== showShape(right.shape)) {
    throw new RangeError(`tuckerInner: shapes differ: a is ${showShape(left.shape)}, b is ${showShape(right.shape)}`);
  }
  const [u, v] = [scaled(left), scaled(right)];
  const between = u.factors.map((factor, mode) => {
    const [r, s] = [u.ranks[mode], v.ranks[mode]];
    const cross = new Float64Array(s * r);
    gemm(s, r, u.shape[mode], v.factors[mode], 0, 1, s, factor, 0, r, 1, cross, 0, r, false);
    return cross;
  });
  const core = expand(u.core, u.ranks, between);
  return core.reduce((sum, value, q) => sum + value * v.core[q], 0) * u.scale * v.scale;
}
