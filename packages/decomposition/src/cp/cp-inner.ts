import { showShape } from '@neuronseek/tensor';
import { components, crossGram, largestSize } from './components.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';

/**
 * Inner product of two CP tensors of one shape without forming either: Σ_rs u_r v_s Π_n ⟨Aₙ[:, r], Bₙ[:, s]⟩.
 *
 * A number, not differentiable (see cpToTensor). Error: about eps · Σ|terms|. Cost: 2·R·S·Σ Iₙ flops.
 *
 * @throws RangeError where shapes differ or a number is not finite
 */
export function cpInner(a: CpTensor, b: CpTensor): number {
  const left = cpNumbers('cpInner', a, { argument: 'a' });
  const right = cpNumbers('cpInner', b, { argument: 'b' });
  if (showShape(left.shape) !== showShape(right.shape)) {
    throw new RangeError(`cpInner: shapes differ: a is ${showShape(left.shape)}, b is ${showShape(right.shape)}`);
  }
  const [u, v] = [components(left), components(right)];
  const cosines = crossGram(u.units, v.units, left.rank, right.rank);
  // Scaled by the largest components, so that only the result itself can leave the range of numbers.
  const [scaleU, scaleV] = [largestSize(u.sizes), largestSize(v.sizes)];
  let sum = 0;
  for (let r = 0; r < left.rank; r++) {
    for (let s = 0; s < right.rank; s++) {
      sum += (u.sizes[r] / scaleU) * (v.sizes[s] / scaleV) * cosines[r * right.rank + s];
    }
  }
  return sum * scaleU * scaleV;
}
