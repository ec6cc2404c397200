import { prodFold, reduce } from '../../kernels/reduce/index.js';
import type { Op } from '../op.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import { sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { mul } from './arithmetic.js';
import { reshape } from './reshape.js';
import { productBefore } from './scan.js';
import { applyReduction, type ReduceOptions } from './sum-broadcast.js';
import { inversePermutation, transpose } from './transpose.js';

export const prodOp: Op<readonly number[]> = {
  name: 'prod',
  infer: ([x], axes) => reducedSpec(x, axes, x.dtype === 'bool' ? 'int32' : x.dtype),
  compute: (out, [x], axes) => {
    const plan = reductionPlan(x, axes);
    reduce(prodFold, out.data, plan.data, plan.offset, plan.shape, plan.strides, plan.n, plan.stride);
  },
  // The product of all factors but one is that of those before times that of those after it: no division, so zeros do not matter.
  vjp: (g, _y, [x], axes) => {
    const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
    const order = [...kept, ...axes];
    const moved = transpose(x, order);
    const rows = reshape(moved, [...kept.map((axis) => x.shape[axis]), sizeOf(axes.map((axis) => x.shape[axis]))]);
    const axis = kept.length;
    const others = mul(productBefore(rows, { axis, reverse: false }), productBefore(rows, { axis, reverse: true }));
    return [mul(g, transpose(reshape(others, moved.shape), inversePermutation(order)))];
  },
};

/** Product of the elements over `axes`, 1 of nothing. int32 wraps around. The derivative is right however many zeros there are. */
export function prod(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(prodOp, x, options);
}
