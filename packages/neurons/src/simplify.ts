import { checkNeuron } from './check-neuron.js';
import { checkExpressionNeuron, type ExpressionNeuron } from './expressions/expression-neuron.js';
import { simplifyExpression } from './expressions/simplification/simplify-expression.js';
import type { Neuron } from './neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import { simplifyPolynomial } from './simplify-polynomial.js';

/**
 * The same neuron in fewer parts.
 *
 * Expressions: numbers are computed, nested sums and products flattened, equal terms and equal bases collected, 0, 1 and double signs dropped, and known
 * identities used (e^(log a), log(eᵃ), √(a²) = |a|, sin² + cos² = 1, even and odd functions); parts come in a canonical sequence. Wherever the
 * formula has a finite value, the simpler one has the same up to rounding, overflow and underflow; it may have one at more points: x/x becomes 1
 * and e^(log x) becomes x. Products are not multiplied out: see `expand`. No formula becomes larger, counted in nodes, and simplifying twice changes
 * nothing. A formula that is equal to another may keep another form: see `equivalent`.
 *
 * Polynomial neurons: terms, ranks and interactions whose numbers are all 0 are left out. Not differentiable. Throws what the constructor of the neuron
 * would. Cost: a few rounds over all nodes, each of the order of nodes times depth.
 */
export function simplify(neuron: PolynomialNeuron): PolynomialNeuron;
export function simplify(neuron: ExpressionNeuron): ExpressionNeuron;
export function simplify(neuron: Neuron): Neuron;
export function simplify(neuron: Neuron): Neuron {
  if (neuron.kind === 'polynomial') return simplifyPolynomial(checkNeuron('simplify', '', neuron));
  const { expressions, inputs } = checkExpressionNeuron('simplify', '', neuron);
  return { ...neuron, expressions: expressions.map((expression) => simplifyExpression(expression, inputs)) };
}
