import { nextDown, nextUp } from '../exact/next-double.js';
import { outward } from '../exact/outward.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from './approximant.js';

/** [low, high] in float64 that contains the value of g at x: exact values rounded outward, or `evaluate` and its stated error. */
export function enclose(g: Approximant, x: number): readonly [number, number] {
  if (g.evaluateRational) return outward(g.evaluateRational([toRational(x)]));
  const value = g.evaluate([x]);
  if (!Number.isFinite(value)) throw new RangeError(`evaluate: evaluate([${x}]) is not finite: got ${value}`);
  if (g.evaluationError === 0) return [value, value];
  return [nextDown(value - g.evaluationError), nextUp(value + g.evaluationError)];
}
