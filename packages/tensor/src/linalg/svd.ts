import { toFloating } from '../core/dtype.js';
import { applyMulti, type MultiOp } from '../core/op.js';
import { astype } from '../core/ops/astype.js';
import { slice } from '../core/ops/slice.js';
import { checkOptions } from '../core/options.js';
import { showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { svd as decompose } from '../kernels/svd/index.js';
import { fillFloat64 } from './fill-float64.js';
import { checkMatrix, copyFinite, nameMatrix, stackSizes } from './matrices.js';
import { pullSvd } from './svd-rule.js';

/** Options of {@link svd}. */
export interface SvdOptions {
  /** Square orthogonal factors: u [..., m, m] and vt [..., n, n]; else u [..., m, k] and vt [..., k, n]. Default: false. */
  readonly fullMatrices?: boolean;
}

export const svdDefaults: Required<SvdOptions> = { fullMatrices: false };

/** a = u·diag(s)·vt. */
export interface SvdResult {
  /** Orthonormal columns; the component of largest magnitude of each is positive. */
  readonly u: Tensor;
  /** [..., k], k = min(m, n), descending, not negative. */
  readonly s: Tensor;
  /** Orthonormal rows: vᵀ, what NumPy calls vh. */
  readonly vt: Tensor;
}

interface Params extends Required<SvdOptions> {
  /** Who asks, for messages. */
  readonly name: string;
}

// Outputs: u, s, vt.
export const svdOp: MultiOp<Params> = {
  name: 'svd',
  infer: ([a], { fullMatrices }) => {
    const { rows, cols, batch } = stackSizes(a.shape);
    const k = Math.min(rows, cols);
    return [
      { shape: [...batch, rows, fullMatrices ? rows : k], dtype: a.dtype },
      { shape: [...batch, k], dtype: a.dtype },
      { shape: [...batch, fullMatrices ? cols : k, cols], dtype: a.dtype },
    ];
  },
  compute: (outs, [a], { name }) => {
    const { rows: m, cols: n, batch, count } = stackSizes(a.shape);
    const matrices = copyFinite(name, a);
    const k = Math.min(m, n);
    const uCols = outs[0].shape[outs[0].order - 1];
    const vtRows = outs[2].shape[outs[2].order - 2];
    fillFloat64(outs, (u, s, vt) => {
      for (let q = 0; q < count; q++) {
        const failed = decompose(
          m,
          n,
          matrices,
          q * m * n,
          s,
          q * k,
          u,
          q * m * uCols,
          uCols,
          vt,
          q * vtRows * n,
          vtRows,
        );
        if (failed >= 0)
          throw new Error(`${name}: singular value ${failed} of ${nameMatrix(q, batch)} did not converge`);
      }
    });
  },
  vjp: ([gu, gs, gvt], [u, s, vt], [a], { name }) => {
    const k = s.shape[s.order - 1];
    const extraU = u.shape[u.order - 1] > k;
    const extraV = vt.shape[vt.order - 2] > k;
    if ((gu && extraU) || (gvt && extraV)) {
      throw new TypeError(
        `${name}: singular vectors that belong to no singular value are not unique and have no derivative: a is ${showShape(a.shape)}; use fullMatrices: false`,
      );
    }
    const first = { stop: k };
    const every = s.shape.slice(0, -1).map(() => undefined);
    const left = extraU ? slice(u, [...every, undefined, first]) : u;
    const right = extraV ? slice(vt, [...every, first]) : vt;
    return [pullSvd(name, [left, s, right], { gu, gs, gvt })];
  },
};

/**
 * Singular value decomposition of each matrix of a [..., m, n], NumPy's convention: a = u·diag(s)·vt.
 *
 * Options: {@link SvdOptions}. Throws a RangeError when a has no two axes or is not finite. Error of every factor: a few (m + n)·eps,
 * times the largest value for s. Cost: about 4m·n² + 16n³ flops for m ≥ n, in float64; without vectors see {@link svdvals}.
 *
 * Differentiable to any order: s everywhere (where values coincide, with the computed basis; at 0 one-sided), u and vt where the
 * values they belong to are distinct, and not 0 if m ≠ n; once there too for functions of u and vt alone that do not tell vectors of
 * equal values apart, such as u·vt. Otherwise, and for the extra vectors of fullMatrices, the derivative throws.
 */
export function svd(a: Tensor, options: SvdOptions = {}): SvdResult {
  checkMatrix('svd', a);
  checkOptions('svd', options, { fullMatrices: 'boolean' });
  const { fullMatrices = svdDefaults.fullMatrices } = options;
  const [u, s, vt] = applyMulti(svdOp, [astype(a, toFloating(a.dtype))], { fullMatrices, name: 'svd' });
  return { u, s, vt };
}
