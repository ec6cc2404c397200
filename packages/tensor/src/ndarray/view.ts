import type { TypedArray } from '../core/dtype.js';

/**
 * What `toNdarray` makes without a constructor: the fields and methods of scijs' ndarray, on the same memory, without generated code.
 *
 * Indices are not checked. `set` writes to the tensor's own elements.
 */
export interface NdarrayView {
  data: TypedArray;
  shape: number[];
  stride: number[];
  offset: number;
  /** Name of the type of `data`; 'uint8' for bool. */
  readonly dtype: 'float64' | 'float32' | 'int32' | 'uint8';
  /** Number of elements. */
  readonly size: number;
  /** Axes from the smallest stride to the largest. */
  readonly order: number[];
  /** Number of axes. */
  readonly dimension: number;
  get(...indices: number[]): number;
  /** Indices, then the value; returns the value. */
  set(...indicesAndValue: number[]): number;
  /** Place in `data` of an element. */
  index(...indices: number[]): number;
  /** Without what lies before an index along each axis; axes for which none is given are left alone, here and below. */
  lo(...starts: (number | null)[]): NdarrayView;
  /** The first so many entries along each axis. */
  hi(...counts: (number | null)[]): NdarrayView;
  /** Every so manieth entry, from the end where negative. */
  step(...steps: (number | null)[]): NdarrayView;
  /** Axes in another order: axis i of the result is axis `axes[i]`. */
  transpose(...axes: number[]): NdarrayView;
  /** One entry along each axis that an index from 0 is given for; the axis disappears. */
  pick(...indices: (number | null)[]): NdarrayView;
  /** Axes reversed. */
  readonly T: NdarrayView;
}

/** Implements {@link NdarrayView}; methods on a prototype, as ndarray has them: views are made by the million. */
export class View implements NdarrayView {
  constructor(
    public data: TypedArray,
    readonly dtype: NdarrayView['dtype'],
    public shape: number[],
    public stride: number[],
    public offset: number,
  ) {}

  get size(): number {
    return this.shape.reduce((size, n) => size * n, 1);
  }

  get dimension(): number {
    return this.shape.length;
  }

  get order(): number[] {
    const { stride } = this;
    return stride.map((_, axis) => axis).sort((a, b) => Math.abs(stride[a]) - Math.abs(stride[b]));
  }

  get T(): NdarrayView {
    return this.transpose(...this.shape.map((_, axis) => this.shape.length - 1 - axis));
  }

  index(...indices: number[]): number {
    let place = this.offset;
    for (let axis = 0; axis < this.shape.length; axis++) place += indices[axis] * this.stride[axis];
    return place;
  }

  get(...indices: number[]): number {
    return this.data[this.index(...indices)];
  }

  set(...indicesAndValue: number[]): number {
    const value = indicesAndValue[this.shape.length];
    this.data[this.index(...indicesAndValue)] = value;
    return value;
  }

  lo(...starts: (number | null)[]): NdarrayView {
    const skip = this.shape.map((_, axis) => Math.max(given(starts[axis]) ?? 0, 0));
    const offset = skip.reduce((sum, n, axis) => sum + n * this.stride[axis], this.offset);
    return this.#with(
      this.shape.map((n, axis) => n - skip[axis]),
      [...this.stride],
      offset,
    );
  }

  hi(...counts: (number | null)[]): NdarrayView {
    const shape = this.shape.map((n, axis) => {
      const count = given(counts[axis]) ?? -1;
      return count < 0 ? n : count;
    });
    return this.#with(shape, [...this.stride], this.offset);
  }

  step(...steps: (number | null)[]): NdarrayView {
    const shape = [...this.shape];
    const stride = [...this.stride];
    let offset = this.offset;
    for (let axis = 0; axis < shape.length; axis++) {
      const step = given(steps[axis]);
      if (step === undefined) continue;
      if (step < 0) offset += stride[axis] * (shape[axis] - 1);
      shape[axis] = Math.ceil(shape[axis] / Math.abs(step));
      stride[axis] *= step;
    }
    return this.#with(shape, stride, offset);
  }

  transpose(...axes: number[]): NdarrayView {
    const order = this.shape.map((_, axis) => given(axes[axis]) ?? axis);
    return this.#with(
      order.map((axis) => this.shape[axis]),
      order.map((axis) => this.stride[axis]),
      this.offset,
    );
  }

  pick(...indices: (number | null)[]): NdarrayView {
    const shape: number[] = [];
    const stride: number[] = [];
    let offset = this.offset;
    for (let axis = 0; axis < this.shape.length; axis++) {
      const index = given(indices[axis]);
      if (index !== undefined && index >= 0) offset += this.stride[axis] * index;
      else {
        shape.push(this.shape[axis]);
        stride.push(this.stride[axis]);
      }
    }
    return this.#with(shape, stride, offset);
  }

  #with(shape: number[], stride: number[], offset: number): NdarrayView {
    return new View(this.data, this.dtype, shape, stride, offset);
  }
}

/** An argument as a whole number; undefined where the caller left it out. */
function given(value: number | null | undefined): number | undefined {
  return typeof value === 'number' ? Math.trunc(value) : undefined;
}
