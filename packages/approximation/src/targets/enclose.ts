import { nextDown, nextUp } from '../exact/next-double.js';
import { compare } from '../exact/rational.js';
import { roundDown } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from './approximant.js';

/** [low, high] in float64 that contains the value of g at x: exact values rounded outward, or `evaluate` and its stated error. */
export function enclose(g: Approximant, x: number): readonly [number, number] {
  if (g.evaluateRational) {
    const value = g.evaluateRational([toRational(x)]);
    const low = roundDown(value);
    return [low, compare(toRational(low), value) === 0 ? low : nextUp(low)];
  }
  const value = g.evaluate([x]);
  if (!Number.isFinite(value)) throw new RangeError(`evaluate: evaluate([${x}]) is not finite: got ${value}`);
  if (g.evaluationError === 0) return [value, value];
  return [nextDown(value - g.evaluationError), nextUp(value + g.evaluationError)];
}
