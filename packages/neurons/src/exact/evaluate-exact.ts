import { checkNeuron } from '../check-neuron.js';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import { expressionValue } from './expression-value.js';
import { neuronValue } from './neuron-value.js';
import { type Numbers, rationalNumbers } from './numbers.js';
import { polynomialFault } from './polynomial-fault.js';
import type { Rational } from './rational.js';

/**
 * The outputs of a neuron at one rational point x [D], exactly: its numbers are taken as the rationals that they are, and its formula is followed
 * term by term.
 *
 * Throws a RangeError where x does not fit or an expression is no polynomial with rational coefficients. Cost: one multiplication of fractions for each
 * number of the neuron.
 */
export function evaluateExact(neuron: PolynomialNeuron | ExpressionNeuron, x: readonly Rational[]): Rational[] {
  if (x.length !== neuron.inputs) {
    throw new RangeError(`evaluateExact: x must have ${neuron.inputs} coordinates: got ${x.length}`);
  }
  if (neuron.kind === 'polynomial') checkNeuron('evaluateExact', '', neuron);
  else refuseOthers('evaluateExact', neuron);
  const values = valuesOf(rationalNumbers, neuron, x);
  if (values === undefined) throw new RangeError('evaluateExact: the neuron divides by 0');
  return values;
}

/** Throws unless all expressions are polynomials. */
export function refuseOthers(name: string, { expressions }: ExpressionNeuron): void {
  expressions.forEach((expression, c) => {
    const fault = polynomialFault(expression);
    if (fault !== undefined) throw new RangeError(`${name}: expressions[${c}] is no polynomial: ${fault}`);
  });
}

/** The outputs at x in any arithmetic; undefined where a divisor has no inverse in it. */
export function valuesOf<T>(
  numbers: Numbers<T>,
  neuron: PolynomialNeuron | ExpressionNeuron,
  x: readonly T[],
): T[] | undefined {
  if (neuron.kind === 'polynomial') return neuronValue(numbers, neuron, x);
  const values: T[] = [];
  for (const expression of neuron.expressions) {
    const value = expressionValue(numbers, expression, x);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
