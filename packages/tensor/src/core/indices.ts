import { recorder } from './compile/recorder.js';
import { describeValue } from './describe-value.js';
import { plainOf } from './node.js';
import { type Shape, showShape, sizeOf } from './shape.js';
import { flatten, isTensor, type Tensor } from './tensor.js';

/** Indices as users give them: a tensor of whole numbers of any order, or an array. */
export type IndexInput = Tensor | ArrayLike<number>;

/** Indices in [0, n), in row-major order, and the shape they came in. */
export interface Indices {
  readonly list: Int32Array;
  readonly shape: Shape;
}

/** Indices that are not there yet, in a compiled step: the operation has them as its last input and looks at them at each run. */
export interface LaterIndices {
  readonly length: number;
  readonly resolve: (indices: Tensor) => Int32Array;
}

/** Indices as parameters of an operation. */
export type OpIndices = Int32Array | LaterIndices;

/** What an operation on indices is applied to. */
export interface ChosenIndices {
  readonly list: OpIndices;
  readonly shape: Shape;
  /** The indices, where they are not there yet. */
  readonly inputs: readonly Tensor[];
}

/** {@link resolveIndices} now or, for a tensor that stands for numbers of a compiled step, whenever the step runs. */
export function chooseIndices(op: string, indices: IndexInput, n: number, where: string): ChosenIndices {
  if (!isTensor(indices) || !recorder?.standsIn(indices))
    return { ...resolveIndices(op, indices, n, where), inputs: [] };
  refuseBool(op, indices);
  const { shape } = indices;
  const resolve = (given: Tensor): Int32Array => resolveIndices(op, given, n, where).list;
  return { list: { length: sizeOf(shape), resolve }, shape, inputs: [plainOf(indices)] };
}

/** The numbers of {@link OpIndices}, given the last input of the operation. */
export function listOf(indices: OpIndices, last: Tensor): Int32Array {
  return 'resolve' in indices ? indices.resolve(last) : indices;
}

function refuseBool(op: string, { dtype }: Tensor): void {
  if (dtype === 'bool') throw new TypeError(`${op}: indices must be numbers, got a tensor of bool`);
}

/**
 * Checked indices into an axis of size n, negative ones counted from the end unless `negative` is false. Throws a TypeError for what holds no
 * numbers, a RangeError naming the first that is out of range; `where` says of what (`axis 0 of [2, 3]`).
 */
export function resolveIndices(op: string, indices: IndexInput, n: number, where: string, negative = true): Indices {
  let list: ArrayLike<number>;
  let shape: Shape;
  if (isTensor(indices)) {
    refuseBool(op, indices);
    list = flatten(indices);
    shape = indices.shape;
  } else {
    if (!isArrayLike(indices)) {
      throw new TypeError(`${op}: expected an array or a tensor of indices, got ${describeValue(indices)}`);
    }
    list = indices;
    shape = [indices.length];
  }
  const resolved = new Int32Array(list.length);
  const low = negative ? -n : 0;
  for (let i = 0; i < list.length; i++) {
    const index = list[i];
    if (!Number.isInteger(index) || index < low || index >= n) {
      if (typeof index !== 'number') {
        throw new TypeError(`${op}: indices must be numbers, got ${describeValue(index)} at position ${i}`);
      }
      throw new RangeError(`${op}: index ${index} at ${position(i, shape)} is out of range for ${where}`);
    }
    resolved[i] = index < 0 ? index + n : index;
  }
  return { list: resolved, shape };
}

function isArrayLike(value: unknown): value is ArrayLike<number> {
  return typeof value === 'object' && value !== null && 'length' in value && Number.isSafeInteger(value.length);
}

/** Row-major position as indices of the shape. */
function position(at: number, shape: Shape): string {
  if (shape.length === 1) return `position ${at}`;
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = at; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return `position ${showShape(index)}`;
}
