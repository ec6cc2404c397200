import { scatterAdd as scatterAddKernel, take as takeKernel } from '../../kernels/take/index.js';
import { asTensor, expectTensor, type TensorLike } from '../as-tensor.js';
import { chooseIndices, type IndexInput, listOf, type OpIndices } from '../indices.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { around, normalizeAxis, type Shape, showShape, withSize } from '../shape.js';
import { flatten, type Tensor } from '../tensor.js';
import { add } from './arithmetic.js';
import { reshape } from './reshape.js';
import { broadcastTo } from './sum-broadcast.js';

/** Which entries along which axis. */
interface Selection {
  readonly axis: number;
  readonly indices: OpIndices;
}

// Taking entries and adding them back at their places are each other's transpose. Indices that a compiled step computes are a second input.

export const takeOp: Op<Selection> = {
  name: 'take',
  infer: ([x], { axis, indices }) => ({
    shape: withSize(x.shape, axis, indices.length),
    dtype: x.dtype,
  }),
  overwrites: true,
  compute: (out, [x, at], { axis, indices }) =>
    takeKernel(out.data, x.data, { offset: x.offset, shape: x.shape, strides: x.strides, axis }, listOf(indices, at)),
  vjp: (g, _out, [x, ...at], selection) => [apply(scatterAddOp, [g, ...at], { selection, shape: x.shape })],
};

export const scatterAddOp: Op<{ readonly selection: Selection; readonly shape: Shape }> = {
  name: 'scatterAdd',
  infer: ([g], { shape }) => ({ shape, dtype: g.dtype }),
  compute: (out, [g, at], { selection: { axis, indices }, shape }) =>
    scatterAddKernel(out.data, flatten(g), ...around(shape, axis), listOf(indices, at)),
  vjp: (g, _out, [, ...at], { selection }) => [apply(takeOp, [g, ...at], selection)],
};

/** Options of {@link take} and {@link scatterAdd}. */
export interface TakeOptions {
  /** The axis that is indexed, negative ones counted from the end. Default: 0 (NumPy's `take` flattens). */
  readonly axis?: number;
}

const takeOptions = { axis: 'number' } as const;

/**
 * Entries of x at `indices` (a tensor of whole numbers, or an array) along `axis` (default 0); an index may repeat, negative ones count from
 * the end. The shape of the indices takes the place of the axis: [5, 8] taken at [2, 3] is [2, 3, 8]. Costs one copy of the result. Throws a
 * RangeError naming the first index out of range.
 */
export function take(x: Tensor, indices: IndexInput, options: TakeOptions = {}): Tensor {
  expectTensor('take', x);
  checkOptions('take', options, takeOptions);
  const axis = normalizeAxis('take', options.axis ?? 0, x.order);
  const where = `axis ${axis} of ${showShape(x.shape)}`;
  const { list, shape, inputs } = chooseIndices('take', indices, x.shape[axis], where);
  return reshape(apply(takeOp, [x, ...inputs], { axis, indices: list }), replaceAxis(x.shape, axis, shape));
}

/**
 * `base` with `updates` added at `indices` along `axis` (default 0): what `take` at the same indices reads is written to. Entries at equal indices
 * add up, in their order. `updates` stretch to the shape that `take` would return; a number will do. Differentiable in base and updates.
 */
export function scatterAdd(base: Tensor, indices: IndexInput, updates: TensorLike, options: TakeOptions = {}): Tensor {
  expectTensor('scatterAdd', base);
  checkOptions('scatterAdd', options, takeOptions);
  const given = asTensor('scatterAdd', updates, base);
  const axis = normalizeAxis('scatterAdd', options.axis ?? 0, base.order);
  const at = `axis ${axis} of ${showShape(base.shape)}`;
  const { list, shape, inputs } = chooseIndices('scatterAdd', indices, base.shape[axis], at);
  const full = replaceAxis(base.shape, axis, shape);
  if (!stretches(given.shape, full)) {
    throw new RangeError(`scatterAdd: updates ${showShape(given.shape)} do not stretch to ${showShape(full)}`);
  }
  const flat = reshape(broadcastTo(given, full), replaceAxis(base.shape, axis, [list.length]));
  const params = { selection: { axis, indices: list }, shape: base.shape };
  return add(base, apply(scatterAddOp, [flat, ...inputs], params));
}

function replaceAxis(shape: Shape, axis: number, by: Shape): Shape {
  return [...shape.slice(0, axis), ...by, ...shape.slice(axis + 1)];
}

function stretches(from: Shape, to: Shape): boolean {
  const lead = to.length - from.length;
  return lead >= 0 && from.every((n, axis) => n === 1 || n === to[lead + axis]);
}
