import { allFold, anyFold, countNonzeroFold, type Fold, reduce } from '../../kernels/reduce/index.js';
import { expectTensor } from '../as-tensor.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { reducedSpec, reductionPlan } from '../reduction.js';
import { normalizeAxes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { dropAxes, type ReduceOptions, reduceOptions } from './sum-broadcast.js';

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
  return run('any', anyOp, x, options);
}

/** Whether all elements over `axes` are true, or other than 0; true of nothing. Not differentiable. */
export function all(x: Tensor, options: ReduceOptions = {}): Tensor {
  return run('all', allOp, x, options);
}

/** How many elements over `axes` are other than 0, as int32. Not differentiable. */
export function countNonzero(x: Tensor, options: ReduceOptions = {}): Tensor {
  return run('countNonzero', countNonzeroOp, x, options);
}

function run(name: string, op: Op<readonly number[]>, x: Tensor, options: ReduceOptions): Tensor {
  expectTensor(name, x);
  checkOptions(name, options, reduceOptions);
  const { axes, keepDims = false } = options;
  const list = normalizeAxes(name, axes, x.order);
  return dropAxes(apply(op, [x], list), list, keepDims);
}
