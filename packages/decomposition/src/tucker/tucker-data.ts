import type { Tensor } from '@neuronseek/tensor';
import { checkTensor } from '../checks/check-tensor.js';
import { type Scratch, withMemory } from '../low-rank/scratch.js';
import { type NormalizedData, normalizedData } from '../normalized-data.js';

/**
 * What `use` returns for the data divided by their norm, one copy where the kernels read it in place, and working memory of `share` of it; both are given
 * back afterwards, also where something throws.
 */
export function withTuckerData<T>(
  name: string,
  x: Tensor,
  use: (data: NormalizedData, scratch: Scratch) => T,
  share = 0.5,
): T {
  checkTensor(name, 'x', x);
  return withMemory(x.size, Math.ceil(x.size * share), (allocate, scratch) =>
    use(normalizedData(name, x, allocate), scratch),
  );
}
