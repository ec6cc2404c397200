import { expectTensor } from '../core/as-tensor.js';
import { describeValue } from '../core/describe-value.js';
import type { DType, TypedArray } from '../core/dtype.js';
import type { Tensor } from '../core/tensor.js';
import { type NdarrayView, View } from './view.js';

/** The function that the package `ndarray` exports, or one like it. */
export type NdarrayConstructor<N> = (data: TypedArray, shape: number[], stride: number[], offset: number) => N;

const NAMES: Readonly<Record<DType, NdarrayView['dtype']>> = {
  float64: 'float64',
  float32: 'float32',
  int32: 'int32',
  bool: 'uint8',
};

/**
 * The ndarray that reads the same elements as a tensor, on the same memory: with `ndarray`, what that constructor makes; without, an object with its fields
 * and methods that needs no `eval`.
 *
 * What is written through the ndarray is written into the buffer of the tensor, and so into every view of it, although tensors are not meant to
 * change: copy first (`toNdarray(tensor(x.toTypedArray().slice(), x.shape))`) unless nobody else holds them. Derivatives end here. Throws a
 * TypeError where x is no tensor or `ndarray` no function. No element is touched.
 */
export function toNdarray(x: Tensor): NdarrayView;
export function toNdarray<N>(x: Tensor, ndarray: NdarrayConstructor<N>): N;
export function toNdarray<N>(x: Tensor, ndarray?: NdarrayConstructor<N>): N | NdarrayView {
  expectTensor('toNdarray', x);
  if (ndarray === undefined) return new View(x.data, NAMES[x.dtype], [...x.shape], [...x.strides], x.offset);
  if (typeof ndarray !== 'function') {
    throw new TypeError(`toNdarray: expected the function that makes ndarrays, got ${describeValue(ndarray)}`);
  }
  return ndarray(x.data, [...x.shape], [...x.strides], x.offset);
}
