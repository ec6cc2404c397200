import { asTensor, type TensorLike } from '../as-tensor.js';
import { apply } from '../op.js';
import type { Tensor } from '../tensor.js';
import type { ElementwiseOp } from './elementwise.js';

/** The operation on a tensor or a number; a TypeError under its name for anything else. */
export function applyUnary(op: ElementwiseOp, x: TensorLike): Tensor {
  return apply(op, [asTensor(op.name, x)], undefined);
}

/** {@link applyUnary} for two arguments, of which a number takes on the dtype of the other. */
export function applyBinary(op: ElementwiseOp, a: TensorLike, b: TensorLike): Tensor {
  return apply(op, [asTensor(op.name, a, b), asTensor(op.name, b, a)], undefined);
}
