import { copyStrided } from '../../kernels/copy/index.js';
import { apply, applyView, type Op, type ViewOp } from '../op.js';
import { checkShape, contiguousStrides, isContiguous, type Shape, sameShape, showShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** Row-major copy of a strided view. */
export const contiguousOp: Op<undefined> = {
  name: 'contiguous',
  infer: ([x]) => x,
  compute: (out, [x]) => copyStrided(out.data, 0, x.data, x.offset, x.strides, x.shape),
  vjp: (g) => [g],
};

export const reshapeOp: ViewOp<Shape> = {
  name: 'reshape',
  view: (x, shape) => ({ shape, strides: contiguousStrides(shape), offset: x.offset }),
  vjp: (g, x) => reshape(g, x.shape),
};

/** The tensor itself when its elements stand in row-major order without gaps, else a copy that does. */
export function contiguous(x: Tensor): Tensor {
  return isContiguous(x.shape, x.strides) ? x : apply(contiguousOp, [x], undefined);
}

/**
 * The same elements, in row-major order, under another shape of equal size; one size may be −1 and is then worked out.
 * No copy when x is gap-free. Throws a RangeError when the sizes do not fit.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const full = resolve(x, shape);
  return sameShape(full, x.shape) ? x : applyView(reshapeOp, contiguous(x), full);
}

function resolve(x: Tensor, shape: Shape): Shape {
  const unknown = shape.indexOf(-1);
  if (unknown < 0) {
    checkShape('reshape', shape);
    if (sizeOf(shape) === x.size) return [...shape];
  } else {
    const rest = sizeOf(shape.filter((_, axis) => axis !== unknown));
    if (rest > 0 && Number.isInteger(x.size / rest))
      return shape.map((n, axis) => (axis === unknown ? x.size / rest : n));
  }
  throw new RangeError(`reshape: cannot read the ${x.size} elements of ${showShape(x.shape)} as ${showShape(shape)}`);
}
