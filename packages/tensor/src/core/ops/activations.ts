import {
  geluKernel,
  reluGradKernel,
  reluKernel,
  sigmoidKernel,
  siluKernel,
  softplusKernel,
} from '../../kernels/elementwise/index.js';
import { asTensor, type TensorLike } from '../as-tensor.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import type { Tensor } from '../tensor.js';
import { applyUnary } from './apply-elementwise.js';
import { add, mul, neg, sub } from './arithmetic.js';
import { greater, greaterEqual } from './compare.js';
import { type ElementwiseOp, unary } from './elementwise.js';
import { erfc } from './error-function.js';
import { exp, expm1 } from './exponential.js';
import { square } from './roots.js';
import { where } from './where.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

export const sigmoidOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'sigmoid',
  lane: 'sigmoid',
  kernel: sigmoidKernel,
  result: 'floating',
  domain: [-6, 6],
  vjp: (g, y) => mul(g, mul(y, sub(1, y))),
});

export const softplusOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'softplus',
  kernel: softplusKernel,
  result: 'floating',
  domain: [-6, 6],
  vjp: (g, _y, x) => mul(g, sigmoid(x)),
});

// Convex and piecewise linear: at the kink the subgradient 0 is taken.
export const reluOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'relu',
  lane: 'relu',
  kernel: reluKernel,
  result: 'number',
  domain: [-10, 10],
  kinks: [0],
  vjp: (g, _y, x) => apply(reluGradOp, [g, x], undefined),
});

/** g where x > 0, else 0, for g and x of one shape: the backward pass of relu in one loop. Linear in g, constant in x. */
export const reluGradOp: Op<undefined> = {
  name: 'reluGrad',
  lane: 'reluGrad',
  overwrites: true,
  infer: ([g]) => ({ shape: g.shape, dtype: g.dtype }),
  compute: (out, [g, x]) =>
    reluGradKernel(out.data, g.data, g.offset, g.strides, x.data, x.offset, x.strides, out.shape),
  vjp: (h, _y, [, x]) => [apply(reluGradOp, [h, x], undefined), undefined],
};

// y′ = s + x·s·(1 − s) with s = sigmoid(x).
export const siluOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'silu',
  kernel: siluKernel,
  result: 'floating',
  domain: [-6, 6],
  vjp: (g, _y, x) => {
    const s = sigmoid(x);
    return mul(g, mul(s, add(mul(x, sub(1, s)), 1)));
  },
});

// y′ = Φ(x) + x·φ(x), Φ and φ the distribution function and density of the normal distribution.
export const geluOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'gelu',
  kernel: geluKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, _y, x) => {
    const probability = mul(erfc(mul(x, -Math.SQRT1_2)), 0.5);
    return mul(g, add(probability, mul(x, mul(exp(mul(neg(square(x)), 0.5)), ONE_OVER_SQRT_2_PI))));
  },
});

/** 1/(1 + e⁻ˣ), without overflow. */
export function sigmoid(x: TensorLike): Tensor {
  return applyUnary(sigmoidOp, x);
}

/** ln(1 + eˣ), without overflow. */
export function softplus(x: TensorLike): Tensor {
  return applyUnary(softplusOp, x);
}

/** max(x, 0); derivative 0 at 0. */
export function relu(x: TensorLike): Tensor {
  return applyUnary(reluOp, x);
}

/** x·sigmoid(x), also known as swish. */
export function silu(x: TensorLike): Tensor {
  return applyUnary(siluOp, x);
}

/** x·Φ(x), Φ the distribution function of the normal distribution: GELU by the error function, not by its approximation with tanh. */
export function gelu(x: TensorLike): Tensor {
  return applyUnary(geluOp, x);
}

/** Options of {@link leakyRelu}. */
export interface LeakyReluOptions {
  /** Slope below 0. Default 0.01. */
  readonly negativeSlope?: number;
}

/** Options of {@link elu}. */
export interface EluOptions {
  /** Minus the limit at −Infinity. Default 1. */
  readonly alpha?: number;
}

export const leakyReluDefaults: Readonly<Required<LeakyReluOptions>> = { negativeSlope: 0.01 };
export const eluDefaults: Readonly<Required<EluOptions>> = { alpha: 1 };

/** x from 0 on, negativeSlope·x below; derivative 1 at 0. Always floating unless the slope is an integer. */
export function leakyRelu(x: TensorLike, options: LeakyReluOptions = {}): Tensor {
  const t = asTensor('leakyRelu', x);
  checkOptions('leakyRelu', options, { negativeSlope: 'number' });
  const { negativeSlope = leakyReluDefaults.negativeSlope } = options;
  return where(greaterEqual(t, 0), t, mul(t, negativeSlope));
}

/** x above 0, alpha·(eˣ − 1) from 0 down; derivative alpha at 0. Always floating. */
export function elu(x: TensorLike, options: EluOptions = {}): Tensor {
  const t = asTensor('elu', x);
  checkOptions('elu', options, { alpha: 'number' });
  const { alpha = eluDefaults.alpha } = options;
  const positive = greater(t, 0);
  // Large arguments are kept out of the exponential, whose infinite derivative times 0 would be NaN.
  return where(positive, t, mul(expm1(where(positive, 0, t)), alpha));
}
