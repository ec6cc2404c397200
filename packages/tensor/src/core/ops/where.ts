import { select } from '../../kernels/select/index.js';
import { asTensor, expectTensor, type TensorLike } from '../as-tensor.js';
import { promote } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { broadcastShapes, broadcastStrides } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { unbroadcast } from './elementwise.js';

export const whereOp: Op<undefined> = {
  name: 'where',
  infer: ([condition, a, b]) => {
    const shape = broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape));
    return { shape, dtype: promote(a.dtype, b.dtype) };
  },
  compute: (out, [condition, a, b]) =>
    select(
      out.data,
      condition.data,
      condition.offset,
      broadcastStrides(condition.shape, condition.strides, out.shape),
      a.data,
      a.offset,
      broadcastStrides(a.shape, a.strides, out.shape),
      b.data,
      b.offset,
      broadcastStrides(b.shape, b.strides, out.shape),
      out.shape,
    ),
  vjp: (g, _out, inputs, _params, wanted) => {
    const [condition] = inputs;
    const left = wanted[1] ? where(condition, g, 0) : undefined;
    return unbroadcast([undefined, left, wanted[2] ? where(condition, 0, g) : undefined], inputs, wanted);
  },
};

/**
 * a where the condition holds, else b; all three broadcast together. No derivative flows through the condition, and none through
 * the branch not taken, but a branch that is NaN where it is not taken still has NaN derivatives: mask its argument as well.
 * Throws a TypeError unless the condition is bool.
 */
export function where(condition: Tensor, a: TensorLike, b: TensorLike): Tensor {
  expectTensor('where', condition);
  if (condition.dtype !== 'bool') throw new TypeError(`where: the condition must be bool, got ${condition.dtype}`);
  return apply(whereOp, [condition, asTensor('where', a, b), asTensor('where', b, a)], undefined);
}
