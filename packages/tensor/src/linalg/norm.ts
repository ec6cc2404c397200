import { toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { div, mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { equal } from '../core/ops/compare.js';
import { where } from '../core/ops/where.js';
import type { Tensor } from '../core/tensor.js';
import { norm2 } from '../kernels/norm2/index.js';
import { copyFloat64 } from './matrices.js';

export const normOp: Op<undefined> = {
  name: 'norm',
  infer: ([x]) => ({ shape: [], dtype: x.dtype }),
  compute: (out, [x]) => {
    out.data[0] = norm2(x.size, copyFloat64(x), 0, 1);
  },
  // d‖x‖ = ⟨x/‖x‖, dx⟩; at 0, where the norm has its minimum, the subgradient 0.
  vjp: (g, value, [x]) => [mul(g, div(x, where(equal(value, 0), 1, value)))],
};

/**
 * The Euclidean (Frobenius) norm of all elements: sqrt(Σ x²), for a tensor of any shape. Neither overflows nor underflows unless the
 * norm itself does; NaN and infinite elements follow IEEE 754. The derivative at 0 is taken as 0. Cost: 2 flops an element.
 */
export function norm(x: Tensor): Tensor {
  return apply(normOp, [astype(x, toFloating(x.dtype))], undefined);
}
