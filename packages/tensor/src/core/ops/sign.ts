import { absKernel, signKernel } from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { mul } from './arithmetic.js';
import { type ElementwiseOp, unary } from './elementwise.js';

// Convex and piecewise linear: at the kink the subgradient 0 is taken.
export const absOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'abs',
  lane: 'abs',
  kernel: absKernel,
  result: 'number',
  domain: [-10, 10],
  kinks: [0],
  vjp: (g, _y, x) => mul(g, sign(x)),
});

export const signOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'sign',
  lane: 'sign',
  kernel: signKernel,
  result: 'number',
  domain: [-3, 3],
  kinks: [0],
  vjp: () => undefined,
});

/** |x|; derivative 0 at 0. */
export function abs(x: TensorLike): Tensor {
  return applyUnary(absOp, x);
}

/** −1, 0 or 1; derivative zero. */
export function sign(x: TensorLike): Tensor {
  return applyUnary(signOp, x);
}
