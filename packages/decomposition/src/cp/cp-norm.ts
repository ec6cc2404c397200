import { components, crossGram, largestSize } from './components.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';

/**
 * Frobenius norm of a CP tensor without forming it: √(Σ_rs w_r w_s Π_n (AₙᵀAₙ)_rs).
 *
 * A number, not differentiable (see cpToTensor). Where components cancel, the square is only known to eps · Σ|terms|; a
 * sum that rounding made negative counts as 0. Cost: 2·R²·Σ Iₙ flops.
 *
 * @throws RangeError where shapes do not agree or a number is not finite
 */
export function cpNorm(cp: CpTensor): number {
  const numbers = cpNumbers('cpNorm', cp);
  const { units, sizes } = components(numbers);
  const { rank } = numbers;
  const scale = largestSize(sizes);
  const cosines = crossGram(units, units, rank, rank);
  let squares = 0;
  for (let r = 0; r < rank; r++) {
    for (let s = 0; s < rank; s++) squares += (sizes[r] / scale) * (sizes[s] / scale) * cosines[r * rank + s];
  }
  return scale * Math.sqrt(Math.max(0, squares));
}
