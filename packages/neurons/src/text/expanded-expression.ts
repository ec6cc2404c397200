import { expand } from '../expand.js';
import type { Expression } from '../expressions/expression.js';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import { type SignedTerm, scaled, sumOf } from './sum-of.js';

/** The monomials of each output, in the sequence of `expand`, with the constant last. */
export function expandedExpression(neuron: PolynomialNeuron, maxMonomials: number | undefined): ExpressionNeuron {
  const { inputs, outputs, features } = neuron;
  const expressions = expand(neuron, { maxMonomials }).map(({ monomials }) => {
    const terms: SignedTerm[] = [];
    let constant = 0;
    for (const { coefficient, exponents } of monomials) {
      const factors = exponents.flatMap((exponent, index): Expression[] => {
        if (exponent === 0) return [];
        const base: Expression = { op: 'feature', index };
        return [exponent === 1 ? base : { op: 'power', base, exponent: { op: 'number', value: exponent } }];
      });
      if (factors.length > 0) terms.push(scaled(coefficient, factors));
      else constant = coefficient;
    }
    return sumOf(terms, constant);
  });
  return { kind: 'expression', inputs, outputs, features, expressions };
}
