import { EMPTY_INDEX, ofRows, partsOf } from './index-set.js';
import type { Source } from './source.js';
import type { Crosses } from './sweep.js';
import type { Validation } from './validation.js';

/** Rounds of the search for a large element. */
const ROUNDS = 2;

/**
 * Crosses through given points and through a point with a large value: the largest of the validation, or the first given point where there is none,
 * improved one mode at a time. Undefined where the source has stopped.
 */
export function startingCrosses(
  shape: readonly number[],
  given: Int32Array,
  { points, values }: Validation,
  source: Source,
): Crosses | undefined {
  const order = shape.length;
  let best = given.length > 0 ? given.slice(0, order) : Int32Array.from(shape, (n) => Math.floor(n / 2));
  let most = -1;
  values.forEach((value, s) => {
    if (Math.abs(value) <= most) return;
    most = Math.abs(value);
    best = points.slice(s * order, (s + 1) * order);
  });
  if (given.length > 0) {
    const known = source.request(given);
    if (known === undefined) return undefined;
    known.forEach((value, s) => {
      if (Math.abs(value) <= most) return;
      most = Math.abs(value);
      best = given.slice(s * order, (s + 1) * order);
    });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let mode = 0; mode < order; mode++) {
      const left = ofRows([best.subarray(0, mode)], mode);
      const right = ofRows([best.subarray(mode + 1)], order - mode - 1);
      const fibre = source.requestCross(left, shape[mode], right);
      if (fibre === undefined) return undefined;
      fibre.forEach((value, i) => {
        if (Math.abs(value) > Math.abs(fibre[best[mode]])) best[mode] = i;
      });
    }
  }
  const start = new Int32Array(order + given.length);
  start.set(best);
  start.set(given, order);
  const bonds = Array.from({ length: order + 1 }, (_, bond) => bond);
  return {
    shape,
    left: bonds.map((bond) => (bond === 0 ? EMPTY_INDEX : partsOf(start, order, 0, bond))),
    right: bonds.map((bond) => (bond === order ? EMPTY_INDEX : partsOf(start, order, bond, order))),
  };
}
