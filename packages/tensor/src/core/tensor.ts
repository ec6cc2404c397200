import { copyStrided } from '../kernels/copy/index.js';
import { allocate } from './allocate.js';
import { brand } from './brand.js';
import { describeValue } from './describe-value.js';
import type { DType, TypedArray } from './dtype.js';
import type { Node } from './node.js';
import { printTensor } from './print.js';
import { contiguousStrides, isContiguous, type Shape, showShape, sizeOf } from './shape.js';

const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** Nested arrays of numbers or booleans: what `toArray` returns. */
export type Nested = number | boolean | Nested[];

/**
 * A dense tensor: a typed array, a shape, strides in elements and an offset. Element (i₀, …) stands at
 * `data[offset + Σ iₐ·strides[a]]`, so slices, transposes and broadcasts are views of one buffer.
 *
 * Immutable by convention: functions return new tensors, and nobody writes to `data` once a tensor was handed out.
 * A tensor made while a derivative is taken also remembers, in `node`, how it was made.
 */
export class Tensor {
  /** Not instanceof, see {@link isTensor}. */
  readonly [brand]: true = true;

  constructor(
    readonly data: TypedArray,
    readonly dtype: DType,
    readonly shape: Shape,
    readonly strides: readonly number[] = contiguousStrides(shape),
    readonly offset: number = 0,
    readonly node: Node | undefined = undefined,
    /** Which output of `node` this is. */
    readonly outputIndex: number = 0,
  ) {}

  /** Number of axes. */
  get order(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The only element of a tensor of size 1. Throws for any other size. */
  item(): number {
    if (this.size !== 1) throw new RangeError(`item: needs exactly one element, got shape ${showShape(this.shape)}`);
    return this.data[this.offset];
  }

  /**
   * Nested arrays of the elements; a number (or boolean) for a tensor of order 0. Who knows the order can say so: `x.toArray<number[][]>()`; that is
   * not checked.
   */
  toArray<T extends Nested = Nested>(): T {
    const nest = (axis: number, offset: number): Nested => {
      if (axis === this.order) return this.dtype === 'bool' ? this.data[offset] !== 0 : this.data[offset];
      return Array.from({ length: this.shape[axis] }, (_, i) => nest(axis + 1, offset + i * this.strides[axis]));
    };
    return nest(0, this.offset) as T;
  }

  /**
   * What JSON.stringify writes: shape, dtype and elements in row-major order, so that `tensor(j.data, j.shape, { dtype: j.dtype })` makes the tensor
   * again. JSON has no NaN, no infinities and no −0: they become null, which `tensor` refuses, and 0.
   */
  toJSON(): { shape: Shape; dtype: DType; data: number[] } {
    return { shape: this.shape, dtype: this.dtype, data: Array.from(flatten(this)) };
  }

  /** The elements in row-major order in a buffer of their own or, without a copy, in this tensor's when it is gap-free. */
  toTypedArray(): TypedArray {
    return flatten(this);
  }

  /** Aligned, truncated text as NumPy writes it; reads only the elements it shows. */
  toString(): string {
    return printTensor(this);
  }

  [inspect](): string {
    const body = printTensor(this, '  ');
    return `Tensor(${showShape(this.shape)}, ${this.dtype})${body.includes('\n') ? '\n  ' : ' '}${body}`;
  }
}

/** Whether a value is a tensor, of this or another copy of the package. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && brand in value;
}

/** The elements of `x` in row-major order: a view of its buffer when it is gap-free, else a copy. */
export function flatten(x: Tensor): TypedArray {
  if (!isTensor(x)) throw new TypeError(`flatten: expected a tensor, got ${describeValue(x)}`);
  const size = x.size;
  if (isContiguous(x.shape, x.strides)) {
    return x.offset === 0 && x.data.length === size ? x.data : x.data.subarray(x.offset, x.offset + size);
  }
  const out = allocate(x.dtype, size);
  copyStrided(out, 0, x.data, x.offset, x.strides, x.shape);
  return out;
}
