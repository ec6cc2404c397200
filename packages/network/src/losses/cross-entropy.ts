import { div, logsumexp, mul, sameShape, showShape, sub, sum, type Tensor } from '@neuronseek/tensor';

/**
 * Mean over the rows of −Σ_c t_c·ln softmax(logits)_c = Σ_c t_c·(ln Σ_i e^logits_i − logits_c). `target` [rows, classes] holds class
 * probabilities, one 1 a row as a rule; they are not checked. Throws a RangeError unless both have the same shape.
 */
export function crossEntropy(logits: Tensor, target: Tensor): Tensor {
  if (logits.order !== 2 || !sameShape(logits.shape, target.shape)) {
    throw new RangeError(
      `crossEntropy: needs two tensors [rows, classes]: logits are ${showShape(logits.shape)}, target is ${showShape(target.shape)}`,
    );
  }
  const surprise = sub(logsumexp(logits, { axes: 1, keepDims: true }), logits);
  return div(sum(mul(target, surprise)), logits.shape[0]);
}
