import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import type { ExactMonomial } from './exact-polynomial.js';
import { expressionValue } from './expression-value.js';
import { polynomialFault } from './polynomial-fault.js';
import { sortedMonomials, sparsePolynomials, variable } from './sparse-polynomial.js';

/** The monomials of one output of an expression neuron. Throws a RangeError in the name of `name` where it is no polynomial. */
export function expandExpression(
  name: string,
  { expressions, inputs }: ExpressionNeuron,
  output: number,
  maxMonomials: number,
): ExactMonomial[] {
  const fault = polynomialFault(expressions[output]);
  if (fault !== undefined) throw new RangeError(`${name}: expressions[${output}] is no polynomial: ${fault}`);
  const numbers = sparsePolynomials(inputs, maxMonomials);
  const variables = Array.from({ length: inputs }, (_, d) => variable(inputs, d));
  const polynomial = expressionValue(numbers, expressions[output], variables);
  // A divisor that is constant as it is written is one as a polynomial.
  if (polynomial === undefined)
    throw new RangeError(`${name}: expressions[${output}] is no polynomial: it divides by 0`);
  return sortedMonomials(polynomial);
}
