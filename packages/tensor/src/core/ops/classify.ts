import { isFiniteKernel, isInfKernel, isNaNKernel } from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { type ElementwiseOp, unary } from './elementwise.js';

export const isNaNOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'isNaN',
  kernel: isNaNKernel,
  result: 'bool',
  domain: [-2, 2],
  vjp: null,
});

export const isFiniteOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'isFinite',
  kernel: isFiniteKernel,
  result: 'bool',
  domain: [-2, 2],
  vjp: null,
});

export const isInfOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'isInf',
  kernel: isInfKernel,
  result: 'bool',
  domain: [-2, 2],
  vjp: null,
});

/** Whether x is NaN, as bool. Not differentiable. */
function nan(x: TensorLike): Tensor {
  return applyUnary(isNaNOp, x);
}

/** Whether x is neither NaN nor infinite, as bool. Not differentiable. */
function finite(x: TensorLike): Tensor {
  return applyUnary(isFiniteOp, x);
}

/** Whether x is Infinity or −Infinity, as bool. Not differentiable. */
export function isInf(x: TensorLike): Tensor {
  return applyUnary(isInfOp, x);
}

// The globals of these names are not shadowed in here.
export { finite as isFinite, nan as isNaN };
