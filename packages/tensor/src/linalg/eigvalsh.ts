import { toFloating } from '../core/dtype.js';
import { apply, applyMulti, type Op } from '../core/op.js';
import { mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { matmul } from '../core/ops/matmul.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import type { Tensor } from '../core/tensor.js';
import { eigvalsh as decompose } from '../kernels/eigh/index.js';
import { eighOp } from './eigh.js';
import { fillFloat64 } from './fill-float64.js';
import { checkSquare, copyFinite, nameMatrix, stackSizes } from './matrices.js';
import { symmetrize } from './symmetrize.js';

export const eigvalshOp: Op<undefined> = {
  name: 'eigvalsh',
  infer: ([a]) => ({ shape: a.shape.slice(0, -1), dtype: a.dtype }),
  compute: (out, [a]) => {
    const { rows: n, batch, count } = stackSizes(a.shape);
    const symmetric = copyFinite('eigvalsh', a);
    fillFloat64([out], (w) => {
      for (let q = 0; q < count; q++) {
        symmetrize(n, symmetric, q * n * n);
        const failed = decompose(n, symmetric, q * n * n, w, q * n);
        if (failed >= 0) throw new Error(`eigvalsh: eigenvalue ${failed} of ${nameMatrix(q, batch)} did not converge`);
      }
    });
  },
  // Ā = V·diag(w̄)·Vᵀ: the vectors are computed only here.
  vjp: (g, _w, [a]) => {
    const [, v] = applyMulti(eighOp, [a], undefined);
    return [matmul(mul(v, expandDims(g, g.order - 1)), matrixTranspose(v))];
  },
};

/**
 * The eigenvalues of symmetric matrices a [..., n, n], ascending: those of {@link eigh}, the same bits. Of a matrix that is not
 * symmetric the symmetric part (a + aᵀ)/2 is taken, so derivatives with respect to a are symmetric.
 *
 * Throws a RangeError when a is not square or not finite. Cost: about 4n³/3 flops, in float64. Differentiable to any order: once
 * everywhere (where eigenvalues coincide, with the computed basis), twice where they are distinct.
 */
export function eigvalsh(a: Tensor): Tensor {
  checkSquare('eigvalsh', a);
  return apply(eigvalshOp, [astype(a, toFloating(a.dtype))], undefined);
}
