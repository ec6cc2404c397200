import { expectTensor } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { mul } from './arithmetic.js';
import { reshape } from './reshape.js';

/**
 * Kronecker product: b once for each element of a, times that element. `y[i₀·n₀ + j₀, …] = a[i₀, …]·b[j₀, …]` for b of shape [n₀, …]; axes of size 1
 * are put in front of the operand of lower order. One product an element of the result.
 */
export function kron(a: Tensor, b: Tensor): Tensor {
  expectTensor('kron', a);
  expectTensor('kron', b);
  const order = Math.max(a.order, b.order);
  const as = [...new Array<number>(order - a.order).fill(1), ...a.shape];
  const bs = [...new Array<number>(order - b.order).fill(1), ...b.shape];
  const left = reshape(
    a,
    as.flatMap((n) => [n, 1]),
  );
  const right = reshape(
    b,
    bs.flatMap((n) => [1, n]),
  );
  return reshape(
    mul(left, right),
    as.map((n, axis) => n * bs[axis]),
  );
}
