import type { Polynomial } from '@neuronseek/neurons';
import { type Key, randint, split } from '@neuronseek/tensor/random';
import { exactPolynomialNeuron } from '../constructions/exact-polynomial-neuron.js';
import type { CaseResult, TheoremCase } from './case-result.js';
import { drawInteger } from './draw-target.js';
import { polynomialDifference } from './polynomial-difference.js';

/**
 * exactPolynomialNeuron(p) = p as polynomials, for drawn p in 1 … 3 inputs of degree up to 4, in both forms.
 *
 * Decided, not sampled: two polynomials of degree at most K in each input are equal when they agree on {0, …, K}^d, and both sides are
 * evaluated there in rational arithmetic.
 */
export const exactPolynomialNeuronCase: TheoremCase = (key): CaseResult => {
  const polynomial = drawPolynomial(key);
  for (const form of ['products', 'powers'] as const) {
    const difference = polynomialDifference(exactPolynomialNeuron(polynomial, { form }), polynomial);
    if (difference) return { margin: -1, fault: `form '${form}' of ${JSON.stringify(polynomial)}: ${difference}` };
  }
  return { margin: 0 };
};

function drawPolynomial(key: Key): Polynomial {
  const [sizeKey, countKey, exponentKey, coefficientKey] = split(key, 4);
  const inputs = drawInteger(sizeKey, 1, 3);
  const count = drawInteger(countKey, 0, 6);
  const draws = randint(exponentKey, 4 * count, { max: inputs + 1 });
  // Multiples of 3/8, so that the form 'powers', which divides by 4!, stays within float64.
  const coefficients = Array.from(randint(coefficientKey, count, { min: -64, max: 65 }), (i) => (3 * i) / 8);
  const monomials = new Map<string, { readonly coefficient: number; readonly exponents: number[] }>();
  for (let i = 0; i < count; i++) {
    // Four draws of an input, or of none: a monomial of degree 0 … 4.
    const exponents = new Array<number>(inputs + 1).fill(0);
    for (const d of draws.subarray(4 * i, 4 * i + 4)) exponents[d]++;
    exponents.pop();
    if (coefficients[i] !== 0) monomials.set(exponents.join(), { coefficient: coefficients[i], exponents });
  }
  return { features: ['x1', 'x2', 'x3'].slice(0, inputs), monomials: [...monomials.values()] };
}
