import type { Tensor } from '@neuronseek/tensor';
import { evaluatePolynomial } from './evaluate-polynomial.js';
import { evaluateExpressions } from './expressions/evaluate-expressions.js';
import type { Neuron } from './neuron.js';

/**
 * The neuron's outputs for a batch of inputs: x [B, D] gives [B, C].
 *
 * Differentiable to any order with respect to x and to every tensor of the neuron, as in
 * `grad((n: PolynomialNeuron) => mean(square(sub(evaluate(n, x), y))))(neuron)`; the numbers of an expression are no tensors. Throws a RangeError when x
 * does not fit; NaN and Infinity pass through. Cost of a polynomial neuron: 2·B·D·C·(P + Σ order·rank) flops in one fused operation.
 *
 * Expressions follow IEEE 754: log and sqrt of a negative number are NaN, 1/0 is Infinity, 0/0 and 0·Infinity are NaN, and powers are those of C (x⁰ is 1
 * even for NaN, a negative base with a fractional exponent gives NaN). A gradient at a point outside of a formula's domain is NaN or meaningless; that of abs at 0
 * is 0. float32 is computed in float64 and rounded once. Cost: each distinct subformula once, by blocks of rows; a gradient two to three
 * times that of the formula written in operations of tensors.
 */
export function evaluate(neuron: Neuron, x: Tensor): Tensor {
  return neuron.kind === 'polynomial' ? evaluatePolynomial(neuron, x) : evaluateExpressions(neuron, x);
}
