import { ceilKernel, floorKernel, roundKernel, truncKernel } from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { type ElementwiseOp, unary } from './elementwise.js';

// Piecewise constant: derivative zero wherever there is one.
export const floorOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'floor',
  kernel: floorKernel,
  result: 'number',
  domain: [-3, 3],
  kinks: [-3, -2, -1, 0, 1, 2, 3],
  vjp: () => undefined,
});

export const ceilOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'ceil',
  kernel: ceilKernel,
  result: 'number',
  domain: [-3, 3],
  kinks: [-3, -2, -1, 0, 1, 2, 3],
  vjp: () => undefined,
});

export const truncOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'trunc',
  kernel: truncKernel,
  result: 'number',
  domain: [-3, 3],
  kinks: [-3, -2, -1, 0, 1, 2, 3],
  vjp: () => undefined,
});

export const roundOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'round',
  kernel: roundKernel,
  result: 'number',
  domain: [-3, 3],
  kinks: [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5],
  vjp: () => undefined,
});

/** Largest integer not above x; derivative zero. */
export function floor(x: TensorLike): Tensor {
  return applyUnary(floorOp, x);
}

/** Smallest integer not below x; derivative zero. */
export function ceil(x: TensorLike): Tensor {
  return applyUnary(ceilOp, x);
}

/** The integer next to x on the way to 0; derivative zero. */
export function trunc(x: TensorLike): Tensor {
  return applyUnary(truncOp, x);
}

/** Nearest integer, of two the even one, as in NumPy: 0.5 and −0.5 go to 0, 1.5 and 2.5 to 2; derivative zero. */
export function round(x: TensorLike): Tensor {
  return applyUnary(roundOp, x);
}
