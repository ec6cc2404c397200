import {
  acoshKernel,
  asinhKernel,
  atanhKernel,
  coshKernel,
  sinhKernel,
  tanhKernel,
} from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { add, div, mul, sub } from './arithmetic.js';
import { type ElementwiseOp, unary } from './elementwise.js';
import { hypot, sqrt, square } from './roots.js';

export const sinhOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'sinh',
  kernel: sinhKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, _y, x) => mul(g, cosh(x)),
});

export const coshOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'cosh',
  kernel: coshKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, _y, x) => mul(g, sinh(x)),
});

export const tanhOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'tanh',
  lane: 'tanh',
  kernel: tanhKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, y) => mul(g, sub(1, square(y))),
});

export const asinhOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'asinh',
  kernel: asinhKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, _y, x) => div(g, hypot(x, 1)),
});

export const acoshOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'acosh',
  kernel: acoshKernel,
  result: 'floating',
  domain: [1.25, 8],
  // x² − 1 would overflow for large x and lose its digits near 1.
  vjp: (g, _y, x) => div(g, mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))),
});

export const atanhOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'atanh',
  kernel: atanhKernel,
  result: 'floating',
  domain: [-0.875, 0.875],
  vjp: (g, _y, x) => div(g, mul(sub(1, x), add(x, 1))),
});

/** (eˣ − e⁻ˣ)/2. */
export function sinh(x: TensorLike): Tensor {
  return applyUnary(sinhOp, x);
}

/** (eˣ + e⁻ˣ)/2. */
export function cosh(x: TensorLike): Tensor {
  return applyUnary(coshOp, x);
}

/** Hyperbolic tangent. */
export function tanh(x: TensorLike): Tensor {
  return applyUnary(tanhOp, x);
}

/** Inverse of sinh. NumPy has it as `arcsinh` as well. */
export function asinh(x: TensorLike): Tensor {
  return applyUnary(asinhOp, x);
}

/** Inverse of cosh, from 0 on; NaN below 1. NumPy has it as `arccosh` as well. */
export function acosh(x: TensorLike): Tensor {
  return applyUnary(acoshOp, x);
}

/** Inverse of tanh; ±Infinity at ±1, NaN beyond. NumPy has it as `arctanh` as well. */
export function atanh(x: TensorLike): Tensor {
  return applyUnary(atanhOp, x);
}
