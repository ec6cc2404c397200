import { toFloating } from '../core/dtype.js';
import { apply, applyMulti, type Op } from '../core/op.js';
import { add, mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { matmul } from '../core/ops/matmul.js';
import { flatten, type Tensor } from '../core/tensor.js';
import { svdvals as decompose } from '../kernels/svd/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkMatrix, copyFinite, nameMatrix, stackSizes } from './matrices.js';
import { svdOp } from './svd.js';

interface Params {
  /** Who asks, for messages. */
  readonly name: string;
  /** Whether the derivative with respect to every value is the same one. */
  readonly uniform: boolean;
}

export const svdvalsOp: Op<Params> = {
  name: 'svdvals',
  infer: ([a]) => {
    const { rows, cols, batch } = stackSizes(a.shape);
    return { shape: [...batch, Math.min(rows, cols)], dtype: a.dtype };
  },
  compute: (out, [a], { name }) => {
    const { rows: m, cols: n, batch, count } = stackSizes(a.shape);
    const matrices = copyFinite(name, a);
    fillFloat64([out], (s) => {
      for (let q = 0; q < count; q++) {
        const failed = decompose(m, n, matrices, q * m * n, s, q * Math.min(m, n));
        if (failed >= 0)
          throw new Error(`${name}: singular value ${failed} of ${nameMatrix(q, batch)} did not converge`);
      }
    });
  },
  // Ā = U·diag(s̄)·Vᵀ: the vectors are computed only here.
  vjp: (g, _s, [a], { name, uniform }) => {
    const [u, s, vt] = applyMulti(svdOp, [a], { fullMatrices: false, name });
    // g may depend on the values, which the derivative of this must know where they coincide.
    const weights = uniform ? g : add(g, mul(0, s));
    return [matmul(mul(u, expandDims(weights, g.order - 1)), vt)];
  },
};

/**
 * The singular values of each matrix of a [..., m, n], descending: s [..., min(m, n)] of {@link svd}, the same bits.
 *
 * Throws a RangeError when a has no two axes or is not finite. Cost: about 4m·n² − 4n³/3 flops for m ≥ n (less for long matrices), in
 * float64. Differentiable to any order: once everywhere (where values coincide, with the computed basis; at 0 one-sided), twice
 * where they are distinct (their sum as the norm 'nuc' everywhere but at 0).
 */
export function svdvals(a: Tensor): Tensor {
  return svdvalsFor('svdvals', a);
}

/** {@link svdvals} for a function that compares them: throws where the largest one overflows. */
export function finiteSvdvals(name: string, a: Tensor): Tensor {
  const s = svdvalsFor(name, a);
  const k = s.shape[s.order - 1];
  const bad = flatten(s).indexOf(Number.POSITIVE_INFINITY);
  if (bad >= 0) {
    const which = nameMatrix(Math.floor(bad / k), s.shape.slice(0, -1));
    throw new RangeError(`${name}: the largest singular value of ${which} overflows: it is Infinity`);
  }
  return s;
}

/** {@link svdvals} for another function, which its errors name; `uniform`: of which only the sum is used. */
export function svdvalsFor(name: string, a: Tensor, uniform = false): Tensor {
  checkMatrix(name, a);
  return apply(svdvalsOp, [astype(a, toFloating(a.dtype))], { name, uniform });
}
