import { expectTensor } from '../as-tensor.js';
import { normalizeAxes, normalizeAxis } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import type { Tensor } from '../tensor.js';
import { add, div, sub } from './arithmetic.js';
import { equal } from './compare.js';
import { max } from './reduce.js';
import { dropAxes, type ReduceOptions, sum } from './sum-broadcast.js';
import { exp, log } from './unary.js';
import { where } from './where.js';

/** ln Σ eˣ over `axes`, without overflow; −Infinity of nothing and of nothing but −Infinity. */
export function logsumexp(x: Tensor, { axes, keepDims = false }: ReduceOptions = {}): Tensor {
  expectTensor('logsumexp', x);
  const list = normalizeAxes('logsumexp', axes, x.order);
  const { shift, powers } = shifted(x, list);
  return dropAxes(add(log(sum(powers, { axes: list, keepDims: true })), shift), list, keepDims);
}

/** x − ln Σ eˣ along `axis` (default −1). */
export function logSoftmax(x: Tensor, { axis = -1 }: { axis?: number } = {}): Tensor {
  expectTensor('logSoftmax', x);
  const list = [normalizeAxis('logSoftmax', axis, x.order)];
  const { difference, powers } = shifted(x, list);
  return sub(difference, log(sum(powers, { axes: list, keepDims: true })));
}

/** eˣ / Σ eˣ along `axis` (default −1), without overflow; NaN along an axis of nothing but −Infinity. */
export function softmax(x: Tensor, { axis = -1 }: { axis?: number } = {}): Tensor {
  expectTensor('softmax', x);
  const list = [normalizeAxis('softmax', axis, x.order)];
  const { powers } = shifted(x, list);
  return div(powers, sum(powers, { axes: list, keepDims: true }));
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
