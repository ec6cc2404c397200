import type { Scaling } from '../scaling.js';
import type { ExactMonomial } from './exact-polynomial.js';
import { divide, multiply, negate, power, type Rational, rational } from './rational.js';
import { fromMonomials, sortedMonomials } from './sparse-polynomial.js';
import { toRational } from './to-rational.js';

/**
 * The polynomial in the inputs' own units of one that is given in standardised ones, for one output: (x_d − m_d)/s_d for every variable, then
 * mean and deviation of the target. One variable is replaced at a time, and equal monomials are summed in between.
 */
export function substituteScaling(
  monomials: readonly ExactMonomial[],
  { means, deviations, targetMeans, targetDeviations }: Scaling,
  output: number,
  maxMonomials: number,
): ExactMonomial[] {
  const factor = toRational(targetDeviations[output]);
  let terms: readonly ExactMonomial[] = monomials;
  for (let d = 0; d < means.length; d++) {
    if (terms.every(({ exponents }) => exponents[d] === 0)) continue;
    const powersOfMean = powersUpTo(terms, d, negate(toRational(means[d])));
    const powersOfDeviation = powersUpTo(terms, d, toRational(deviations[d]));
    const replaced = function* (): Generator<ExactMonomial> {
      for (const { coefficient, exponents } of terms) {
        const e = exponents[d];
        const scaled = divide(coefficient, powersOfDeviation[e]);
        for (let j = e, choose = 1n; j >= 0; choose = (choose * BigInt(j)) / BigInt(e - j + 1), j--) {
          yield {
            coefficient: multiply(scaled, multiply(rational(choose), powersOfMean[e - j])),
            exponents: exponents.map((other, i) => (i === d ? j : other)),
          };
        }
      }
    };
    terms = sortedMonomials(fromMonomials(replaced(), maxMonomials));
  }
  const constant = { coefficient: toRational(targetMeans[output]), exponents: new Array<number>(means.length).fill(0) };
  const inUnits = terms.map(({ coefficient, exponents }) => ({
    coefficient: multiply(coefficient, factor),
    exponents,
  }));
  return sortedMonomials(fromMonomials([constant, ...inUnits], maxMonomials));
}

function powersUpTo(terms: readonly ExactMonomial[], d: number, value: Rational): Rational[] {
  const most = terms.reduce((largest, { exponents }) => Math.max(largest, exponents[d]), 0);
  return Array.from({ length: most + 1 }, (_, e) => power(value, e));
}
