import { expectTensor } from '../as-tensor.js';
import { applyView, type ViewOp } from '../op.js';
import { normalizeAxis, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';

export const transposeOp: ViewOp<readonly number[]> = {
  name: 'transpose',
  view: (x, axes) => ({
    shape: axes.map((axis) => x.shape[axis]),
    strides: axes.map((axis) => x.strides[axis]),
    offset: x.offset,
  }),
  vjp: (g, _x, axes) => transpose(g, inversePermutation(axes)),
};

/**
 * Axes in another order, a view: axis i of the result is axis `axes[i]` of x. Default: reversed. Throws unless `axes` is a permutation.
 */
export function transpose(x: Tensor, axes?: readonly number[]): Tensor {
  expectTensor('transpose', x);
  const order = axes
    ? axes.map((axis) => normalizeAxis('transpose', axis, x.order))
    : x.shape.map((_, i) => x.order - 1 - i);
  if (order.length !== x.order || new Set(order).size !== x.order) {
    throw new RangeError(
      `transpose: axes [${order.join(', ')}] are not a permutation of the axes of ${showShape(x.shape)}`,
    );
  }
  return applyView(transposeOp, x, order);
}

/** The last two axes exchanged: the transpose of each matrix in a stack. */
export function matrixTranspose(x: Tensor): Tensor {
  expectTensor('matrixTranspose', x);
  if (x.order < 2) throw new RangeError(`matrixTranspose: needs at least two axes, got ${showShape(x.shape)}`);
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), x.order - 1, x.order - 2]);
}

/** The permutation that undoes one. */
export function inversePermutation(axes: readonly number[]): number[] {
  const back = new Array<number>(axes.length);
  axes.forEach((axis, i) => {
    back[axis] = i;
  });
  return back;
}
