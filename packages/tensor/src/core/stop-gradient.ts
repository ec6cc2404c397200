import { expectTensor } from './as-tensor.js';
import { Tensor } from './tensor.js';

/** The same numbers, treated as a constant by every derivative around it. No copy. */
export function stopGradient(x: Tensor): Tensor {
  expectTensor('stopGradient', x);
  return x.node ? new Tensor(x.data, x.dtype, x.shape, x.strides, x.offset) : x;
}
