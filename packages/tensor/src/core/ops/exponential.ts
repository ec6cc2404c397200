import {
  exp2Kernel,
  expKernel,
  expm1Kernel,
  log1pKernel,
  log2Kernel,
  log10Kernel,
  logKernel,
} from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { add, div, mul } from './arithmetic.js';
import { type ElementwiseOp, unary } from './elementwise.js';

export const expOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'exp',
  lane: 'exp',
  kernel: expKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, y) => mul(g, y),
});

export const exp2Op: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'exp2',
  kernel: exp2Kernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, y) => mul(g, mul(y, Math.LN2)),
});

export const expm1Op: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'expm1',
  kernel: expm1Kernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, y) => mul(g, add(y, 1)),
});

export const logOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'log',
  lane: 'log',
  kernel: logKernel,
  result: 'floating',
  domain: [0.25, 8],
  vjp: (g, _y, x) => div(g, x),
});

export const log1pOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'log1p',
  kernel: log1pKernel,
  result: 'floating',
  domain: [-0.75, 8],
  vjp: (g, _y, x) => div(g, add(x, 1)),
});

export const log2Op: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'log2',
  kernel: log2Kernel,
  result: 'floating',
  domain: [0.25, 8],
  vjp: (g, _y, x) => div(g, mul(x, Math.LN2)),
});

export const log10Op: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'log10',
  kernel: log10Kernel,
  result: 'floating',
  domain: [0.25, 8],
  vjp: (g, _y, x) => div(g, mul(x, Math.LN10)),
});

/** eˣ. */
export function exp(x: TensorLike): Tensor {
  return applyUnary(expOp, x);
}

/** 2ˣ. */
export function exp2(x: TensorLike): Tensor {
  return applyUnary(exp2Op, x);
}

/** eˣ − 1, accurate near 0. */
export function expm1(x: TensorLike): Tensor {
  return applyUnary(expm1Op, x);
}

/** Natural logarithm; −Infinity at 0, NaN below. */
export function log(x: TensorLike): Tensor {
  return applyUnary(logOp, x);
}

/** ln(1 + x), accurate near 0. */
export function log1p(x: TensorLike): Tensor {
  return applyUnary(log1pOp, x);
}

/** Logarithm to base 2, exact for powers of 2; −Infinity at 0, NaN below. */
export function log2(x: TensorLike): Tensor {
  return applyUnary(log2Op, x);
}

/** Logarithm to base 10, exact for powers of 10; −Infinity at 0, NaN below. */
export function log10(x: TensorLike): Tensor {
  return applyUnary(log10Op, x);
}
