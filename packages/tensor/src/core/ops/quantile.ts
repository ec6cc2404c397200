import { expectTensor } from '../as-tensor.js';
import { describeValue, showValue } from '../describe-value.js';
import { isFloating } from '../dtype.js';
import { checkOptions } from '../options.js';
import { normalizeAxes, showShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { add, mul, sub } from './arithmetic.js';
import { astype } from './astype.js';
import { isFinite as finite } from './classify.js';
import { notEqual } from './compare.js';
import { stack } from './concat.js';
import { reshape } from './reshape.js';
import { slice } from './slice.js';
import { sort } from './sort.js';
import { type ReduceOptions, reduceOptions } from './sum-broadcast.js';
import { transpose } from './transpose.js';
import { where } from './where.js';

/**
 * The q-th quantile over `axes` (default: all), 0 ≤ q ≤ 1, by linear interpolation between the sorted elements around place q·(n − 1), NumPy's default; NaN where
 * there is one. For an array of q the results are stacked along a new first axis. Differentiable: each result depends on two elements. Throws a
 * RangeError for q outside [0, 1] and for no elements. Costs a sort.
 */
export function quantile(x: Tensor, q: number | readonly number[], options: ReduceOptions = {}): Tensor {
  return quantilesOf('quantile', x, q, 1, options);
}

/** {@link quantile} with q given in percent, from 0 to 100. */
export function percentile(x: Tensor, q: number | readonly number[], options: ReduceOptions = {}): Tensor {
  return quantilesOf('percentile', x, q, 100, options);
}

/** The middle of the sorted elements over `axes` (default: all), or the mean of the two in the middle; NaN where there is one. */
export function median(x: Tensor, options: ReduceOptions = {}): Tensor {
  return quantilesOf('median', x, 0.5, 1, options, halfway);
}

/** The value at a fraction t of the way from a to b. */
type Between = (a: Tensor, b: Tensor, t: number) => Tensor;

function quantilesOf(
  op: string,
  x: Tensor,
  q: number | readonly number[],
  whole: number,
  options: ReduceOptions,
  between: Between = linear,
): Tensor {
  expectTensor(op, x);
  checkOptions(op, options, reduceOptions);
  const list = typeof q === 'number' ? [q] : q;
  if (!Array.isArray(list))
    throw new TypeError(`${op}: q must be a number or an array of them, got ${describeValue(q)}`);
  for (const one of list) {
    if (typeof one !== 'number') throw new TypeError(`${op}: q must be made of numbers, got ${showValue(one)}`);
    if (!(one >= 0 && one <= whole)) throw new RangeError(`${op}: q must be from 0 to ${whole}, got ${one}`);
  }
  const axes = normalizeAxes(op, options.axes, x.order);
  const n = sizeOf(axes.map((axis) => x.shape[axis]));
  if (n === 0) throw new RangeError(`${op}: no elements along axes [${axes.join(', ')}] of ${showShape(x.shape)}`);
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const values = isFloating(x.dtype) ? x : astype(x, 'float64');
  const sizes = kept.map((axis) => x.shape[axis]);
  const rows = sort(reshape(transpose(values, [...kept, ...axes]), [...sizes, n]));
  const shape = options.keepDims ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) : sizes;
  const results = list.map((one) => reshape(interpolate(rows, (one / whole) * (n - 1), between), shape));
  if (typeof q === 'number') return results[0];
  if (results.length === 0) throw new RangeError(`${op}: needs at least one q`);
  return stack(results);
}

/** Entry `at`, a place between the first and the last, of sorted rows. */
function interpolate(rows: Tensor, at: number, between: Between): Tensor {
  const n = rows.shape[rows.order - 1];
  const lead = new Array<undefined>(rows.order - 1).fill(undefined);
  const entry = (i: number): Tensor => slice(rows, [...lead, i]);
  const low = Math.floor(at);
  const t = at - low;
  const last = entry(n - 1);
  const a = entry(low);
  if (t === 0) return where(notEqual(last, last), last, a);
  const b = entry(low + 1);
  return where(notEqual(last, last), last, between(a, b, t));
}

/** From the nearer end, as NumPy does, so that it is exact at both and does not decrease in between. */
function linear(a: Tensor, b: Tensor, t: number): Tensor {
  const gap = sub(b, a);
  return t < 0.5 ? add(a, mul(gap, t)) : sub(b, mul(gap, 1 - t));
}

/** {@link linear} in the middle, and the mean as well where the gap is infinite or NaN: of elements that are infinite, or far apart. */
function halfway(a: Tensor, b: Tensor): Tensor {
  return where(finite(sub(b, a)), linear(a, b, 0.5), add(mul(a, 0.5), mul(b, 0.5)));
}
