import { addAlong, takeAlong } from '../../kernels/take/index.js';
import { expectTensor } from '../as-tensor.js';
import { chooseIndices, listOf, type OpIndices } from '../indices.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { around, broadcastShapes, normalizeAxis, showShape, withSize } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import { flatten, type Tensor } from '../tensor.js';
import { broadcastTo } from './sum-broadcast.js';

/** An index for every element of the result: row-major, of the operand's shape with the axis replaced by `count`. */
interface Places {
  readonly axis: number;
  readonly count: number;
  readonly indices: OpIndices;
}

export const takeAlongAxisOp: Op<Places> = {
  name: 'takeAlongAxis',
  infer: ([x], { axis, count }) => ({ shape: withSize(x.shape, axis, count), dtype: x.dtype }),
  overwrites: true,
  compute: (out, [x, at], { axis, count, indices }) => {
    const [outer, n, inner] = around(x.shape, axis);
    takeAlong(out.data, flatten(x), outer, n, count, inner, listOf(indices, at));
  },
  vjp: (g, _y, [x, ...at], places) => [apply(addAlongAxisOp, [g, ...at], { places, size: x.shape[places.axis] })],
};

export const addAlongAxisOp: Op<{ readonly places: Places; readonly size: number }> = {
  name: 'addAlongAxis',
  infer: ([g], { places, size }) => ({ shape: withSize(g.shape, places.axis, size), dtype: g.dtype }),
  compute: (out, [g, at], { places: { axis, count, indices } }) => {
    const [outer, n, inner] = around(out.shape, axis);
    addAlong(out.data, flatten(g), outer, n, count, inner, listOf(indices, at));
  },
  vjp: (g, _y, [, ...at], { places }) => [apply(takeAlongAxisOp, [g, ...at], places)],
};

/** Options of {@link takeAlongAxis} and {@link gather}. */
export interface TakeAlongOptions {
  /** The axis that is indexed, negative ones counted from the end. Default: −1. */
  readonly axis?: number;
}

const takeAlongOptions = { axis: 'number' } as const;

/**
 * One entry of x for every index: `y[…, i, …] = x[…, indices[…, i, …], …]` along `axis` (default −1). x and the indices have the same order and
 * broadcast off the axis; negative indices count from the end. With `argsort` it sorts one tensor by another; with `expandDims(labels, 1)` it
 * picks an entry a row. Throws a RangeError for shapes that do not fit and for indices out of range.
 */
export function takeAlongAxis(x: Tensor, indices: Tensor, options: TakeAlongOptions = {}): Tensor {
  return along('takeAlongAxis', x, indices, options);
}

/** {@link takeAlongAxis} under the name that PyTorch and ONNX give it. */
export function gather(x: Tensor, indices: Tensor, options: TakeAlongOptions = {}): Tensor {
  return along('gather', x, indices, options);
}

function along(op: string, x: Tensor, indices: Tensor, options: TakeAlongOptions): Tensor {
  expectTensor(op, x);
  expectTensor(op, indices);
  checkOptions(op, options, takeAlongOptions);
  const axis = normalizeAxis(op, options.axis ?? -1, x.order);
  if (indices.order !== x.order) {
    throw new RangeError(`${op}: orders differ: x is ${showShape(x.shape)}, indices are ${showShape(indices.shape)}`);
  }
  const off = broadcastShapes(op, withSize(x.shape, axis, 1), withSize(indices.shape, axis, 1));
  const from = broadcastTo(x, withSize(off, axis, x.shape[axis]));
  const count = indices.shape[axis];
  const where = `axis ${axis} of ${showShape(x.shape)}`;
  const at = broadcastTo(stopGradient(indices), withSize(off, axis, count));
  const { list, inputs } = chooseIndices(op, at, x.shape[axis], where);
  return apply(takeAlongAxisOp, [from, ...inputs], { axis, count, indices: list });
}
