import { squareKernel, unaryKernel } from '../../kernels/elementwise/index.js';
import { asTensor, type TensorLike } from '../as-tensor.js';
import { apply } from '../op.js';
import type { Tensor } from '../tensor.js';
import { add, div, mul, neg, sub } from './arithmetic.js';
import { greater } from './compare.js';
import { type ElementwiseOp, type Interval, type ResultType, unary } from './elementwise.js';
import { where } from './where.js';

/** One row: name, function, result type, domain, derivative, kinks. */
function row(
  name: string,
  f: (x: number) => number,
  result: ResultType,
  domain: Interval,
  vjp: (g: Tensor, y: Tensor, x: Tensor) => Tensor | undefined,
  kinks: readonly number[] = [],
): ElementwiseOp {
  return unary({ name, kernel: unaryKernel(f), result, domain, vjp, kinks });
}

const sigmoidOf = (x: number): number => {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
};

// ln(1 + eˣ) without overflow for large x and without loss for very negative x.
const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const expOp: ElementwiseOp = /* @__PURE__ */ row('exp', Math.exp, 'floating', [-4, 4], (g, y) => mul(g, y));
export const expm1Op: ElementwiseOp = /* @__PURE__ */ row('expm1', Math.expm1, 'floating', [-4, 4], (g, y) =>
  mul(g, add(y, 1)),
);
export const logOp: ElementwiseOp = /* @__PURE__ */ row('log', Math.log, 'floating', [0.25, 8], (g, _y, x) =>
  div(g, x),
);
export const log1pOp: ElementwiseOp = /* @__PURE__ */ row('log1p', Math.log1p, 'floating', [-0.75, 8], (g, _y, x) =>
  div(g, add(x, 1)),
);
export const sqrtOp: ElementwiseOp = /* @__PURE__ */ row('sqrt', Math.sqrt, 'floating', [0.25, 9], (g, y) =>
  div(g, mul(y, 2)),
);
export const sinOp: ElementwiseOp = /* @__PURE__ */ row('sin', Math.sin, 'floating', [-6, 6], (g, _y, x) =>
  mul(g, cos(x)),
);
export const cosOp: ElementwiseOp = /* @__PURE__ */ row('cos', Math.cos, 'floating', [-6, 6], (g, _y, x) =>
  neg(mul(g, sin(x))),
);
export const tanhOp: ElementwiseOp = /* @__PURE__ */ row('tanh', Math.tanh, 'floating', [-4, 4], (g, y) =>
  mul(g, sub(1, square(y))),
);
export const sigmoidOp: ElementwiseOp = /* @__PURE__ */ row('sigmoid', sigmoidOf, 'floating', [-6, 6], (g, y) =>
  mul(g, mul(y, sub(1, y))),
);
export const softplusOp: ElementwiseOp = /* @__PURE__ */ row('softplus', softplusOf, 'floating', [-6, 6], (g, _y, x) =>
  mul(g, sigmoid(x)),
);
export const squareOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'square',
  kernel: squareKernel,
  result: 'number',
  domain: [-10, 10],
  vjp: (g, _y, x) => mul(g, mul(x, 2)),
});
export const reciprocalOp: ElementwiseOp = /* @__PURE__ */ row(
  'reciprocal',
  (x) => 1 / x,
  'floating',
  [0.5, 4],
  (g, y) => neg(mul(g, square(y))),
);
// Convex and piecewise linear: at the kink the subgradient 0 is taken (abs, relu).
export const absOp: ElementwiseOp = /* @__PURE__ */ row(
  'abs',
  Math.abs,
  'number',
  [-10, 10],
  (g, _y, x) => mul(g, sign(x)),
  [0],
);
export const reluOp: ElementwiseOp = /* @__PURE__ */ row(
  'relu',
  (x) => (x > 0 || Number.isNaN(x) ? x : 0),
  'number',
  [-10, 10],
  (g, _y, x) => where(greater(x, 0), g, 0),
  [0],
);
// Piecewise constant: derivative zero wherever there is one.
export const signOp: ElementwiseOp = /* @__PURE__ */ row('sign', Math.sign, 'number', [-3, 3], () => undefined, [0]);
export const floorOp: ElementwiseOp = /* @__PURE__ */ row(
  'floor',
  Math.floor,
  'number',
  [-3, 3],
  () => undefined,
  [-3, -2, -1, 0, 1, 2, 3],
);
export const ceilOp: ElementwiseOp = /* @__PURE__ */ row(
  'ceil',
  Math.ceil,
  'number',
  [-3, 3],
  () => undefined,
  [-3, -2, -1, 0, 1, 2, 3],
);

/** eˣ. */
export function exp(x: TensorLike): Tensor {
  return run(expOp, x);
}

/** eˣ − 1, accurate near 0. */
export function expm1(x: TensorLike): Tensor {
  return run(expm1Op, x);
}

/** Natural logarithm; −Infinity at 0, NaN below. */
export function log(x: TensorLike): Tensor {
  return run(logOp, x);
}

/** ln(1 + x), accurate near 0. */
export function log1p(x: TensorLike): Tensor {
  return run(log1pOp, x);
}

/** Square root; NaN below 0. */
export function sqrt(x: TensorLike): Tensor {
  return run(sqrtOp, x);
}

/** Sine of x in radians. */
export function sin(x: TensorLike): Tensor {
  return run(sinOp, x);
}

/** Cosine of x in radians. */
export function cos(x: TensorLike): Tensor {
  return run(cosOp, x);
}

/** Hyperbolic tangent. */
export function tanh(x: TensorLike): Tensor {
  return run(tanhOp, x);
}

/** 1/(1 + e⁻ˣ), without overflow. */
export function sigmoid(x: TensorLike): Tensor {
  return run(sigmoidOp, x);
}

/** ln(1 + eˣ), without overflow. */
export function softplus(x: TensorLike): Tensor {
  return run(softplusOp, x);
}

/** x². */
export function square(x: TensorLike): Tensor {
  return run(squareOp, x);
}

/** 1/x. */
export function reciprocal(x: TensorLike): Tensor {
  return run(reciprocalOp, x);
}

/** |x|; derivative 0 at 0. */
export function abs(x: TensorLike): Tensor {
  return run(absOp, x);
}

/** max(x, 0); derivative 0 at 0. */
export function relu(x: TensorLike): Tensor {
  return run(reluOp, x);
}

/** −1, 0 or 1; derivative zero. */
export function sign(x: TensorLike): Tensor {
  return run(signOp, x);
}

/** Largest integer not above x; derivative zero. */
export function floor(x: TensorLike): Tensor {
  return run(floorOp, x);
}

/** Smallest integer not below x; derivative zero. */
export function ceil(x: TensorLike): Tensor {
  return run(ceilOp, x);
}

function run(op: ElementwiseOp, x: TensorLike): Tensor {
  return apply(op, [asTensor(op.name, x)], undefined);
}
