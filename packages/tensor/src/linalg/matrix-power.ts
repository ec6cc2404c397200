import { eye } from '../core/create.js';
import { describeValue } from '../core/describe-value.js';
import { toFloating } from '../core/dtype.js';
import { astype } from '../core/ops/astype.js';
import { matmul } from '../core/ops/matmul.js';
import { broadcastTo } from '../core/ops/sum-broadcast.js';
import type { Tensor } from '../core/tensor.js';
import { checkSquare } from './matrices.js';
import { invFor } from './solve.js';

/**
 * The n-th power of each matrix of a [..., m, m], by repeated squaring: identities for n = 0, powers of the inverse for n < 0.
 *
 * Throws a RangeError when a is not square, n is not an integer, or n < 0 and a is singular, not finite or overflows in elimination. The result is floating.
 * Cost: at most 2·log₂ |n| products. Differentiable to any order.
 */
export function matrixPower(a: Tensor, n: number): Tensor {
  checkSquare('matrixPower', a);
  if (typeof n !== 'number') throw new TypeError(`matrixPower: n must be a number, got ${describeValue(n)}`);
  if (!Number.isSafeInteger(n)) throw new RangeError(`matrixPower: n must be an integer, got ${n}`);
  const x = astype(a, toFloating(a.dtype));
  if (n === 0) return broadcastTo(eye(a.shape[a.order - 1], { dtype: x.dtype }), a.shape);
  let square = n < 0 ? invFor('matrixPower', x) : x;
  let result: Tensor | undefined;
  // Division instead of a shift: n may have more than 32 bits.
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? matmul(result, square) : square;
    if (rest > 1) square = matmul(square, square);
  }
  return result ?? square;
}
