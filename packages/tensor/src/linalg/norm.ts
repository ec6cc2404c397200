import { expectTensor } from '../core/as-tensor.js';
import { toFloating } from '../core/dtype.js';
import { astype } from '../core/ops/astype.js';
import { expandDims } from '../core/ops/axes.js';
import { dropAxes } from '../core/ops/sum-broadcast.js';
import { transpose } from '../core/ops/transpose.js';
import { checkOptions } from '../core/options.js';
import { normalizeAxis, showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { matrixNorm } from './matrix-norm.js';
import { type NormOrd, parseOrd } from './norm-ord.js';
import { vectorNorm } from './vector-norm.js';

/** Options of {@link norm}. */
export interface NormOptions {
  /** Which norm, see {@link norm}. Default: the Euclidean norm of all elements along the axes. */
  readonly ord?: NormOrd;
  /** One axis: vectors. Two, for rows and columns: matrices. Default: all of them; with `ord` x then has one or two. */
  readonly axes?: number | readonly number[];
  /** Keep the axes with size 1. Default: false. */
  readonly keepDims?: boolean;
}

/**
 * Norms of x or, with `axes`, of each vector or matrix in it:
 *
 *     ord                vector                      matrix
 *     none, 2            sqrt(Σ x²)                  none and 'fro': the same; 2: largest singular value
 *     1, 'inf', '-inf'   Σ |x|, max |x|, min |x|     largest sum of magnitudes of a column; of a row; smallest of a row
 *     0                  how many are not 0          –
 *     other p            (Σ |x|ᵖ)^(1/p)              -1: smallest sum of a column; -2: smallest singular value
 *     'nuc'              –                           sum of the singular values
 *
 * Neither overflows nor underflows unless the norm itself does (or a sum of ord 1). NaN and infinite elements follow IEEE 754; where
 * singular values are needed they are refused. A norm of nothing is 0. Throws a RangeError for axes or an ord that do not fit.
 *
 * Derivatives of any order, at kinks a subgradient: 0 at the zero vector and at zeros of ord 1; shared equally by elements or sums
 * that tie for max and min; the computed singular vectors where singular values tie. Not finite at zeros for p < 1; none for ord 0.
 */
export function norm(x: Tensor, options: NormOptions = {}): Tensor {
  expectTensor('norm', x);
  checkOptions('norm', options, { ord: 'own', axes: 'axes', keepDims: 'boolean' });
  const { ord, axes, keepDims = false } = options;
  const chosen = ord === undefined ? undefined : parseOrd('norm', 'ord', ord);
  const list = axesOf(x, axes);
  const value = astype(x, toFloating(x.dtype));
  if (chosen === undefined) return dropAxes(vectorNorm(value, 2, list), list, keepDims);
  if (list.length === 1) {
    if (typeof chosen === 'string')
      throw new RangeError(`norm: ord '${chosen}' needs two axes: x is ${showShape(x.shape)}`);
    return dropAxes(vectorNorm(value, chosen, list), list, keepDims);
  }
  if (list.length !== 2) {
    throw new RangeError(
      `norm: with ord one or two axes are needed: x is ${showShape(x.shape)}, axes are [${list.join(', ')}]`,
    );
  }
  const rest = x.shape.flatMap((_, axis) => (list.includes(axis) ? [] : [axis]));
  const result = matrixNorm('norm', transpose(value, [...rest, ...list]), chosen);
  return keepDims ? expandDims(result, list) : result;
}

/** Distinct axes in [0, order), in the order given: the first of two is that of the rows. */
function axesOf(x: Tensor, axes: NormOptions['axes']): number[] {
  if (axes === undefined) return x.shape.map((_, axis) => axis);
  const list = (typeof axes === 'number' ? [axes] : [...axes]).map((axis) => normalizeAxis('norm', axis, x.order));
  const twice = list.find((axis, i) => list.indexOf(axis) < i);
  if (twice !== undefined) throw new RangeError(`norm: axis ${twice} is named twice`);
  return list;
}
