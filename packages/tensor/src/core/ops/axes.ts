import { expectTensor } from '../as-tensor.js';
import { applyView, type ViewOp } from '../op.js';
import { checkAxes } from '../options.js';
import { normalizeAxes, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';

// Each is the other's transpose. `axes` are sorted.

export const squeezeOp: ViewOp<readonly number[]> = {
  name: 'squeeze',
  view: (x, axes) => ({
    shape: x.shape.filter((_, axis) => !axes.includes(axis)),
    strides: x.strides.filter((_, axis) => !axes.includes(axis)),
    offset: x.offset,
  }),
  vjp: (g, _x, axes) => applyView(expandDimsOp, g, axes),
};

export const expandDimsOp: ViewOp<readonly number[]> = {
  name: 'expandDims',
  view: (x, axes) => {
    const shape = [...x.shape];
    const strides = [...x.strides];
    for (const axis of axes) {
      shape.splice(axis, 0, 1);
      strides.splice(axis, 0, 0);
    }
    return { shape, strides, offset: x.offset };
  },
  vjp: (g, _x, axes) => applyView(squeezeOp, g, axes),
};

/** Removes axes of size 1, a view. Default: all of them. Throws a RangeError for an axis of another size. */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  expectTensor('squeeze', x);
  if (axes !== undefined) checkAxes('squeeze', axes);
  const list =
    axes === undefined
      ? x.shape.flatMap((n, axis) => (n === 1 ? [axis] : []))
      : normalizeAxes('squeeze', axes, x.order);
  for (const axis of list) {
    if (x.shape[axis] !== 1)
      throw new RangeError(`squeeze: axis ${axis} of ${showShape(x.shape)} has size ${x.shape[axis]}, not 1`);
  }
  return list.length === 0 ? x : applyView(squeezeOp, x, list);
}

/** Puts in axes of size 1 at the positions `axes` of the result, a view. */
export function expandDims(x: Tensor, axes: number | readonly number[]): Tensor {
  expectTensor('expandDims', x);
  checkAxes('expandDims', axes);
  const added = typeof axes === 'number' ? 1 : axes.length;
  return applyView(expandDimsOp, x, normalizeAxes('expandDims', axes, x.order + added));
}
