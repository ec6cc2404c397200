import { flatten } from '@neuronseek/tensor';
import { checkNeuron } from '../check-neuron.js';
import type { Expression } from '../expressions/expression.js';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import type { Scaling } from '../scaling.js';
import { interactionProducts, type LinearProduct } from './interaction-products.js';
import { type SignedTerm, scaled, sumOf } from './sum-of.js';

/**
 * A polynomial neuron as formulas of the same value up to rounding: powers with their weights, interactions as products of linear forms, the bias
 * last; nothing is multiplied out, and every number stands there in full.
 *
 * Coefficients that are 0 are left out, and with them the ranks they would have filled; Tucker and tensor-train interactions become one product for
 * each combination of their ranks, at most 10000. With `scaling`, (x − mean)/deviation stands for each input. JSON alone keeps the structure without
 * loss; `toPolynomialNeuron` reads most formulas back. Cost: linear in what comes out.
 */
export function toExpressionNeuron(neuron: PolynomialNeuron): ExpressionNeuron {
  const { inputs, outputs, features, bias, power, interaction, scaling } = checkNeuron(
    'toExpressionNeuron',
    '',
    neuron,
  );
  const symbols = features.map((_, d) => symbolOf(d, scaling));
  const constants = flatten(bias);
  const expressions = Array.from({ length: outputs }, (_, c): Expression => {
    const terms: SignedTerm[] = [];
    for (const { order, weights } of power) {
      const numbers = flatten(weights);
      symbols.forEach((symbol, d) => {
        const weight = numbers[d * outputs + c];
        if (weight !== 0) terms.push(scaled(weight, [raised(symbol, order)]));
      });
    }
    for (const part of interaction) {
      for (const product of interactionProducts(part, inputs, outputs, c)) {
        const term = productTerm(product, symbols);
        if (term) terms.push(term);
      }
    }
    const formula = sumOf(terms, constants[c]);
    if (!scaling) return formula;
    // The formula is one factor, whatever it is made of.
    const { targetMeans, targetDeviations } = scaling;
    return sumOf(targetDeviations[c] === 0 ? [] : [scaled(targetDeviations[c], [formula])], targetMeans[c]);
  });
  return { kind: 'expression', inputs, outputs, features, expressions };
}

function symbolOf(index: number, scaling: Scaling | undefined): Expression {
  const feature: Expression = { op: 'feature', index };
  if (!scaling) return feature;
  const mean = scaling.means[index];
  const value = scaling.deviations[index];
  const numerator: Expression = mean === 0 ? feature : sumOf([scaled(1, [feature])], -mean);
  return value === 1 ? numerator : { op: 'divide', numerator, denominator: { op: 'number', value } };
}

function raised(base: Expression, exponent: number): Expression {
  return exponent === 1 ? base : { op: 'power', base, exponent: { op: 'number', value: exponent } };
}

/** c·Π forms; the number of one single feature goes to the front: (2·a)·b is 2·a·b, but (2·a)·(3·b) keeps both its numbers. */
function productTerm(
  { weight, forms, exponent }: LinearProduct,
  symbols: readonly Expression[],
): SignedTerm | undefined {
  let front = weight;
  const factors: Expression[] = [];
  for (const form of forms) {
    const terms: SignedTerm[] = [];
    form.forEach((u, d) => {
      if (u !== 0) terms.push(scaled(u, [symbols[d]]));
    });
    if (terms.length === 0) return undefined;
    const single = form.find((u) => u !== 0) ?? 0;
    if (terms.length === 1 && exponent === 1 && (front === 1 || single === 1)) {
      front *= single;
      factors.push(...terms[0].factors);
    } else {
      factors.push(raised(sumOf(terms), exponent));
    }
  }
  return front === 0 ? undefined : scaled(front, factors);
}
