import { nextUp } from '../exact/next-double.js';
import { absolute, add, divide, larger, multiply, type Rational, subtract, zero } from '../exact/rational.js';
import { roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import { coordinate } from './coordinate.js';
import { lipschitzModulus } from './lipschitz-modulus.js';
import { pieceOf } from './piece-of.js';
import type { TargetFunction } from './target-function.js';

/**
 * The function that is affine between the points (knots[i], values[i]), on [knots[0], knots[last]].
 *
 * Its modulus is L·h with the exact largest slope, rounded up; `evaluateRational` is exact. Throws a RangeError for fewer than two
 * knots, knots that do not ascend, numbers that are not finite, slopes beyond float64.
 */
export function piecewiseLinearTarget(knots: readonly number[], values: readonly number[]): TargetFunction<1> {
  check(knots, values);
  const exactKnots = knots.map(toRational);
  const exactValues = values.map(toRational);
  const slopes = exactKnots
    .slice(1)
    .map((knot, i) => divide(subtract(exactValues[i + 1], exactValues[i]), subtract(knot, exactKnots[i])));
  const constant = roundUp(slopes.reduce((steepest, slope) => larger(steepest, absolute(slope)), zero));
  if (!Number.isFinite(constant)) throw new RangeError('piecewiseLinearTarget: a slope is beyond the range of float64');
  const domain: readonly [number, number] = [knots[0], knots[knots.length - 1]];
  const magnitude = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return {
    dimension: 1,
    domain: [domain],
    range: [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))],
    modulus: lipschitzModulus(constant),
    breakpoints: [...knots],
    // t and the difference of values carry a relative error of 2u and u, the product u, the sum u of at most 3·magnitude.
    evaluationError: nextUp(magnitude * 2 ** -49),
    evaluate: (x) => {
      const t = coordinate(x, domain);
      const i = pieceOf(knots, t);
      if (t === knots[i + 1]) return values[i + 1];
      return values[i] + (values[i + 1] - values[i]) * ((t - knots[i]) / (knots[i + 1] - knots[i]));
    },
    evaluateRational: ([t]: readonly Rational[]) => {
      const i = pieceOf(exactKnots, t);
      return add(exactValues[i], multiply(slopes[i], subtract(t, exactKnots[i])));
    },
  };
}

function check(knots: readonly number[], values: readonly number[]): void {
  const name = 'piecewiseLinearTarget';
  if (knots.length < 2) throw new RangeError(`${name}: needs at least 2 knots: got ${knots.length}`);
  if (values.length !== knots.length) {
    throw new RangeError(
      `${name}: as many values as knots are needed: got ${knots.length} knots, ${values.length} values`,
    );
  }
  knots.forEach((knot, i) => {
    if (!Number.isFinite(knot)) throw new RangeError(`${name}: knots[${i}] is not finite: got ${knot}`);
    // Differences are computed in evaluate, so that values near the largest double would overflow there.
    if (!(Math.abs(values[i]) <= 2 ** 1000)) {
      throw new RangeError(`${name}: values[${i}] must be finite and at most 2^1000 in size: got ${values[i]}`);
    }
    if (i > 0 && knot <= knots[i - 1]) {
      throw new RangeError(`${name}: knots must ascend: knots[${i - 1}] is ${knots[i - 1]}, knots[${i}] is ${knot}`);
    }
  });
  if (!Number.isFinite(knots[knots.length - 1] - knots[0])) throw new RangeError(`${name}: the domain is too wide`);
}
