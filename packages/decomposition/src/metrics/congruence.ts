import { showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { components, crossGram } from '../cp/components.js';
import { cpNumbers } from '../cp/cp-numbers.js';
import type { CpTensor } from '../cp/cp-tensor.js';

/**
 * Congruence of the components of two CP tensors of one shape: the cosine of the angle between component r of a and component s of b
 * as tensors, sign(w_r v_s) · Π_n cos(Aₙ[:, r], Bₙ[:, s]), as [R, S].
 *
 * A zero component has cosine 0 with everything. Not differentiable. Cost: 2·R·S·Σ Iₙ flops. (Tucker 1951)
 *
 * @throws RangeError where shapes differ or a number is not finite
 */
export function congruence(a: CpTensor, b: CpTensor): Tensor {
  const left = cpNumbers('congruence', a, { argument: 'a' });
  const right = cpNumbers('congruence', b, { argument: 'b' });
  if (showShape(left.shape) !== showShape(right.shape)) {
    throw new RangeError(`congruence: shapes differ: a is ${showShape(left.shape)}, b is ${showShape(right.shape)}`);
  }
  const [u, v] = [components(left), components(right)];
  const cosines = crossGram(u.units, v.units, left.rank, right.rank);
  cosines.forEach((cosine, q) => {
    const [r, s] = [Math.floor(q / right.rank), q % right.rank];
    // Rounding must not put a cosine beyond 1.
    const bounded = Math.max(-1, Math.min(1, cosine));
    cosines[q] = Math.sign(u.sizes[r]) * Math.sign(v.sizes[s]) * bounded;
  });
  return tensor(cosines, [left.rank, right.rank]);
}
