import { toFloating } from '../core/dtype.js';
import { applyMulti, type MultiOp } from '../core/op.js';
import { mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import type { Tensor } from '../core/tensor.js';
import { log } from '../math/log.js';
import { fillFloat64 } from './fill-float64.js';
import { luFactors } from './lu-factors.js';
import { checkSquare, stackSizes } from './matrices.js';
import { invFor } from './solve.js';

/** det = sign·exp(logAbsDet). */
export interface SlogdetResult {
  /** 1, −1, or 0 for a singular matrix. */
  readonly sign: Tensor;
  /** ln |det|; −Infinity for a singular matrix. */
  readonly logAbsDet: Tensor;
}

export const slogdetOp: MultiOp<undefined> = {
  name: 'slogdet',
  infer: ([a]) => [
    { shape: a.shape.slice(0, -2), dtype: a.dtype },
    { shape: a.shape.slice(0, -2), dtype: a.dtype },
  ],
  compute: (outs, [a]) => {
    const { rows: n, count } = stackSizes(a.shape);
    const { factors, pivots } = luFactors('slogdet', a);
    fillFloat64(outs, (sign, logAbsDet) => {
      for (let q = 0; q < count; q++) {
        sign[q] = 1;
        for (let k = 0; k < n; k++) {
          const pivot = factors[q * n * n + k * (n + 1)];
          sign[q] *= Math.sign(pivot) * (pivots[q * n + k] === k ? 1 : -1);
          logAbsDet[q] += log(Math.abs(pivot));
        }
      }
    });
  },
  // d ln|det A| = tr(A⁻¹·dA); the sign is constant.
  vjp: ([_gSign, g], _outs, [a]) => {
    if (!g) return [];
    const weight = expandDims(g, [g.order, g.order + 1]);
    return [mul(weight, matrixTranspose(invFor('derivative of slogdet', a)))];
  },
};

/**
 * Sign and natural logarithm of the magnitude of the determinant of each matrix of a [..., n, n], without overflow.
 *
 * Throws a RangeError when a is not square or not finite, or overflows in elimination; its derivative also when a pivot is 0. Cost: 2n³/3 flops, in float64.
 * The logarithm is differentiable to any order.
 */
export function slogdet(a: Tensor): SlogdetResult {
  checkSquare('slogdet', a);
  const [sign, logAbsDet] = applyMulti(slogdetOp, [astype(a, toFloating(a.dtype))], undefined);
  return { sign, logAbsDet };
}
