import { allocate, type DType, dtypeOf, type TypedArray } from './dtype.js';
import { checkShape, type Shape, showShape, sizeOf } from './shape.js';
import { isTensor, Tensor } from './tensor.js';

/** Nested arrays of numbers or booleans, all rows of equal length. */
export type NestedInput = number | boolean | readonly NestedInput[];

/** Options of the functions that make tensors. */
export interface CreateOptions {
  /** Element type. Default: that of a typed array given, bool for booleans, else float64. */
  readonly dtype?: DType;
}

/**
 * Makes a tensor from nested arrays, from a number, or from a typed array with a shape.
 *
 * `tensor([[1, 2], [3, 4]])` has shape [2, 2]; `tensor(new Float64Array(6), [2, 3])` reads the buffer row by row without copying it,
 * and `tensor(data)` of a typed array has order 1. Throws a RangeError for ragged rows or a shape that does not fit the data.
 */
export function tensor(values: NestedInput | TypedArray | Tensor, shape?: Shape, options: CreateOptions = {}): Tensor {
  if (isTensor(values)) throw new TypeError('tensor: the argument is a tensor already');
  const { data, natural } = isTypedArray(values)
    ? { data: values, natural: [values.length] }
    : fromNested(values, options.dtype);
  const size = shape ?? natural;
  checkShape('tensor', size);
  if (sizeOf(size) !== data.length) {
    throw new RangeError(`tensor: shape ${showShape(size)} needs ${sizeOf(size)} elements, got ${data.length}`);
  }
  const dtype = options.dtype ?? dtypeOf(data);
  if (dtype === dtypeOf(data)) return new Tensor(data, dtype, [...size]);
  const converted = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) converted[i] = dtype === 'bool' ? Number(data[i] !== 0) : data[i];
  return new Tensor(converted, dtype, [...size]);
}

/** A tensor of one value throughout. `full([2], 7)` is [7, 7]. */
export function full(shape: Shape, value: number, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  checkShape('full', shape);
  const data = allocate(dtype, sizeOf(shape));
  if (value !== 0) data.fill(value);
  return new Tensor(data, dtype, [...shape]);
}

export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  return full(shape, 0, options);
}

export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  return full(shape, 1, options);
}

export function zerosLike(x: Tensor): Tensor {
  return full(x.shape, 0, { dtype: x.dtype });
}

export function onesLike(x: Tensor): Tensor {
  return full(x.shape, 1, { dtype: x.dtype });
}

/** The n × n identity matrix. */
export function eye(n: number, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  checkShape('eye', [n]);
  const data = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return new Tensor(data, dtype, [n, n]);
}

/** start, start + step, … below stop (above it for a negative step). `arange(n)` is 0 … n − 1. */
export function arange(start: number, stop?: number, step = 1, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (!Number.isFinite(from) || !Number.isFinite(to) || !Number.isFinite(step) || step === 0) {
    throw new RangeError(`arange: needs finite bounds and a step other than 0, got ${from}, ${to}, ${step}`);
  }
  const data = allocate(dtype, Math.max(0, Math.ceil((to - from) / step)));
  for (let i = 0; i < data.length; i++) data[i] = from + i * step;
  return new Tensor(data, dtype, [data.length]);
}

/** `count` evenly spaced numbers from `start` to `stop`, both included. */
export function linspace(start: number, stop: number, count = 50, { dtype = 'float64' }: CreateOptions = {}): Tensor {
  checkShape('linspace', [count]);
  const data = allocate(dtype, count);
  // The last point is set, not computed: start + (n − 1)·h may miss it by an ulp.
  for (let i = 0; i < count; i++)
    data[i] = i === count - 1 && count > 1 ? stop : start + (i * (stop - start)) / (count - 1 || 1);
  return new Tensor(data, dtype, [count]);
}

function isTypedArray(values: unknown): values is TypedArray {
  return (
    values instanceof Float64Array ||
    values instanceof Float32Array ||
    values instanceof Int32Array ||
    values instanceof Uint8Array
  );
}

function fromNested(values: NestedInput, dtype: DType | undefined): { data: TypedArray; natural: Shape } {
  const natural: number[] = [];
  let probe: NestedInput = values;
  while (Array.isArray(probe)) {
    natural.push(probe.length);
    if (probe.length === 0) break;
    probe = probe[0];
  }
  const data = allocate(dtype ?? (typeof probe === 'boolean' ? 'bool' : 'float64'), sizeOf(natural));
  let next = 0;
  const fill = (node: NestedInput, axis: number, path: string): void => {
    if (Array.isArray(node)) {
      if (axis >= natural.length || node.length !== natural[axis]) {
        throw new RangeError(
          `tensor: rows differ in length at ${path || 'the top'}: expected shape ${showShape(natural)}`,
        );
      }
      for (let i = 0; i < node.length; i++) fill(node[i], axis + 1, `${path}[${i}]`);
      return;
    }
    if (axis !== natural.length) throw new RangeError(`tensor: expected an array at ${path}, got ${String(node)}`);
    if (typeof node !== 'number' && typeof node !== 'boolean') {
      throw new TypeError(`tensor: expected a number or boolean at ${path || 'the top'}, got ${typeof node}`);
    }
    data[next++] = dtype === 'bool' ? Number(Number(node) !== 0) : Number(node);
  };
  fill(values, 0, '');
  return { data, natural };
}
