import { allocate } from './allocate.js';
import { describeValue, expectTensor } from './as-tensor.js';
import { checkDType, convert, type DType, dtypeOf, type TypedArray } from './dtype.js';
import { fromNested, type NestedInput } from './nested.js';
import { checkShape, type Shape, showShape, sizeOf } from './shape.js';
import { isTensor, Tensor } from './tensor.js';

/** Options of the functions that make tensors. */
export interface CreateOptions {
  /** Element type. Default: that of a typed array given, bool for booleans, else float64. */
  readonly dtype?: DType;
}

/**
 * Makes a tensor from nested arrays, from a number, or from a typed array with a shape.
 *
 * `tensor([[1, 2], [3, 4]])` has shape [2, 2]; `tensor(new Float64Array(6), [2, 3])` reads the buffer row by row without copying it,
 * and `tensor(data)` of a typed array has order 1. A Uint8Array of 0 and 1 is bool; for other bytes say which dtype to convert to.
 * Throws a RangeError for ragged rows or a shape that does not fit the data.
 */
export function tensor(values: NestedInput | TypedArray | Tensor, shape?: Shape, options: CreateOptions = {}): Tensor {
  if (isTensor(values)) throw new TypeError('tensor: the argument is a tensor already');
  if (options.dtype !== undefined) checkDType('tensor', options.dtype);
  const { data, natural, dtype } = isTypedArray(values) ? fromTyped(values, options.dtype) : fromNested(values);
  const size = shape ?? natural;
  checkShape('tensor', size);
  if (sizeOf(size) !== data.length) {
    throw new RangeError(`tensor: shape ${showShape(size)} needs ${sizeOf(size)} elements, got ${data.length}`);
  }
  const type = options.dtype ?? dtype;
  return new Tensor(convert(data, type), type, [...size]);
}

/** A tensor of one value throughout. `full([2], 7)` is [7, 7]. */
export function full(shape: Shape, value: number, options: CreateOptions = {}): Tensor {
  if (typeof value !== 'number') throw new TypeError(`full: expected a number, got ${describeValue(value)}`);
  return filled('full', shape, value, options);
}

export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  return filled('zeros', shape, 0, options);
}

export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  return filled('ones', shape, 1, options);
}

export function zerosLike(x: Tensor): Tensor {
  expectTensor('zerosLike', x);
  return filled('zerosLike', x.shape, 0, x);
}

export function onesLike(x: Tensor): Tensor {
  expectTensor('onesLike', x);
  return filled('onesLike', x.shape, 1, x);
}

/** The n × n identity matrix. */
export function eye(n: number, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  checkDType('eye', dtype);
  checkShape('eye', [n]);
  const data = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return new Tensor(data, dtype, [n, n]);
}

/** start, start + step, … below stop (above it for a negative step). `arange(n)` is 0 … n − 1. */
export function arange(start: number, stop?: number, step = 1, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  checkDType('arange', dtype);
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (!Number.isFinite(from) || !Number.isFinite(to) || !Number.isFinite(step) || step === 0) {
    throw new RangeError(`arange: needs finite bounds and a step other than 0, got ${from}, ${to}, ${step}`);
  }
  const data = new Float64Array(Math.max(0, Math.ceil((to - from) / step)));
  for (let i = 0; i < data.length; i++) data[i] = from + i * step;
  return new Tensor(convert(data, dtype), dtype, [data.length]);
}

/** `count` (default 50) evenly spaced numbers from `start` to `stop`, both included; `start` alone when it is 1. */
export function linspace(start: number, stop: number, count = 50, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  checkDType('linspace', dtype);
  checkShape('linspace', [count]);
  if (!Number.isFinite(start) || !Number.isFinite(stop)) {
    throw new RangeError(`linspace: needs finite bounds, got ${start}, ${stop}`);
  }
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = start + (i * (stop - start)) / (count - 1 || 1);
  // The last point is set, not computed: start + (n − 1)·h may miss it by an ulp.
  if (count > 1) data[count - 1] = stop;
  return new Tensor(convert(data, dtype), dtype, [count]);
}

function filled(op: string, shape: Shape, value: number, { dtype = 'float64' }: CreateOptions): Tensor {
  checkDType(op, dtype);
  checkShape(op, shape);
  const data = allocate(dtype, sizeOf(shape));
  if (!Object.is(value, 0)) data.fill(dtype === 'bool' ? Number(value !== 0) : value);
  return new Tensor(data, dtype, [...shape]);
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
