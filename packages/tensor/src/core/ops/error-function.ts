import { erfcKernel, erfKernel } from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { mul, neg } from './arithmetic.js';
import { type ElementwiseOp, unary } from './elementwise.js';
import { exp } from './exponential.js';
import { square } from './roots.js';

const TWO_OVER_SQRT_PI = 1.1283791670955126;

export const erfOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'erf',
  kernel: erfKernel,
  result: 'floating',
  domain: [-3, 3],
  vjp: (g, _y, x) => mul(g, slope(x)),
});

export const erfcOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'erfc',
  kernel: erfcKernel,
  result: 'floating',
  domain: [-3, 3],
  vjp: (g, _y, x) => neg(mul(g, slope(x))),
});

/** Error function 2/√π·∫₀ˣ e^(−t²) dt. */
export function erf(x: TensorLike): Tensor {
  return applyUnary(erfOp, x);
}

/** 1 − erf x, without cancellation: accurate down to the smallest numbers. */
export function erfc(x: TensorLike): Tensor {
  return applyUnary(erfcOp, x);
}

/** 2/√π·e^(−x²). */
function slope(x: Tensor): Tensor {
  return mul(exp(neg(square(x))), TWO_OVER_SQRT_PI);
}
