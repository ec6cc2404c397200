import { nextUp } from './next-double.js';
import { compare, type Rational } from './rational.js';
import { roundDown } from './round.js';
import { toRational } from './to-rational.js';

/** The doubles next to r, [roundDown(r), roundUp(r)], for finite bounds at the price of one rounding. */
export function outward(r: Rational): readonly [number, number] {
  const low = roundDown(r);
  if (low === Number.NEGATIVE_INFINITY) return [low, -Number.MAX_VALUE];
  return [low, compare(toRational(low), r) === 0 ? low : nextUp(low)];
}
