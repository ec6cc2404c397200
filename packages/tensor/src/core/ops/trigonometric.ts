import {
  acosKernel,
  asinKernel,
  atan2Kernel,
  atanKernel,
  cosKernel,
  sinKernel,
  tanKernel,
} from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyBinary, applyUnary } from './apply-elementwise.js';
import { add, div, mul, neg, sub } from './arithmetic.js';
import { binary, type ElementwiseOp, unary } from './elementwise.js';
import { hypot, sqrt, square } from './roots.js';

export const sinOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'sin',
  lane: 'sin',
  kernel: sinKernel,
  result: 'floating',
  domain: [-6, 6],
  vjp: (g, _y, x) => mul(g, cos(x)),
});

export const cosOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'cos',
  lane: 'cos',
  kernel: cosKernel,
  result: 'floating',
  domain: [-6, 6],
  vjp: (g, _y, x) => neg(mul(g, sin(x))),
});

export const tanOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'tan',
  kernel: tanKernel,
  result: 'floating',
  domain: [-1.25, 1.25],
  vjp: (g, y) => mul(g, add(square(y), 1)),
});

export const asinOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'asin',
  kernel: asinKernel,
  result: 'floating',
  domain: [-0.875, 0.875],
  vjp: (g, _y, x) => div(g, leg(x)),
});

export const acosOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'acos',
  kernel: acosKernel,
  result: 'floating',
  domain: [-0.875, 0.875],
  vjp: (g, _y, x) => neg(div(g, leg(x))),
});

export const atanOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'atan',
  kernel: atanKernel,
  result: 'floating',
  domain: [-4, 4],
  vjp: (g, _y, x) => div(g, add(square(x), 1)),
});

// The angle of the point (b, a): d = (b·da − a·db)/(a² + b²).
export const atan2Op: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'atan2',
  kernel: atan2Kernel,
  result: 'floating',
  domain: [
    [0.5, 4],
    [-4, 4],
  ],
  vjp: (g, _y, a, b, wanted) => {
    // Divided twice, the squares cannot overflow.
    const r = hypot(a, b);
    return [wanted[0] ? mul(g, div(div(b, r), r)) : undefined, wanted[1] ? neg(mul(g, div(div(a, r), r))) : undefined];
  },
});

/** Sine of x in radians; as accurate for large x as for small. */
export function sin(x: TensorLike): Tensor {
  return applyUnary(sinOp, x);
}

/** Cosine of x in radians; as accurate for large x as for small. */
export function cos(x: TensorLike): Tensor {
  return applyUnary(cosOp, x);
}

/** Tangent of x in radians; as accurate for large x as for small. */
export function tan(x: TensorLike): Tensor {
  return applyUnary(tanOp, x);
}

/** Arc sine, in [−π/2, π/2]; NaN outside [−1, 1]. NumPy has it as `arcsin` as well. */
export function asin(x: TensorLike): Tensor {
  return applyUnary(asinOp, x);
}

/** Arc cosine, in [0, π]; NaN outside [−1, 1]. NumPy has it as `arccos` as well. */
export function acos(x: TensorLike): Tensor {
  return applyUnary(acosOp, x);
}

/** Arc tangent, in [−π/2, π/2]. NumPy has it as `arctan` as well. */
export function atan(x: TensorLike): Tensor {
  return applyUnary(atanOp, x);
}

/** The angle of the point (x, y), in [−π, π], broadcast; 0 and −0 are told apart as in C. NumPy has it as `arctan2` as well. */
export function atan2(y: TensorLike, x: TensorLike): Tensor {
  return applyBinary(atan2Op, y, x);
}

/** √(1 − x²) without the rounding of x² near ±1. */
function leg(x: Tensor): Tensor {
  return sqrt(mul(sub(1, x), add(x, 1)));
}
