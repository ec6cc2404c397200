import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import { polynomialFault } from './polynomial-fault.js';

/**
 * Whether every output of a neuron is a polynomial with rational coefficients as it is written: sums, products, quotients by constants and
 * integer powers of inputs and numbers. What becomes one only by simplification, such as x²/x, is none.
 */
export function isPolynomial(neuron: PolynomialNeuron | ExpressionNeuron): boolean {
  return (
    neuron.kind === 'polynomial' || neuron.expressions.every((expression) => polynomialFault(expression) === undefined)
  );
}
