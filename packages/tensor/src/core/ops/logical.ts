import {
  logicalAndKernel,
  logicalNotKernel,
  logicalOrKernel,
  logicalXorKernel,
} from '../../kernels/elementwise/index.js';
import type { TensorLike } from '../as-tensor.js';
import type { Tensor } from '../tensor.js';
import { applyBinary, applyUnary } from './apply-elementwise.js';
import { binary, type ElementwiseOp, unary } from './elementwise.js';

export const logicalAndOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'logicalAnd',
  kernel: logicalAndKernel,
  result: 'bool',
  domain: [
    [-2, 2],
    [-2, 2],
  ],
  vjp: null,
});

export const logicalOrOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'logicalOr',
  kernel: logicalOrKernel,
  result: 'bool',
  domain: [
    [-2, 2],
    [-2, 2],
  ],
  vjp: null,
});

export const logicalXorOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'logicalXor',
  kernel: logicalXorKernel,
  result: 'bool',
  domain: [
    [-2, 2],
    [-2, 2],
  ],
  vjp: null,
});

export const logicalNotOp: ElementwiseOp = /* @__PURE__ */ unary({
  name: 'logicalNot',
  kernel: logicalNotKernel,
  result: 'bool',
  domain: [-2, 2],
  vjp: null,
});

/** Whether both are other than 0 (NaN is), as bool, broadcast. Not differentiable. */
export function logicalAnd(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(logicalAndOp, a, b);
}

/** Whether one or both are other than 0 (NaN is), as bool, broadcast. Not differentiable. */
export function logicalOr(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(logicalOrOp, a, b);
}

/** Whether one and not both are other than 0 (NaN is), as bool, broadcast. Not differentiable. */
export function logicalXor(a: TensorLike, b: TensorLike): Tensor {
  return applyBinary(logicalXorOp, a, b);
}

/** Whether x is 0, as bool. Not differentiable. */
export function logicalNot(x: TensorLike): Tensor {
  return applyUnary(logicalNotOp, x);
}
