import { key, uniform } from '@neuronseek/tensor/random';
import { checkNeuron } from '../check-neuron.js';
import { expand, expandDefaults } from '../expand.js';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import { refuseOthers, valuesOf } from './evaluate-exact.js';
import type { ExactPolynomial } from './exact-polynomial.js';
import { modulus, residues } from './numbers.js';

/** Options of {@link equivalentPolynomials}. */
export interface EquivalentPolynomialsOptions {
  /** As in `expand`: neurons of more monomials are compared by value only, which can tell that they differ. Default: 200000. */
  readonly maxMonomials?: number;
}

/** Defaults of {@link equivalentPolynomials}. */
export const equivalentPolynomialsDefaults: Required<EquivalentPolynomialsOptions> = {
  maxMonomials: expandDefaults.maxMonomials,
};

/**
 * Whether two neurons are the same polynomials of their inputs, output by output, decided without rounding: every number is taken for the rational
 * that it is. Names of features do not matter; neurons of different numbers of inputs or outputs are not equivalent.
 *
 * Both are first evaluated at a fixed point modulo the prime 2⁶¹ − 1: values that differ prove that the polynomials do, and distinct ones agree there
 * with probability at most degree/2⁶¹ (Schwartz 1980; Zippel 1979). Only then are they expanded. Throws a RangeError for an expression that is
 * no polynomial with rational coefficients (see `isPolynomial`), and where the values agree but there are more monomials than `maxMonomials`. Cost of 'no':
 * one multiplication for each number of the neurons; of 'yes': that of `expand` with `exact`.
 */
export function equivalentPolynomials(
  a: PolynomialNeuron | ExpressionNeuron,
  b: PolynomialNeuron | ExpressionNeuron,
  options: EquivalentPolynomialsOptions = {},
): boolean {
  const { maxMonomials = equivalentPolynomialsDefaults.maxMonomials } = options;
  for (const [at, neuron] of [
    ['a.', a],
    ['b.', b],
  ] as const) {
    if (neuron.kind === 'polynomial') checkNeuron('equivalentPolynomials', at, neuron);
    else refuseOthers('equivalentPolynomials', neuron);
  }
  if (a.inputs !== b.inputs || a.outputs !== b.outputs) return false;
  const x = Array.from(uniform(key(2 ** 31 - 1), a.inputs), (u) => BigInt(Math.floor(u * 2 ** 52)) % modulus);
  const [left, right] = [valuesOf(residues, a, x), valuesOf(residues, b, x)];
  // Undefined where the prime divides a denominator: then only the expansion decides.
  if (left !== undefined && right !== undefined && left.some((value, c) => value !== right[c])) return false;
  const [first, second] = [a, b].map((neuron) => expand(neuron, { exact: true, maxMonomials }));
  return first.every((polynomial, c) => samePolynomial(polynomial, second[c]));
}

/** Both are sorted, in lowest terms and free of zeros, so equal polynomials are equal lists. */
function samePolynomial({ monomials }: ExactPolynomial, other: ExactPolynomial): boolean {
  return (
    monomials.length === other.monomials.length &&
    monomials.every(({ coefficient, exponents }, i) => {
      const theirs = other.monomials[i];
      return (
        coefficient.numerator === theirs.coefficient.numerator &&
        coefficient.denominator === theirs.coefficient.denominator &&
        exponents.every((e, d) => e === theirs.exponents[d])
      );
    })
  );
}
