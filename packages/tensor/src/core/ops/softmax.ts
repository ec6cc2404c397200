import { logSumExp, softmax as softmaxKernel } from '../../kernels/softmax/index.js';
import { expectTensor } from '../as-tensor.js';
import { isFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import { normalizeAxis, sizeOf } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import { flatten, type Tensor } from '../tensor.js';
import { div, mul, sub } from './arithmetic.js';
import { astype } from './astype.js';
import { equal } from './compare.js';
import { exp, log } from './exponential.js';
import { max } from './reduce.js';
import { reshape } from './reshape.js';
import { applyReduction, type ReduceOptions, sum } from './sum-broadcast.js';
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

/** Of a floating tensor, over axes that stay as axes of size 1; its derivative is the softmax over the same axes. */
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
  vjp: (g, _y, [x], axes) => [mul(g, softmaxOver(x, axes))],
};

/** ln Σ eˣ over `axes`, without overflow; −Infinity of nothing and of nothing but −Infinity. */
export function logsumexp(x: Tensor, options: ReduceOptions = {}): Tensor {
  expectTensor('logsumexp', x);
  return applyReduction(logsumexpOp, isFloating(x.dtype) ? x : astype(x, 'float64'), options);
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
  return softmaxOver(x, list);
}

/** Over several axes; as rows where they are the last ones. */
function softmaxOver(x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.order - axes.length;
  const n = sizeOf(axes.map((axis) => x.shape[axis]));
  if (n > 0 && axes.length > 0 && axes[0] === kept && isFloating(x.dtype)) {
    const rows = reshape(x, [...x.shape.slice(0, kept), n]);
    return reshape(apply(softmaxOp, [rows], undefined), x.shape);
  }
  const { powers } = shifted(x, axes);
  return div(powers, sum(powers, { axes, keepDims: true }));
}

function axisOf(op: string, x: Tensor, options: { readonly axis?: number }): [number] {
  expectTensor(op, x);
  checkOptions(op, options, { axis: 'number' });
  return [normalizeAxis(op, options.axis ?? -1, x.order)];
}

function isRowwise(x: Tensor, axis: number): boolean {
  return axis === x.order - 1 && x.shape[axis] > 0 && isFloating(x.dtype);
}

/** x minus the largest element along the axes, and e to that: what softmax and its logarithm have in common. */
function shifted(x: Tensor, axes: readonly number[]): { difference: Tensor; powers: Tensor } {
  const shift = axes.some((axis) => x.shape[axis] === 0) ? 0 : finiteMaximum(x, axes);
  const difference = sub(x, shift);
  return { difference, powers: exp(difference) };
}

/** 0 where the maximum is infinite: the difference would be NaN, while exp and log do what they should without a shift. */
function finiteMaximum(x: Tensor, axes: readonly number[]): Tensor {
  const top = stopGradient(max(x, { axes, keepDims: true }));
  return where(equal(sub(top, top), 0), top, 0);
}
