import type { Data } from '@neuronseek/testkit';
import { allocate } from '../../src/core/allocate.js';
import type { DType, TypedArray } from '../../src/core/dtype.js';
import { Tensor } from '../../src/core/tensor.js';

/** All index tuples of a shape, last index fastest. */
export function indices(shape: readonly number[]): number[][] {
  let all: number[][] = [[]];
  for (const n of shape) all = all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i]));
  return all;
}

/** The element at an index, by the definition of a strided layout. */
export function at(x: Tensor, index: readonly number[]): number {
  return x.data[index.reduce((place, i, axis) => place + i * x.strides[axis], x.offset)];
}

/** Elements in row-major order, read one by one: shares no loop with the kernels. */
export function elements(x: Tensor): number[] {
  return indices(x.shape).map((index) => at(x, index));
}

export function toData(x: Tensor): Data {
  return { shape: x.shape, data: Float64Array.from(elements(x)) };
}

/** Gap-free tensor of plain data. */
export function fromData({ shape, data }: Data, dtype: DType = 'float64'): Tensor {
  return new Tensor(typed(dtype, data), dtype, shape);
}

export function typed(dtype: DType, values: ArrayLike<number>): TypedArray {
  const data = allocate(dtype, values.length);
  for (let i = 0; i < values.length; i++) data[i] = values[i];
  return data;
}
