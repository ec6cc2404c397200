import { expectTensor } from '../as-tensor.js';
import { applyView, type ViewOp } from '../op.js';
import { checkAxes } from '../options.js';
import { normalizeAxes, normalizeAxis, showShape } from '../shape.js';
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
  if (axes !== undefined) checkAxes('transpose', axes);
  const order =
    axes === undefined
      ? x.shape.map((_, i) => x.order - 1 - i)
      : (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis('transpose', axis, x.order));
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

/**
 * The axes `source` moved to the places `destination`, a view; the others keep their order. Each is an axis or an array of as many. Throws a
 * RangeError for an axis that is not there, is named twice or has no destination.
 */
export function moveAxis(
  x: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  expectTensor('moveAxis', x);
  const list = (axes: number | readonly number[]): number[] => {
    checkAxes('moveAxis', axes);
    const all = (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis('moveAxis', axis, x.order));
    // Checks that none is named twice.
    normalizeAxes('moveAxis', all, x.order);
    return all;
  };
  const from = list(source);
  const to = list(destination);
  if (from.length !== to.length) {
    throw new RangeError(`moveAxis: ${from.length} axes to move, ${to.length} places to move them to`);
  }
  if (from.every((axis, i) => axis === to[i])) return x;
  const order = x.shape.flatMap((_, axis) => (from.includes(axis) ? [] : [axis]));
  const places = to.map((place, i) => [place, from[i]]).sort((a, b) => a[0] - b[0]);
  for (const [place, axis] of places) order.splice(place, 0, axis);
  return applyView(transposeOp, x, order);
}

/** Two axes exchanged, a view. */
export function swapAxes(x: Tensor, a: number, b: number): Tensor {
  expectTensor('swapAxes', x);
  const [i, j] = [a, b].map((axis) => normalizeAxis('swapAxes', axis, x.order));
  const order = x.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis));
  return applyView(transposeOp, x, order);
}

/** The permutation that undoes one. */
export function inversePermutation(axes: readonly number[]): number[] {
  const back = new Array<number>(axes.length);
  axes.forEach((axis, i) => {
    back[axis] = i;
  });
  return back;
}
