import { type Polynomial, type PolynomialNeuron, structureOf } from '@neuronseek/neurons';
import { evaluateNeuronRational } from '../exact/evaluate-neuron-rational.js';
import { evaluatePolynomialRational } from '../exact/evaluate-polynomial-rational.js';
import { compare, rational } from '../exact/rational.js';

/**
 * Where a neuron and a polynomial differ, in words; undefined when they are the same polynomial. Both are compared on {0, …, K}^d,
 * K the larger of their degrees: a polynomial of degree at most K in each input that vanishes there is 0.
 */
export function polynomialDifference(neuron: PolynomialNeuron, polynomial: Polynomial): string | undefined {
  const { power, interaction } = structureOf(neuron);
  const degrees = polynomial.monomials.map(({ exponents }) => exponents.reduce((sum, e) => sum + e, 0));
  const degree = Math.max(0, ...power, ...interaction.map(({ order }) => order), ...degrees);
  const side = degree + 1;
  for (let i = 0; i < side ** neuron.inputs; i++) {
    const integers = Array.from({ length: neuron.inputs }, (_, d) => Math.floor(i / side ** d) % side);
    const x = integers.map((t) => rational(BigInt(t)));
    const [left, right] = [evaluateNeuronRational(neuron, x), evaluatePolynomialRational(polynomial, x)];
    if (compare(left, right) !== 0) {
      return (
        `at [${integers}] the neuron is ${left.numerator}/${left.denominator}, ` +
        `the polynomial ${right.numerator}/${right.denominator}`
      );
    }
  }
  return undefined;
}
