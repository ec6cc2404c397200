import type { Rational } from '../../exact/rational.js';

/** A rational number in words. */
export function textOf({ numerator, denominator }: Rational): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}
