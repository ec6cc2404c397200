import { allFold, anyFold, countNonzeroFold, type Fold, reduce } from '../../kernels/reduce/index.js';
import type { Op } from '../op.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import type { Tensor } from '../tensor.js';
import { applyReduction, type ReduceOptions } from './sum-broadcast.js';

function counting(name: string, fold: Fold, dtype: 'bool' | 'int32'): Op<readonly number[]> {
  return {
    name,
    infer: ([x], axes) => reducedSpec(x, axes, dtype),
    compute: (out, [x], axes) => {
      const plan = reductionPlan(x, axes);
      reduce(fold, out.data, plan.data, plan.offset, plan.shape, plan.strides, plan.n, plan.stride);
    },
    vjp: null,
  };
}

export const anyOp: Op<readonly number[]> = /* @__PURE__ */ counting('any', anyFold, 'bool');
export const allOp: Op<readonly number[]> = /* @__PURE__ */ counting('all', allFold, 'bool');
export const countNonzeroOp: Op<readonly number[]> = /* @__PURE__ */ counting(
  'countNonzero',
  countNonzeroFold,
  'int32',
);

/** Whether an element over `axes` is true, or other than 0 (NaN is); false of nothing. Not differentiable. */
export function any(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(anyOp, x, options);
}

/** Whether all elements over `axes` are true, or other than 0; true of nothing. Not differentiable. */
export function all(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(allOp, x, options);
}

/** How many elements over `axes` are other than 0, as int32. Not differentiable. */
export function countNonzero(x: Tensor, options: ReduceOptions = {}): Tensor {
  return applyReduction(countNonzeroOp, x, options);
}
