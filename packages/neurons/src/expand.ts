import { checkNeuron } from './check-neuron.js';
import { checkCount } from './check-structure.js';
import type { ExactMonomial, ExactPolynomial } from './exact/exact-polynomial.js';
import { expandExpression } from './exact/expand-expression.js';
import { roundNearest } from './exact/round.js';
import {
  doubleSubstitution,
  exactSubstitution,
  type SubstitutionNumbers,
  substituteScaling,
} from './exact/substitute-scaling.js';
import { type Coefficients, doubleCoefficients, exactCoefficients } from './expansion/coefficients.js';
import { expandHomogeneous } from './expansion/expand-homogeneous.js';
import type { ExpressionNeuron } from './expressions/expression-neuron.js';
import type { Monomial, Polynomial } from './polynomial.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** Options of {@link expand}. */
export interface ExpandOptions {
  /** Refuse an output that may have more monomials than this, or more than a hundred times as many exponents. Default: 200000. */
  readonly maxMonomials?: number;
  /** Whether coefficients are rational numbers without any rounding. Default: false. */
  readonly exact?: boolean;
}

/** Defaults of {@link expand}. */
export const expandDefaults: Required<ExpandOptions> = { maxMonomials: 200_000, exact: false };

/**
 * The polynomials that a neuron is, one for each output: `evaluate(neuron, x)` is Σ coefficient·Π x_d^exponents[d] up to rounding.
 *
 * `exact: true` takes every number of the neuron for the rational that it is and gives coefficients as fractions in lowest terms. Otherwise they are
 * doubles: sums and products rounded as they arise, or, for expressions, the exact coefficient rounded once. A `scaling` is multiplied out, so that the
 * polynomial is in the units of the data. Expressions of sums, products, quotients by constants and integer powers are polynomials; other ones are refused.
 *
 * An interaction of order k in n inputs (those with a factor other than 0) has at most C(n + k - 1, k) monomials; equal ones are
 * summed as they arise, so D^k products are never formed. With M = n·C(n + k - 2, k - 1), cost for each output: rank·M multiplications for CP, plain
 * or symmetric, about Π R_m/R_k·M for Tucker, at most R²·M for a train, and M integers. Monomials whose coefficient is exactly 0 are left out. Throws a
 * RangeError when there may be more than `maxMonomials`, or for an expression that is no polynomial.
 */
export function expand(
  neuron: PolynomialNeuron | ExpressionNeuron,
  options: ExpandOptions & { readonly exact: true },
): ExactPolynomial[];
export function expand(
  neuron: PolynomialNeuron | ExpressionNeuron,
  options?: ExpandOptions & { readonly exact?: false },
): Polynomial[];
export function expand(
  neuron: PolynomialNeuron | ExpressionNeuron,
  options?: ExpandOptions,
): Polynomial[] | ExactPolynomial[];
export function expand(
  neuron: PolynomialNeuron | ExpressionNeuron,
  options: ExpandOptions = {},
): Polynomial[] | ExactPolynomial[] {
  const { maxMonomials = expandDefaults.maxMonomials, exact = expandDefaults.exact } = options;
  checkCount('expand', 'maxMonomials', maxMonomials);
  const { features } = neuron;
  const named = <M>(all: readonly M[]): { features: readonly string[]; monomials: M }[] =>
    all.map((monomials) => ({ features, monomials }));
  if (neuron.kind === 'polynomial') {
    checkNeuron('expand', '', neuron);
    return exact
      ? named(expandTerms(exactCoefficients, exactSubstitution, neuron, maxMonomials))
      : named(expandTerms(doubleCoefficients, doubleSubstitution, neuron, maxMonomials));
  }
  const all = neuron.expressions.map((_, c) => expandExpression('expand', neuron, c, maxMonomials));
  return exact ? named(all) : named(all.map(rounded));
}

function expandTerms<V, N>(
  numbers: Coefficients<V, N>,
  substitution: SubstitutionNumbers<N>,
  neuron: PolynomialNeuron,
  maxMonomials: number,
): { coefficient: N; exponents: readonly number[] }[][] {
  const all = expandHomogeneous(numbers, neuron, maxMonomials);
  const { scaling } = neuron;
  if (scaling === undefined) return all;
  return all.map((monomials, c) => substituteScaling(substitution, monomials, scaling, c, maxMonomials));
}

/** Coefficients that are too small for a double are left out with their monomials. */
function rounded(monomials: readonly ExactMonomial[]): Monomial[] {
  return monomials.flatMap(({ coefficient, exponents }) => {
    const nearest = roundNearest(coefficient);
    return nearest === 0 ? [] : [{ coefficient: nearest, exponents }];
  });
}
