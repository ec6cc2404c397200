import { allocate } from '../core/allocate.js';
import { toFloating } from '../core/dtype.js';
import { applyMulti, type MultiOp } from '../core/op.js';
import { add, mul, sub } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { matmul } from '../core/ops/matmul.js';
import { reciprocal } from '../core/ops/roots.js';
import { matrixTranspose } from '../core/ops/transpose.js';
import { where } from '../core/ops/where.js';
import { flatten, Tensor } from '../core/tensor.js';
import { eigh as decompose } from '../kernels/eigh/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkSquare, copyFinite, nameMatrix, stackSizes } from './matrices.js';
import { symmetrize } from './symmetrize.js';
import { epsilonOf } from './tolerance.js';
import { triangle } from './triangle.js';

/** a = eigenvectors·diag(eigenvalues)·eigenvectorsᵀ. */
export interface EighResult {
  /** [..., n], ascending. */
  readonly eigenvalues: Tensor;
  /** [..., n, n]; column j belongs to eigenvalue j and its component of largest magnitude is positive. */
  readonly eigenvectors: Tensor;
}

export const eighOp: MultiOp<undefined> = {
  name: 'eigh',
  infer: ([a]) => [
    { shape: a.shape.slice(0, -1), dtype: a.dtype },
    { shape: a.shape, dtype: a.dtype },
  ],
  compute: (outs, [a]) => {
    const { rows: n, batch, count } = stackSizes(a.shape);
    const symmetric = copyFinite('eigh', a);
    fillFloat64(outs, (w, v) => {
      for (let q = 0; q < count; q++) {
        symmetrize(n, symmetric, q * n * n);
        const failed = decompose(n, symmetric, q * n * n, w, q * n, v, q * n * n);
        if (failed >= 0) throw new Error(`eigh: eigenvalue ${failed} of ${nameMatrix(q, batch)} did not converge`);
      }
    });
  },
  // Ā = V·(diag(w̄) + sym(F ∘ (Vᵀ·V̄)))·Vᵀ with F[i, j] = 1/(w[j] − w[i]) off the diagonal (Giles 2008).
  vjp: ([gw, gv], [w, v]) => {
    const n = w.shape[w.order - 1];
    const identity = triangle([n, n], [0, 1, 0], w.dtype);
    let core = gw && mul(expandDims(gw, gw.order), identity);
    if (gv) {
      const coupling = matmul(matrixTranspose(v), gv);
      const gaps = sub(expandDims(w, w.order - 1), expandDims(w, w.order));
      const apart = separated(w, gw, coupling);
      const quotient = where(apart, mul(coupling, reciprocal(where(apart, gaps, 1))), 0);
      const symmetric = mul(0.5, add(quotient, matrixTranspose(quotient)));
      core = core ? add(core, symmetric) : symmetric;
    }
    return [core && matmul(matmul(v, core), matrixTranspose(v))];
  },
};

/**
 * Which pairs of eigenvalues differ, by more than their own rounding error. Eigenvectors of a pair that does not can be turned into
 * each other by any perturbation, so a cotangent that distinguishes them has no answer: throws. So it does where both are 0 and have
 * cotangents of their own: that of V·diag(w)·Vᵀ for V is 0 there, yet has a quotient with a limit.
 */
function separated(w: Tensor, gw: Tensor | undefined, coupling: Tensor): Tensor {
  const { rows: n, count, batch } = stackSizes(coupling.shape);
  const eps = epsilonOf(w.dtype);
  const values = flatten(w);
  const couplings = flatten(coupling);
  const pulls = gw && flatten(gw);
  const apart = allocate('bool', couplings.length);
  for (let q = 0; q < count; q++) {
    const own = values.subarray(q * n, (q + 1) * n);
    const noise = n * eps * Math.max(Math.abs(own[0]), Math.abs(own[n - 1]));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = q * n * n + i * n + j;
        if (i !== j && Math.abs(own[j] - own[i]) > noise) apart[at] = 1;
        else if (i !== j && (couplings[at] !== 0 || (own[i] === 0 && own[j] === 0 && pulls?.[q * n + i]))) {
          throw new RangeError(
            `eigh: eigenvectors of eigenvalues that coincide have no derivative: ${nameMatrix(q, batch)} has ${own[i]} at ${i} and ${own[j]} at ${j}`,
          );
        }
      }
    }
  }
  return new Tensor(apart, 'bool', coupling.shape);
}

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of symmetric matrices a [..., n, n]. Of a matrix that is not symmetric the
 * symmetric part (a + aᵀ)/2 is decomposed, so derivatives with respect to a are symmetric.
 *
 * Throws a RangeError when a is not square or not finite. Errors of eigenvalues: a few n·eps times the largest magnitude.
 * Cost: about 9n³ flops, in float64. Differentiable to any order; the derivative of the eigenvectors throws where eigenvalues
 * coincide, that of the eigenvalues takes the computed basis.
 */
export function eigh(a: Tensor): EighResult {
  checkSquare('eigh', a);
  const [eigenvalues, eigenvectors] = applyMulti(eighOp, [astype(a, toFloating(a.dtype))], undefined);
  return { eigenvalues, eigenvectors };
}
