import { sumTail, tail } from './double-double.js';
import { logParts } from './log-parts.js';

/** ln(1 + x), accurate near 0. Error below 0.52 units in the last place. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY)) return x === -1 ? Number.NEGATIVE_INFINITY : x < 0 ? Number.NaN : x;
  if (x > -(2 ** -54) && x < 2 ** -54) return x;
  const u = 1 + x;
  return logParts(u, sumTail(1, x, u)) + tail[0];
}
