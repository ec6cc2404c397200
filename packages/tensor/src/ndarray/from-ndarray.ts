import { describeValue } from '../core/describe-value.js';
import { convert, type DType } from '../core/dtype.js';
import { checkOptions } from '../core/options.js';
import { checkShape, showShape, sizeOf } from '../core/shape.js';
import { flatten, isTensor, Tensor } from '../core/tensor.js';
import type { NdarrayLike } from './ndarray-like.js';
import { readStore } from './read-store.js';

/** Options of `fromNdarray`. */
export interface FromNdarrayOptions {
  /** Element type. Default: that of the data, see {@link fromNdarray}. Another than that copies: rounded as by `astype`. */
  readonly dtype?: DType;
}

/**
 * The tensor that reads the same elements as an ndarray: its shape, strides and offset on its data.
 *
 * | data | tensor |
 * |---|---|
 * | Float64Array, Float32Array, Int32Array | the same memory |
 * | Uint8Array of 0 and 1 | bool on the same memory; for other bytes say which dtype they are to become |
 * | Int8Array, Int16Array, Uint16Array, Uint8ClampedArray | int32, a copy |
 * | Uint32Array | float64, a copy |
 * | Float16Array | float32, a copy |
 * | BigInt64Array, BigUint64Array | float64, a copy; an integer that no double equals is an error |
 * | an array, or a store with `get` and `length` | a copy: bool where all elements are booleans, else float64 |
 *
 * On the same memory, what is written through the ndarray changes the tensor. Throws a TypeError for what is no ndarray and for an
 * element that is no number, a RangeError for a view that leaves its data. Cost: none on the same memory, but for bool one look at each element.
 */
export function fromNdarray(nd: NdarrayLike, options: FromNdarrayOptions = {}): Tensor {
  const op = 'fromNdarray';
  checkNdarray(op, nd);
  checkOptions(op, options, { dtype: 'dtype' });
  const { shape, stride } = nd;
  const { data, dtype, refused } = readStore(op, nd.data);
  const x = new Tensor(data, dtype, [...shape], [...stride], startOf(op, nd, data.length));
  const to = options.dtype ?? dtype;
  if (refused !== undefined && refused.size > 0) checkElements(op, x, refused);
  if (data instanceof Uint8Array && to === 'bool' && options.dtype === undefined) checkBool(op, x);
  // Bytes beyond 0 and 1 are no bool yet: where one is asked for, all are converted.
  if (to === dtype && !(to === 'bool' && options.dtype === 'bool')) return x;
  const flat = flatten(x);
  return new Tensor(to === 'bool' ? Uint8Array.from(flat, (v) => Number(v !== 0)) : convert(flat, to), to, [...shape]);
}

function checkNdarray(op: string, nd: unknown): asserts nd is NdarrayLike {
  if (isTensor(nd)) throw new TypeError(`${op}: the argument is a tensor already`);
  if (typeof nd !== 'object' || nd === null || !('data' in nd && 'shape' in nd && 'stride' in nd && 'offset' in nd)) {
    throw new TypeError(`${op}: expected an ndarray (data, shape, stride and offset), got ${describeValue(nd)}`);
  }
  const { shape, stride, offset } = nd;
  if (!Array.isArray(shape)) throw new TypeError(`${op}: shape must be an array, got ${describeValue(shape)}`);
  checkShape(op, shape);
  if (!Array.isArray(stride) || stride.length !== shape.length || !stride.every(Number.isSafeInteger)) {
    throw new RangeError(
      `${op}: stride must be ${shape.length} integers for shape ${showShape(shape)}, got ${String(stride)}`,
    );
  }
  if (!Number.isSafeInteger(offset)) throw new RangeError(`${op}: offset must be an integer, got ${String(offset)}`);
}

/**
 * Where the view starts: its offset, or 0 for an empty one, which ndarray lets start anywhere. Throws unless every element lies within the data and
 * there are fewer than 2^53.
 */
function startOf(op: string, { shape, stride, offset }: NdarrayLike, length: number): number {
  const size = sizeOf(shape);
  if (size === 0) return 0;
  let [low, high] = [offset, offset];
  shape.forEach((n, axis) => {
    const reach = (n - 1) * stride[axis];
    low += Math.min(reach, 0);
    high += Math.max(reach, 0);
  });
  if (low >= 0 && high < length && Number.isSafeInteger(size)) return offset;
  throw new RangeError(
    `${op}: shape ${showShape(shape)}, stride ${showShape(stride)} and offset ${offset} leave the ${length} elements of data`,
  );
}

function checkBool(op: string, x: Tensor): void {
  const odd = flatten(x).find((v) => v > 1);
  if (odd === undefined) return;
  throw new RangeError(
    `${op}: a Uint8Array is read as bool and must hold 0 and 1, got ${odd}; say which dtype it is to become`,
  );
}

/** Throws if the view reaches an element that was refused. */
function checkElements(op: string, x: Tensor, refused: ReadonlyMap<number, string>): void {
  const visit = (axis: number, place: number): void => {
    if (axis === x.order) {
      const what = refused.get(place);
      if (what !== undefined)
        throw new TypeError(`${op}: expected a number or boolean at ${place} of data, got ${what}`);
      return;
    }
    for (let i = 0; i < x.shape[axis]; i++) visit(axis + 1, place + i * x.strides[axis]);
  };
  visit(0, x.offset);
}
