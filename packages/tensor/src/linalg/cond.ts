import { allocate } from '../core/allocate.js';
import { eye } from '../core/create.js';
import { toFloating } from '../core/dtype.js';
import { add, div, mul } from '../core/ops/arithmetic.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { equal } from '../core/ops/compare.js';
import { slice } from '../core/ops/slice.js';
import { where } from '../core/ops/where.js';
import { checkOptions } from '../core/options.js';
import { showShape } from '../core/shape.js';
import { Tensor } from '../core/tensor.js';
import { luFactors } from './lu-factors.js';
import { checkMatrix, checkSquare, stackSizes } from './matrices.js';
import { matrixNorm } from './matrix-norm.js';
import { type NormOrd, parseOrd } from './norm-ord.js';
import { invFor } from './solve.js';
import { finiteSvdvals } from './svdvals.js';

/** Options of {@link cond}. */
export interface CondOptions {
  /** The norm: 2 or -2 (any shape), or 1, -1, 'inf', '-inf', 'fro', 'nuc' (square matrices). Default: 2. */
  readonly p?: NormOrd;
}

export const condDefaults: Required<CondOptions> = { p: 2 };

/**
 * Condition numbers [...] of the matrices of a [..., m, n]: largest singular value by smallest (p = 2), the reverse (p = -2), else
 * ‖a‖·‖a⁻¹‖ in the norm p. Infinity for a singular matrix, where p = 2 takes one whose smallest computed singular value is 0.
 *
 * Options: {@link CondOptions}. Throws a RangeError when a is not finite, has no elements, is not square where it must be, or its largest
 * singular value or elimination overflows. Cost: that of svdvals, or of inv and two norms. Differentiable to any order, as {@link norm} is; not finite at a singular matrix.
 */
export function cond(a: Tensor, options: CondOptions = {}): Tensor {
  checkMatrix('cond', a);
  checkOptions('cond', options, { p: 'own' });
  const { p = condDefaults.p } = options;
  const ord = parseOrd('cond', 'p', p);
  const { rows, cols, batch } = stackSizes(a.shape);
  if (rows === 0 || cols === 0)
    throw new RangeError(`cond: a matrix without elements has no condition: a is ${showShape(a.shape)}`);
  const x = astype(a, toFloating(a.dtype));
  if (ord === 2 || ord === -2) {
    const s = finiteSvdvals('cond', x);
    const every = batch.map(() => undefined);
    const [largest, smallest] = [slice(s, [...every, 0]), slice(s, [...every, -1])];
    // A zero matrix has 0/0: any positive number over 0 will do.
    const [above, below] = ord === 2 ? [largest, smallest] : [smallest, largest];
    return div(where(equal(below, 0), 1, above), below);
  }
  checkSquare('cond', a);
  const { singular } = luFactors('cond', x);
  if (singular.every((pivot) => pivot < 0))
    return mul(matrixNorm('cond', x, ord), matrixNorm('cond', invFor('cond', x), ord));
  const flags = allocate('bool', singular.length).map((_, q) => Number(singular[q] >= 0));
  const flagged = new Tensor(flags, 'bool', batch);
  const regular = where(expandDims(flagged, [batch.length, batch.length + 1]), eye(rows, { dtype: x.dtype }), x);
  const product = mul(matrixNorm('cond', x, ord), matrixNorm('cond', invFor('cond', regular), ord));
  // Divided by 0 rather than replaced by Infinity, so that a derivative there is not taken for a number.
  return div(add(product, astype(flagged, x.dtype)), astype(equal(flagged, 0), x.dtype));
}
