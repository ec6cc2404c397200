import { type Rational, rational } from '../../exact/rational.js';

/**
 * Why multiples of rational numbers cannot fit anything: one that is rational repeats, and of two, a relation with integers ties one to the other.
 */
export function rationalRelation(frequencies: readonly Rational[]): string {
  const [first, second] = frequencies.map(({ numerator, denominator }) => rational(numerator, denominator));
  if (first === undefined) return 'there are no frequencies';
  const text = ({ numerator, denominator }: Rational): string =>
    denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
  if (second === undefined) {
    return `the frequency ${text(first)} is rational, so that its multiples repeat modulo 2 after ${2n * first.denominator}`;
  }
  const relation = rational(second.numerator * first.denominator, first.numerator * second.denominator);
  return (
    `the frequencies are dependent: ${relation.numerator}·(${text(first)}) = ${relation.denominator}·(${text(second)}), ` +
    'so that a multiple of one says what that of the other is'
  );
}
