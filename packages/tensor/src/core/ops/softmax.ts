import { logSumExp, softmax as softmaxKernel } from '../../kernels/softmax/index.js';
import { expectTensor } from '../as-tensor.js';
import { isFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import { normalizeAxes, normalizeAxis } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import { flatten, type Tensor } from '../tensor.js';
import { add, div, mul, sub } from './arithmetic.js';
import { astype } from './astype.js';
import { equal } from './compare.js';
import { exp, log } from './exponential.js';
import { max } from './reduce.js';
import { dropAxes, type ReduceOptions, reduceOptions, sum } from './sum-broadcast.js';
import { where } from './where.js';

/** Along the last axis, of at least one element, of a floating tensor: one pass over a block of rows at a time, with the bits of the operations it is made of. */
function rowwise(name: string, log: boolean, rule: (g: Tensor, y: Tensor) => Tensor): Op<undefined> {
  return {
    name,
    overwrites: true,
    infer: ([x]) => x,
    compute: (out, [x]) => {
      const [to, from] = [out.data, flatten(x)];
      const n = x.shape[x.order - 1];
      if (to instanceof Float64Array && from instanceof Float64Array) softmaxKernel(to, from, x.size / n, n, log);
      else if (to instanceof Float32Array && from instanceof Float32Array) softmaxKernel(to, from, x.size / n, n, log);
    },
    vjp: (g, y) => [rule(g, y)],
  };
}

const along = { axes: -1, keepDims: true } as const;

export const softmaxOp: Op<undefined> = /* @__PURE__ */ rowwise('softmax', false, (g, y) => {
  const product = mul(g, y);
  return sub(product, mul(y, sum(product, along)));
});

export const logSoftmaxOp: Op<undefined> = /* @__PURE__ */ rowwise('logSoftmax', true, (g, y) =>
  sub(g, mul(exp(y), sum(g, along))),
);

/**
 * Of a floating tensor, over axes that stay as axes of size 1; with the bits of the operations that {@link logsumexp} is made of where it is differentiated.
 * Those share their exponentials with the backward pass, which would otherwise have to work them out again (128 rows of 10 in a compiled step:
 * 10 µs with the derivative, 20 by way of softmax).
 */
export const logsumexpOp: Op<readonly number[]> = {
  name: 'logsumexp',
  overwrites: true,
  infer: ([x], axes) => reducedSpec(x, axes, x.dtype),
  compute: (out, [x], axes) => {
    const { data, offset, shape, strides, n, stride } = reductionPlan(x, axes);
    const to = out.data;
    if (to instanceof Float64Array && data instanceof Float64Array)
      logSumExp(to, data, offset, shape, strides, n, stride);
    else if (to instanceof Float32Array && data instanceof Float32Array)
      logSumExp(to, data, offset, shape, strides, n, stride);
  },
  vjp: null,
};

/** ln Σ eˣ over `axes`, without overflow; −Infinity of nothing and of nothing but −Infinity. */
export function logsumexp(x: Tensor, options: ReduceOptions = {}): Tensor {
  expectTensor('logsumexp', x);
  checkOptions('logsumexp', options, reduceOptions);
  const { axes, keepDims = false } = options;
  const list = normalizeAxes('logsumexp', axes, x.order);
  if (x.node === undefined) {
    const floating = isFloating(x.dtype) ? x : astype(x, 'float64');
    return dropAxes(apply(logsumexpOp, [floating], list), list, keepDims);
  }
  const { shift, powers } = shifted(x, list);
  return dropAxes(add(log(sum(powers, { axes: list, keepDims: true })), shift), list, keepDims);
}

/** x − ln Σ eˣ along `axis` (default −1). */
export function logSoftmax(x: Tensor, options: { readonly axis?: number } = {}): Tensor {
  const list = axisOf('logSoftmax', x, options);
  if (isRowwise(x, list[0])) return apply(logSoftmaxOp, [x], undefined);
  const { difference, powers } = shifted(x, list);
  return sub(difference, log(sum(powers, { axes: list, keepDims: true })));
}

/** eˣ / Σ eˣ along `axis` (default −1), without overflow; NaN along an axis of nothing but −Infinity. */
export function softmax(x: Tensor, options: { readonly axis?: number } = {}): Tensor {
  const list = axisOf('softmax', x, options);
  if (isRowwise(x, list[0])) return apply(softmaxOp, [x], undefined);
  const { powers } = shifted(x, list);
  return div(powers, sum(powers, { axes: list, keepDims: true }));
}

function axisOf(op: string, x: Tensor, options: { readonly axis?: number }): [number] {
  expectTensor(op, x);
  checkOptions(op, options, { axis: 'number' });
  return [normalizeAxis(op, options.axis ?? -1, x.order)];
}

function isRowwise(x: Tensor, axis: number): boolean {
  return axis === x.order - 1 && x.shape[axis] > 0 && isFloating(x.dtype);
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
