import { allocate } from './allocate.js';
import { expectTensor } from './as-tensor.js';
import { describeValue } from './describe-value.js';
import { convert, type DType, dtypeOf, type TypedArray } from './dtype.js';
import { fromNested, type NestedInput } from './nested.js';
import { checkOptions } from './options.js';
import { checkCount, checkShape, type Shape, showShape, sizeOf } from './shape.js';
import { isTensor, Tensor } from './tensor.js';

/** Options of the functions that make tensors. */
export interface CreateOptions {
  /** Element type. Default: that of a typed array given, bool for booleans, else float64. */
  readonly dtype?: DType;
}

const createOptions = { dtype: 'dtype' } as const;

/**
 * Makes a tensor from nested arrays or other iterables (sets, generators, map.values()), from a number, or from a typed array with a shape.
 *
 * `tensor([[1, 2], [3, 4]])` has shape [2, 2]; `tensor(new Float64Array(6), [2, 3])` reads the buffer row by row without copying it,
 * and `tensor(data)` of a typed array has order 1. A Uint8Array of 0 and 1 is bool; for other bytes say which dtype to convert to. Other typed
 * arrays are copied: Int8Array, Int16Array, Uint16Array and Uint8ClampedArray become int32, Uint32Array float64, unless `dtype` says otherwise.
 * Throws a RangeError for ragged rows or a shape that does not fit the data, a TypeError for what holds no numbers, bigints among it.
 */
export function tensor(values: NestedInput | TypedArray | Tensor, shape?: Shape, options: CreateOptions = {}): Tensor {
  if (isTensor(values)) throw new TypeError('tensor: the argument is a tensor already');
  checkOptions('tensor', options, createOptions);
  const { data, natural, dtype } = isTypedArray(values)
    ? fromTyped(values, options.dtype)
    : (fromOtherBuffer(values) ?? fromNested(values));
  const size = shape === undefined ? natural : shape;
  checkShape('tensor', size);
  if (sizeOf(size) !== data.length) {
    throw new RangeError(`tensor: shape ${showShape(size)} needs ${sizeOf(size)} elements, got ${data.length}`);
  }
  const type = options.dtype ?? dtype;
  return new Tensor(convert(data, type), type, [...size]);
}

/** A tensor of one value throughout. `full([2], 7)` is [7, 7]; of a boolean it is bool unless `dtype` is given. */
export function full(shape: Shape, value: number | boolean, options: CreateOptions = {}): Tensor {
  checkValue('full', value);
  checkOptions('full', options, createOptions);
  return filled('full', shape, Number(value), options.dtype ?? (typeof value === 'boolean' ? 'bool' : 'float64'));
}

export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  checkOptions('zeros', options, createOptions);
  return filled('zeros', shape, 0, options.dtype ?? 'float64');
}

export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  checkOptions('ones', options, createOptions);
  return filled('ones', shape, 1, options.dtype ?? 'float64');
}

/** One value throughout, with the shape of x and, unless `dtype` is given, its dtype. */
export function fullLike(x: Tensor, value: number | boolean, options: CreateOptions = {}): Tensor {
  checkValue('fullLike', value);
  return filledLike('fullLike', x, Number(value), options);
}

/** Zeros with the shape and dtype of x. It takes no options, so that it can be handed to `map` and `treeMap`; see {@link fullLike}. */
export function zerosLike(x: Tensor): Tensor {
  return filledLike('zerosLike', x, 0, {});
}

/** Ones with the shape and dtype of x; see {@link zerosLike}. */
export function onesLike(x: Tensor): Tensor {
  return filledLike('onesLike', x, 1, {});
}

/** The n × n identity matrix. */
export function eye(n: number, options: CreateOptions = {}): Tensor {
  checkOptions('eye', options, createOptions);
  const { dtype = 'float64' } = options;
  checkCount('eye', 'n', n);
  checkRoom('eye', n * n);
  const data = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return new Tensor(data, dtype, [n, n]);
}

/**
 * start, start + step, … below stop (above it for a negative step), ⌈(stop − start)/step⌉ numbers. `arange(n)` is 0 … n − 1. Options come last:
 * `arange(3, { dtype: 'int32' })`. Each number is start + i·step, rounded twice at most and then converted to the dtype; where the quotient
 * rounds up there is one number too many, as in NumPy: prefer `linspace` for fractions.
 */
export function arange(stop: number, options?: CreateOptions): Tensor;
export function arange(start: number, stop: number | undefined, options?: CreateOptions): Tensor;
export function arange(
  start: number,
  stop: number | undefined,
  step: number | undefined,
  options?: CreateOptions,
): Tensor;
export function arange(
  start: number,
  stop?: number | CreateOptions,
  step?: number | CreateOptions,
  options?: CreateOptions,
): Tensor {
  const numbers: (number | undefined)[] = [start];
  let given = options;
  for (const value of [step, stop]) {
    if (typeof value !== 'object') numbers.splice(1, 0, value);
    else if (given === undefined && numbers[1] === undefined) given = value;
    else throw new TypeError('arange: options come last');
  }
  if (given !== undefined) checkOptions('arange', given, createOptions);
  const { dtype = 'float64' } = given ?? {};
  const [from, to] = numbers[1] === undefined ? [0, start] : [start, numbers[1]];
  const by = numbers[2] ?? 1;
  checkNumbers('arange', from, to, by);
  if (!Number.isFinite(from) || !Number.isFinite(to) || !Number.isFinite(by) || by === 0) {
    throw new RangeError(`arange: needs finite bounds and a step other than 0, got ${from}, ${to}, ${by}`);
  }
  const count = Math.max(0, Math.ceil((to - from) / by));
  checkRoom('arange', count);
  const data = new Float64Array(count);
  for (let i = 0; i < data.length; i++) data[i] = from + i * by;
  return new Tensor(convert(data, dtype), dtype, [data.length]);
}

/** `count` (default 50) evenly spaced numbers from `start` to `stop`, both included; `start` alone when it is 1. */
export function linspace(start: number, stop: number, count = 50, options: CreateOptions = {}): Tensor {
  checkOptions('linspace', options, createOptions);
  const { dtype = 'float64' } = options;
  checkCount('linspace', 'count', count);
  checkNumbers('linspace', start, stop);
  if (!Number.isFinite(start) || !Number.isFinite(stop)) {
    throw new RangeError(`linspace: needs finite bounds, got ${start}, ${stop}`);
  }
  checkRoom('linspace', count);
  const data = new Float64Array(count);
  const steps = count - 1 || 1;
  // Where i·(stop − start) would overflow, the weighted mean of the ends does not.
  const far = !Number.isFinite(steps * (stop - start));
  for (let i = 0; i < count; i++) {
    const t = i / steps;
    data[i] = far ? start * (1 - t) + stop * t : start + (i * (stop - start)) / steps;
  }
  // The last point is set, not computed: start + (n − 1)·h may miss it by an ulp.
  if (count > 1) data[count - 1] = stop;
  return new Tensor(convert(data, dtype), dtype, [count]);
}

/** Throws a TypeError unless all are numbers; which numbers will do is for the caller. */
function checkNumbers(op: string, ...values: readonly unknown[]): void {
  for (const value of values) {
    if (typeof value !== 'number') throw new TypeError(`${op}: expected a number, got ${describeValue(value)}`);
  }
}

function checkValue(op: string, value: unknown): void {
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    throw new TypeError(`${op}: expected a number, got ${describeValue(value)}`);
  }
}

function filledLike(op: string, x: Tensor, value: number, options: CreateOptions): Tensor {
  expectTensor(op, x);
  checkOptions(op, options, createOptions);
  return filled(op, x.shape, value, options.dtype ?? x.dtype);
}

function filled(op: string, shape: Shape, value: number, dtype: DType): Tensor {
  checkShape(op, shape);
  checkRoom(op, sizeOf(shape));
  const data = allocate(dtype, sizeOf(shape));
  if (!Object.is(value, 0)) data.fill(dtype === 'bool' ? Number(value !== 0) : value);
  return new Tensor(data, dtype, [...shape]);
}

/** Throws where no engine has a typed array of so many elements; whether there is memory for fewer is found out by asking for it. */
function checkRoom(op: string, size: number): void {
  if (size > 2 ** 32) throw new RangeError(`${op}: ${size} elements are more than a typed array holds`);
}

function isTypedArray(values: unknown): values is TypedArray {
  return (
    values instanceof Float64Array ||
    values instanceof Float32Array ||
    values instanceof Int32Array ||
    values instanceof Uint8Array
  );
}

/** The array itself; bytes other than 0 and 1 pass only where they are going to be converted. */
function fromTyped(data: TypedArray, to: DType | undefined): { data: TypedArray; natural: Shape; dtype: DType } {
  const dtype = dtypeOf(data);
  if (dtype === 'bool' && (to === undefined || to === 'bool')) {
    const odd = data.findIndex((v) => v > 1);
    if (odd >= 0 && to === 'bool')
      return fromTyped(
        data.map((v) => Number(v !== 0)),
        to,
      );
    if (odd >= 0) {
      throw new RangeError(
        `tensor: a Uint8Array is read as bool and must hold 0 and 1, got ${data[odd]} at ${odd}; say which dtype it is to become`,
      );
    }
  }
  return { data, natural: [data.length], dtype };
}

/** Elements of a typed array that is not the storage of any dtype; undefined for what is no buffer. */
function fromOtherBuffer(values: unknown): { data: TypedArray; natural: Shape; dtype: DType } | undefined {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    throw new TypeError('tensor: there is no dtype for bigints; convert them first, as in Array.from(values, Number)');
  }
  if (values instanceof DataView || values instanceof ArrayBuffer) {
    throw new TypeError(
      `tensor: ${values instanceof DataView ? 'a DataView' : 'an ArrayBuffer'} does not say what it holds; make a typed array of it`,
    );
  }
  const narrow =
    values instanceof Int8Array ||
    values instanceof Int16Array ||
    values instanceof Uint16Array ||
    values instanceof Uint8ClampedArray;
  if (!narrow && !(values instanceof Uint32Array)) return undefined;
  const data = narrow ? Int32Array.from(values) : Float64Array.from(values);
  return { data, natural: [data.length], dtype: narrow ? 'int32' : 'float64' };
}
