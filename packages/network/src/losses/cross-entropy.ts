import { div, logSoftmax, mul, neg, showShape, sum, type Tensor } from '@neuronseek/tensor';

/**
 * Mean over the rows of −Σ_c t_c·ln softmax(logits)_c. `target` [rows, classes] holds class probabilities, one 1 a row as a rule.
 * Throws a RangeError unless both have the same shape.
 */
export function crossEntropy(logits: Tensor, target: Tensor): Tensor {
  if (logits.order !== 2 || target.order !== 2 || logits.shape.some((n, axis) => n !== target.shape[axis])) {
    throw new RangeError(
      `crossEntropy: needs two tensors [rows, classes]: logits are ${showShape(logits.shape)}, target is ${showShape(target.shape)}`,
    );
  }
  return neg(div(sum(mul(target, logSoftmax(logits))), logits.shape[0]));
}
