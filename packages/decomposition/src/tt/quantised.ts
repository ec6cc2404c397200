import { reshape, showShape, type Tensor } from '@neuronseek/tensor';
import { checkSizes } from '../checks/check-sizes.js';
import { checkTensor } from '../checks/check-tensor.js';
import { productOf } from '../product-of.js';
import { checkTt } from './check-tt.js';
import { type TtResult, tensorTrainFor } from './tensor-train.js';
import type { TtTruncation } from './truncation.js';
import type { TtTensor } from './tt-tensor.js';
import { ttToTensor } from './tt-to-tensor.js';

/**
 * Quantised tensor train: every mode of size 2^L becomes L modes of size 2, the most significant bit first, and the tensor with log₂(size)
 * modes is decomposed by `tensorTrain`.
 *
 * x: sizes powers of two, not all of them 1 → log₂(size) cores [r, 2, r']. Samples on an even grid of exponentials have ranks 1, of sines and of linear
 * functions 2, of polynomials of degree p at most p + 1, so that memory grows with the logarithm of the number of points. Options, errors and cost as
 * those of `tensorTrain`. `qttToTensor` goes back. (Khoromskij 2011; Oseledets 2010)
 *
 * @throws RangeError where a size is not a power of two
 */
export function qtt(x: Tensor, options: TtTruncation): TtResult {
  checkTensor('qtt', 'x', x);
  if (x.size < 2 || !x.shape.every((n) => Number.isInteger(Math.log2(n)))) {
    throw new RangeError(`qtt: sizes are not powers of two with a product above 1: shape is ${showShape(x.shape)}`);
  }
  return tensorTrainFor('qtt', reshape(x, new Array<number>(Math.log2(x.size)).fill(2)), options);
}

/**
 * The tensor of a given shape that a quantised tensor train stands for. Differentiable with respect to the cores; see `ttToTensor`.
 *
 * @throws RangeError where the shape has another number of elements
 */
export function qttToTensor(tt: TtTensor, shape: readonly number[]): Tensor {
  const sizes = checkTt('qttToTensor', tt);
  checkSizes('qttToTensor', 'shape', shape);
  if (productOf(shape) !== productOf(sizes.shape)) {
    throw new RangeError(
      `qttToTensor: shape ${showShape(shape)} has ${productOf(shape)} elements, the train has ${productOf(sizes.shape)}`,
    );
  }
  return reshape(ttToTensor(tt), shape);
}
