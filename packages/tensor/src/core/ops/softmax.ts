import { expectTensor } from '../as-tensor.js';
import { checkOptions } from '../options.js';
import { normalizeAxes, normalizeAxis } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import type { Tensor } from '../tensor.js';
import { add, div, sub } from './arithmetic.js';
import { equal } from './compare.js';
import { exp, log } from './exponential.js';
import { max } from './reduce.js';
import { dropAxes, type ReduceOptions, reduceOptions, sum } from './sum-broadcast.js';
import { where } from './where.js';

/** ln Σ eˣ over `axes`, without overflow; −Infinity of nothing and of nothing but −Infinity. */
export function logsumexp(x: Tensor, options: ReduceOptions = {}): Tensor {
  expectTensor('logsumexp', x);
  checkOptions('logsumexp', options, reduceOptions);
  const { axes, keepDims = false } = options;
  const list = normalizeAxes('logsumexp', axes, x.order);
  const { shift, powers } = shifted(x, list);
  return dropAxes(add(log(sum(powers, { axes: list, keepDims: true })), shift), list, keepDims);
}

/** x − ln Σ eˣ along `axis` (default −1). */
export function logSoftmax(x: Tensor, options: { readonly axis?: number } = {}): Tensor {
  const list = axisOf('logSoftmax', x, options);
  const { difference, powers } = shifted(x, list);
  return sub(difference, log(sum(powers, { axes: list, keepDims: true })));
}

/** eˣ / Σ eˣ along `axis` (default −1), without overflow; NaN along an axis of nothing but −Infinity. */
export function softmax(x: Tensor, options: { readonly axis?: number } = {}): Tensor {
  const list = axisOf('softmax', x, options);
  const { powers } = shifted(x, list);
  return div(powers, sum(powers, { axes: list, keepDims: true }));
}

function axisOf(op: string, x: Tensor, options: { readonly axis?: number }): [number] {
  expectTensor(op, x);
  checkOptions(op, options, { axis: 'number' });
  return [normalizeAxis(op, options.axis ?? -1, x.order)];
}

/** The largest element along the axes, x minus it, and e to that: what the three have in common. */
function shifted(x: Tensor, axes: readonly number[]): { shift: Tensor | number; difference: Tensor; powers: Tensor } {
  const shift = axes.some((axis) => x.shape[axis] === 0) ? 0 : finiteMaximum(x, axes);
  const difference = sub(x, shift);
  return { shift, difference, powers: exp(difference) };
}

/** 0 where the maximum is infinite: the difference would be NaN, while exp and log do what they should without a shift. */
function finiteMaximum(x: Tensor, axes: readonly number[]): Tensor {
  const top = stopGradient(max(x, { axes, keepDims: true }));
  return where(equal(sub(top, top), 0), top, 0);
}
