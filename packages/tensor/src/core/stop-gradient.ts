import { expectTensor } from './as-tensor.js';
import { plainOf } from './node.js';
import type { Tensor } from './tensor.js';

/** The same numbers, treated as a constant by every derivative around it. No copy. */
export function stopGradient(x: Tensor): Tensor {
  expectTensor('stopGradient', x);
  return plainOf(x);
}
