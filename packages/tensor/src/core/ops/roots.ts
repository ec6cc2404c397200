import {
  cbrtKernel,
  hypotKernel,
  reciprocalKernel,
  sqrtKernel,
  squareKernel,
} from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyBinary, applyUnary } from './apply-elementwise.js';
import { div, mul, neg } from './arithmetic.js';
import { equal } from './compare.js';
import { binary, type ElementwiseOp, unary } from './elementwise.js';
import { where } from './where.js';

export const sqrtOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'sqrt',
  lane: 'sqrt',
  kernel: sqrtKernel,
  result: 'floating',
  domain: [0.25, 9],
  vjp: (g, y) => div(g, mul(y, 2)),
});

export const cbrtOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'cbrt',
  kernel: cbrtKernel,
  result: 'floating',
  domain: [0.25, 9],
  vjp: (g, y) => div(g, mul(square(y), 3)),
});

export const squareOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'square',
  lane: 'square',
  kernel: squareKernel,
  result: 'number',
  domain: [-10, 10],
  vjp: (g, _y, x) => mul(g, mul(x, 2)),
});

export const reciprocalOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'reciprocal',
  lane: 'reciprocal',
  kernel: reciprocalKernel,
  result: 'floating',
  domain: [0.5, 4],
  vjp: (g, y) => neg(mul(g, square(y))),
});

export const hypotOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'hypot',
  kernel: hypotKernel,
  result: 'floating',
  domain: [
    [0.5, 4],
    [-4, 4],
  ],
  vjp: (g, y, a, b, wanted) => {
    // At (0, 0), where there is no derivative, 0 of the subgradients. a/y cannot overflow as 1/y does for the smallest y.
    const length = where(equal(y, 0), 1, y);
    return [wanted[0] ? mul(g, div(a, length)) : undefined, wanted[1] ? mul(g, div(b, length)) : undefined];
  },
});

/** Square root; NaN below 0. Its derivative at 0 is Infinity. */
export function sqrt(x: TensorLike): Tensor {
  return applyUnary(sqrtOp, x);
}

/** Cube root, of negative numbers as well. Its derivative at 0 is Infinity. */
export function cbrt(x: TensorLike): Tensor {
  return applyUnary(cbrtOp, x);
}

/** x². */
export function square(x: TensorLike): Tensor {
  return applyUnary(squareOp, x);
}

/** 1/x. */
export function reciprocal(x: TensorLike): Tensor {
  return applyUnary(reciprocalOp, x);
}

/** √(a² + b²) without overflow, broadcast; derivative 0 at (0, 0). */
export function hypot(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(hypotOp, a, b);
}
