import { checkNeuron } from './check-neuron.js';
import { differentiatePolynomial } from './differentiate-polynomial.js';
import { differentiateExpression } from './expressions/differentiate-expression.js';
import { checkExpressionNeuron, type ExpressionNeuron } from './expressions/expression-neuron.js';
import type { Neuron } from './neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** Options of {@link differentiate}. */
export interface DifferentiateOptions {
  /** The feature: its index from 0, or its name. No default. */
  readonly by: number | string;
}

/**
 * The derivative ∂y/∂x_d of a neuron with respect to one feature, as a neuron of the same kind.
 *
 * A polynomial neuron stays one: powers and interactions lose an order, an interaction of order k in CP, Tucker or TT form becomes k of them, each
 * with one factor replaced by its numbers at d, a symmetric one stays one, what had order 1 goes to the bias, and scaling follows the chain rule. It is made by
 * operations of tensors, so that it can be differentiated in the neuron's numbers.
 *
 * Expressions are differentiated by the rules as they are written, without terms that are 0; `simplify` makes them short. `total` is
 * differentiated in the element x_d and in x_d by its name. The derivative of |a| is |a|/a·a′: NaN at a = 0, where autodiff takes 0. Throws a
 * RangeError for a feature that there is not. Cost: at most a few nodes for each pair of nested nodes.
 */
export function differentiate(neuron: PolynomialNeuron, options: DifferentiateOptions): PolynomialNeuron;
export function differentiate(neuron: ExpressionNeuron, options: DifferentiateOptions): ExpressionNeuron;
export function differentiate(neuron: Neuron, options: DifferentiateOptions): Neuron;
export function differentiate(neuron: Neuron, { by }: DifferentiateOptions): Neuron {
  if (neuron.kind === 'polynomial') {
    return differentiatePolynomial(checkNeuron('differentiate', '', neuron), featureIndex(neuron, by));
  }
  const { expressions } = checkExpressionNeuron('differentiate', '', neuron);
  const index = featureIndex(neuron, by);
  return { ...neuron, expressions: expressions.map((expression) => differentiateExpression(expression, index)) };
}

function featureIndex({ inputs, features }: Neuron, by: number | string): number {
  const index = typeof by === 'string' ? features.indexOf(by) : by;
  if (typeof by === 'string' && index < 0) {
    throw new RangeError(`differentiate: by must be one of the features ${features.join(', ')}: got '${by}'`);
  }
  if (!Number.isInteger(index) || index < 0 || index >= inputs) {
    throw new RangeError(`differentiate: by must be a name or an integer from 0 to ${inputs - 1}: got ${String(by)}`);
  }
  return index;
}
