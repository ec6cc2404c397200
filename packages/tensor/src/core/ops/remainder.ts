import { floorDivideKernel, fmodKernel, modKernel } from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyBinary } from './apply-elementwise.js';
import { div, mul, neg } from './arithmetic.js';
import { binary, type ElementwiseOp } from './elementwise.js';
import { trunc } from './rounding.js';

// Between two jumps a − q·b with a constant quotient q.
export const modOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'mod',
  kernel: modKernel,
  result: 'number',
  domain: [
    [4.25, 4.75],
    [1.625, 2],
  ],
  vjp: (g, _y, a, b, wanted) => [g, wanted[1] ? neg(mul(g, floorDivide(a, b))) : undefined],
});

export const fmodOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'fmod',
  kernel: fmodKernel,
  result: 'number',
  domain: [
    [4.25, 4.75],
    [1.625, 2],
  ],
  vjp: (g, _y, a, b, wanted) => [g, wanted[1] ? neg(mul(g, trunc(div(a, b)))) : undefined],
});

export const floorDivideOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'floorDivide',
  kernel: floorDivideKernel,
  result: 'number',
  domain: [
    [4.25, 4.75],
    [1.625, 2],
  ],
  vjp: () => [undefined, undefined],
});

/** a − ⌊a/b⌋·b, with the sign of b, broadcast: NumPy's `mod` and `remainder`, Python's `%`. By 0 it is NaN, 0 for integers. */
export function mod(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(modOp, a, b);
}

/** a − trunc(a/b)·b, with the sign of a, broadcast: JavaScript's `%`. By 0 it is NaN, 0 for integers. */
export function fmod(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(fmodOp, a, b);
}

/** ⌊a/b⌋, broadcast; integers stay integers. Derivative zero. By 0 it is a/b as in IEEE 754, 0 for integers. */
export function floorDivide(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(floorDivideOp, a, b);
}
