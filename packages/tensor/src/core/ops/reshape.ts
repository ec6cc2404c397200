import { copyStrided } from '../../kernels/copy/index.js';
import { expectTensor } from '../as-tensor.js';
import { apply, applyView, type Op, type ViewOp } from '../op.js';
import { reshapedStrides } from '../reshaped-strides.js';
import { checkShape, isContiguous, type Shape, sameShape, showShape, sizeOf, withSize } from '../shape.js';
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
  view: (x, shape) => {
    const strides = reshapedStrides(x.shape, x.strides, shape);
    if (strides === undefined) {
      throw new RangeError(`reshape: no view of ${showShape(x.shape)} has shape ${showShape(shape)}`);
    }
    return { shape, strides, offset: x.offset };
  },
  vjp: (g, x) => reshape(g, x.shape),
};

/** The tensor itself when its elements stand in row-major order without gaps, else a copy that does. */
export function contiguous(x: Tensor): Tensor {
  expectTensor('contiguous', x);
  return isContiguous(x.shape, x.strides) ? x : apply(contiguousOp, [x], undefined);
}

/**
 * The same elements, in row-major order, under another shape of equal size; one size may be −1 and is then worked out. A view wherever strides
 * can describe it (always when x is gap-free, or when axes are only split), else one copy. Throws a RangeError when the sizes do not fit.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  expectTensor('reshape', x);
  const full = resolve(x, shape);
  if (sameShape(full, x.shape)) return x;
  return applyView(reshapeOp, reshapedStrides(x.shape, x.strides, full) ? x : contiguous(x), full);
}

/** All elements in row-major order as a tensor of order 1: a view where strides allow. See `flatten` for a typed array of them. */
export function ravel(x: Tensor): Tensor {
  expectTensor('ravel', x);
  return reshape(x, [x.size]);
}

function resolve(x: Tensor, shape: Shape): Shape {
  const open = Array.isArray(shape) ? shape.filter((n) => n === -1).length : 0;
  if (open > 1) throw new RangeError(`reshape: only one size may be -1, got ${showShape(shape)}`);
  checkShape('reshape', shape, open === 1);
  const rest = open === 0 ? sizeOf(shape) : -sizeOf(shape);
  if (open === 0 && rest === x.size) return [...shape];
  if (open === 1 && rest > 0 && x.size % rest === 0) return withSize(shape, shape.indexOf(-1), x.size / rest);
  throw new RangeError(`reshape: cannot read the ${x.size} elements of ${showShape(x.shape)} as ${showShape(shape)}`);
}
