import { mean, sameShape, showShape, square, sub, type Tensor } from '@neuronseek/tensor';

/** Mean of (prediction − target)² over all elements. Throws a RangeError unless the shapes are equal. */
export function mse(prediction: Tensor, target: Tensor): Tensor {
  if (!sameShape(prediction.shape, target.shape)) {
    throw new RangeError(
      `mse: shapes differ: prediction is ${showShape(prediction.shape)}, target is ${showShape(target.shape)}`,
    );
  }
  return mean(square(sub(prediction, target)));
}
