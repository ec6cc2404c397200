import { toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import type { Tensor } from '../core/tensor.js';
import { fillFloat64 } from './fill-float64.js';
import { luFactors } from './lu-factors.js';
import { checkSquare, stackSizes } from './matrices.js';
import { invFor } from './solve.js';

/** A power of two, so that scaling by it rounds nothing; products of a few of them are in range. */
const LARGE = 2 ** 300;

export const detOp: Op<undefined> = {
  name: 'det',
  infer: ([a]) => ({ shape: a.shape.slice(0, -2), dtype: a.dtype }),
  compute: (out, [a]) => {
    const { rows: n, count } = stackSizes(a.shape);
    const { factors, pivots } = luFactors('det', a);
    fillFloat64([out], (values) => {
      for (let q = 0; q < count; q++) {
        // The product is value·LARGE^power: some of the pivots may leave the range that all of them together stay in.
        let value = 1;
        let power = 0;
        for (let k = 0; k < n; k++) {
          let pivot = factors[q * n * n + k * (n + 1)];
          for (; Math.abs(pivot) > LARGE; power++) pivot /= LARGE;
          for (; pivot !== 0 && Math.abs(pivot) < 1 / LARGE; power--) pivot *= LARGE;
          value *= pivots[q * n + k] === k ? pivot : -pivot;
          for (; Math.abs(value) > LARGE; power++) value /= LARGE;
          for (; value !== 0 && Math.abs(value) < 1 / LARGE; power--) value *= LARGE;
        }
        for (; power > 0 && Number.isFinite(value); power--) value *= LARGE;
        for (; power < 0 && value !== 0; power++) value /= LARGE;
        values[q] = value;
      }
    });
  },
  // Ā = g·det(A)·A⁻ᵀ (Giles 2008)
  vjp: (g, value, [a]) => {
    const weight = expandDims(mul(g, value), [value.order, value.order + 1]);
    return [mul(weight, matrixTranspose(invFor('derivative of det', a)))];
  },
};

/**
 * The determinant of each matrix of a [..., n, n]; 1 for n = 0. It over- or underflows early, to ±Infinity or 0: prefer {@link slogdet} for
 * large n.
 *
 * Throws a RangeError when a is not square or not finite, or overflows in elimination; its derivative also when a pivot is 0. Cost: 2n³/3 flops, in float64.
 * Differentiable to any order.
 */
export function det(a: Tensor): Tensor {
  checkSquare('det', a);
  return apply(detOp, [astype(a, toFloating(a.dtype))], undefined);
}
