import { expectTensor } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { mul } from './arithmetic.js';
import { reshape } from './reshape.js';

/** Products of every element of a with every element of b, both read in row-major order: [m] and [n] give [m, n]. */
export function outer(a: Tensor, b: Tensor): Tensor {
  expectTensor('outer', a);
  expectTensor('outer', b);
  return mul(reshape(a, [a.size, 1]), reshape(b, [1, b.size]));
}
