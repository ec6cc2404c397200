import {
  type ElementwiseBinary,
  equalKernel,
  greaterEqualKernel,
  greaterKernel,
  lessEqualKernel,
  lessKernel,
  notEqualKernel,
} from '../../kernels/elementwise/index.js';
import { asTensor, type TensorLike } from '../as-tensor.js';
import { apply } from '../op.js';
import type { Tensor } from '../tensor.js';
import { binary, type ElementwiseOp } from './elementwise.js';

function comparison(name: string, kernel: ElementwiseBinary): ElementwiseOp {
  return binary({
    name,
    kernel,
    result: 'bool',
    domain: [
      [-2, 2],
      [-2, 2],
    ],
    kinks: [0],
    vjp: null,
  });
}

export const equalOp: ElementwiseOp = /* @__PURE__ */ comparison('equal', equalKernel);
export const notEqualOp: ElementwiseOp = /* @__PURE__ */ comparison('notEqual', notEqualKernel);
export const lessOp: ElementwiseOp = /* @__PURE__ */ comparison('less', lessKernel);
export const lessEqualOp: ElementwiseOp = /* @__PURE__ */ comparison('lessEqual', lessEqualKernel);
export const greaterOp: ElementwiseOp = /* @__PURE__ */ comparison('greater', greaterKernel);
export const greaterEqualOp: ElementwiseOp = /* @__PURE__ */ comparison('greaterEqual', greaterEqualKernel);

/** a = b elementwise, as bool. NaN equals nothing. */
export function equal(a: TensorLike, b: TensorLike): Tensor {
  return compare(equalOp, a, b);
}

/** a ≠ b elementwise, as bool. */
export function notEqual(a: TensorLike, b: TensorLike): Tensor {
  return compare(notEqualOp, a, b);
}

/** a < b elementwise, as bool. */
export function less(a: TensorLike, b: TensorLike): Tensor {
  return compare(lessOp, a, b);
}

/** a ≤ b elementwise, as bool. */
export function lessEqual(a: TensorLike, b: TensorLike): Tensor {
  return compare(lessEqualOp, a, b);
}

/** a > b elementwise, as bool. */
export function greater(a: TensorLike, b: TensorLike): Tensor {
  return compare(greaterOp, a, b);
}

/** a ≥ b elementwise, as bool. */
export function greaterEqual(a: TensorLike, b: TensorLike): Tensor {
  return compare(greaterEqualOp, a, b);
}

function compare(op: ElementwiseOp, a: TensorLike, b: TensorLike): Tensor {
  return apply(op, [asTensor(op.name, a, b), asTensor(op.name, b, a)], undefined);
}
