import { nextUp } from '../exact/next-double.js';
import { add, multiply, type Rational, rational, zero } from '../exact/rational.js';
import { coordinate } from './coordinate.js';
import type { Modulus } from './modulus.js';
import type { TargetFunction } from './target-function.js';

/** Most terms that {@link takagiTarget} takes: there are 2^terms + 1 breakpoints. */
export const takagiMaxTerms = 16;

/**
 * Partial sum of Takagi's function on [0, 1]: f(x) = Σ_{k < terms} 2^−k·s(2^k·x), s(t) the distance of t to the next integer.
 *
 * Its modulus is Σ_k 2^−k·min(2^k·h, 1/2), concave, of size h·log(1/h): steeper than every Lipschitz function as terms are added.
 * f is piecewise linear with breakpoints j/2^terms, so its certificates are exact. Throws a RangeError unless terms is in 1 … 16.
 */
export function takagiTarget(terms: number): TargetFunction<1> {
  if (!(Number.isInteger(terms) && terms >= 1 && terms <= takagiMaxTerms)) {
    throw new RangeError(`takagiTarget: terms must be an integer in 1 … ${takagiMaxTerms}: got ${terms}`);
  }
  const pieces = 2 ** terms;
  return {
    dimension: 1,
    domain: [[0, 1]],
    range: [0, nextUp(2 / 3)],
    modulus: takagiModulus(terms),
    breakpoints: Array.from({ length: pieces + 1 }, (_, j) => j / pieces),
    // Each term is exact; each of at most 15 additions rounds a sum below 1.
    evaluationError: 2 ** -49,
    evaluate: (x) => {
      const t = coordinate(x, [0, 1]);
      let sum = 0;
      for (let k = 0; k < terms; k++) sum += Math.abs(t * 2 ** k - Math.round(t * 2 ** k)) / 2 ** k;
      return sum;
    },
    evaluateRational: ([t]: readonly Rational[]) => {
      let sum = zero;
      for (let k = 0; k < terms; k++) {
        const scaled = multiply(t, rational(2n ** BigInt(k)));
        sum = add(sum, multiply(distanceToInteger(scaled), rational(1n, 2n ** BigInt(k))));
      }
      return sum;
    },
  };
}

function takagiModulus(terms: number): Modulus {
  return {
    kind: 'custom',
    concave: true,
    omega: (h) => {
      let sum = 0;
      // The terms are exact in float64, so only the sums are rounded up.
      for (let k = 0; k < terms; k++) sum = h === 0 ? 0 : nextUp(sum + Math.min(h, 0.5 / 2 ** k));
      return sum;
    },
  };
}

function distanceToInteger({ numerator, denominator }: Rational): Rational {
  const rest = ((numerator % denominator) + denominator) % denominator;
  return rational(2n * rest > denominator ? denominator - rest : rest, denominator);
}
