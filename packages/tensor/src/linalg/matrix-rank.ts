import { expectTensor } from '../core/as-tensor.js';
import { toFloating } from '../core/dtype.js';
import { apply, type Op } from '../core/op.js';
import { astype } from '../core/ops/astype.js';
import { reshape } from '../core/ops/reshape.js';
import { checkOptions } from '../core/options.js';
import { stopGradient } from '../core/stop-gradient.js';
import { flatten, type Tensor } from '../core/tensor.js';
import { stackSizes } from './matrices.js';
import { finiteSvdvals } from './svdvals.js';
import { checkTolerance, epsilonOf } from './tolerance.js';

/** Options of {@link matrixRank}; one of the two at most. */
export interface MatrixRankOptions {
  /** Singular values up to this one count as 0. */
  readonly tol?: number;
  /** Singular values of at most rtol times the largest count as 0. Default: max(m, n) times the epsilon of the dtype. */
  readonly rtol?: number;
}

interface Params {
  readonly tol: number;
  readonly rtol: number;
}

export const matrixRankOp: Op<Params> = {
  name: 'matrixRank',
  infer: ([a]) => ({ shape: a.shape.slice(0, -2), dtype: 'int32' }),
  compute: (out, [a], { tol, rtol }) => {
    const { rows, cols, count } = stackSizes(a.shape);
    const k = Math.min(rows, cols);
    const s = flatten(finiteSvdvals('matrixRank', stopGradient(a)));
    for (let q = 0; q < count; q++) {
      const bound = Math.max(tol, rtol * s[q * k]);
      let rank = 0;
      while (rank < k && s[q * k + rank] > bound) rank++;
      out.data[q] = rank;
    }
  },
  vjp: null,
};

/**
 * The number of singular values that do not count as 0, of each matrix of a [..., m, n], as int32 [...]; of a tensor of order 0 or 1 (NumPy's
 * rule) whether any element is not 0.
 *
 * Options: {@link MatrixRankOptions}. Throws a RangeError when a is not finite, its largest singular value overflows, a tolerance is negative or both are
 * given. Cost: that of svdvals. Not differentiable.
 */
export function matrixRank(a: Tensor, options: MatrixRankOptions = {}): Tensor {
  expectTensor('matrixRank', a);
  checkOptions('matrixRank', options, { tol: 'number', rtol: 'number' });
  const { tol, rtol } = options;
  checkTolerance('matrixRank', 'tol', tol);
  checkTolerance('matrixRank', 'rtol', rtol);
  if (tol !== undefined && rtol !== undefined)
    throw new RangeError(`matrixRank: both tol and rtol are given: ${tol}, ${rtol}`);
  const dtype = toFloating(a.dtype);
  const x = astype(a.order < 2 ? reshape(a, [1, a.size]) : a, dtype);
  const { rows, cols } = stackSizes(x.shape);
  const relative = tol === undefined ? (rtol ?? Math.max(rows, cols) * epsilonOf(dtype)) : 0;
  return apply(matrixRankOp, [x], { tol: tol ?? 0, rtol: relative });
}
