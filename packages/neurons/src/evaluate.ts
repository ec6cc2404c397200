import type { Tensor } from '@neuronseek/tensor';
import { evaluatePolynomial } from './evaluate-polynomial.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/**
 * The neuron's outputs for a batch of inputs: x [B, D] gives [B, C].
 *
 * Differentiable to any order with respect to x and to every tensor of the neuron, as in
 * `grad((n: PolynomialNeuron) => mean(square(sub(evaluate(n, x), y))))(neuron)`. Throws a RangeError when x does not fit; NaN and
 * Infinity pass through. Cost: 2·B·D·C·(P + Σ order·rank) flops in one fused operation.
 */
export function evaluate(neuron: PolynomialNeuron, x: Tensor): Tensor {
  return evaluatePolynomial(neuron, x);
}
