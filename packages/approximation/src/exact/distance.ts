import type { Rational } from './rational.js';

/** |a − b| to be compared and rounded, not in lowest terms: with thousands of bits the search for common factors takes longer than all the rest. */
export function distance(a: Rational, b: Rational): Rational {
  const numerator = a.numerator * b.denominator - b.numerator * a.denominator;
  return { numerator: numerator < 0n ? -numerator : numerator, denominator: a.denominator * b.denominator };
}
