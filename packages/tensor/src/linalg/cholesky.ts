import { toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { add, mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import type { Tensor } from '../core/tensor.js';
import { cholesky as factorInPlace } from '../kernels/cholesky/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkSquare, copyFinite, nameMatrix, stackSizes } from './matrices.js';
import { symmetrize } from './symmetrize.js';
import { triangle } from './triangle.js';
import { triangularSolveFor } from './triangular-solve.js';

export const choleskyOp: Op<undefined> = {
  name: 'cholesky',
  infer: ([a]) => ({ shape: a.shape, dtype: a.dtype }),
  compute: (out, [a]) => {
    const { rows: n, batch, count } = stackSizes(a.shape);
    fillFloat64([out], (l) => {
      l.set(copyFinite('cholesky', a));
      for (let q = 0; q < count; q++) {
        symmetrize(n, l, q * n * n);
        const failed = factorInPlace(n, l, q * n * n);
        if (failed < 0) continue;
        const pivot = l[q * n * n + failed * (n + 1)];
        throw new RangeError(`cholesky: ${nameMatrix(q, batch)} is not positive definite: pivot ${failed} is ${pivot}`);
      }
    });
  },
  // Ā = L⁻ᵀ·Φ(Lᵀ·L̄)·L⁻¹ made symmetric; Φ keeps the lower triangle with half the diagonal (Murray 2016, "Differentiation of the Cholesky decomposition").
  vjp: (g, l, [a]) => {
    const phi = mul(matmul(matrixTranspose(l), g), triangle(a.shape.slice(-2), [1, 0.5, 0], a.dtype));
    const left = triangularSolveFor('cholesky', l, phi, { transpose: true });
    const both = triangularSolveFor('cholesky', l, matrixTranspose(left), { transpose: true });
    return [mul(0.5, add(both, matrixTranspose(both)))];
  },
};

/**
 * The lower triangular L with positive diagonal and L·Lᵀ = a, for positive definite a [..., n, n]. Of a matrix that is not symmetric
 * the symmetric part (a + aᵀ)/2 is factored, so derivatives with respect to a are symmetric.
 *
 * Throws a RangeError when a is not square, not finite, or a pivot is not positive. Cost: n³/3 flops, in float64.
 * Differentiable to any order.
 */
export function cholesky(a: Tensor): Tensor {
  checkSquare('cholesky', a);
  return apply(choleskyOp, [astype(a, toFloating(a.dtype))], undefined);
}
