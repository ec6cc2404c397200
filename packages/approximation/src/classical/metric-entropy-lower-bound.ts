import { rational } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';

/**
 * Bits that any family of approximants needs at least for error eps on all functions of a class on [0, 1]^d (largest difference of
 * coordinates as distance): constant 1, vanishing at 0. 'lipschitz', d = 1: ⌈1/eps⌉ − 1, for the 2^K walks of slopes ±1 on K < 1/eps cells are
 * more than 2·eps apart. d > 1: (⌈1/(2·eps)⌉ − 1)^d, by the signs of tents of height above eps. Throws a RangeError unless eps is positive and d
 * a positive integer. Source: Kolmogorov and Tikhomirov (1959), whose constants are not smaller.
 */
export function metricEntropyLowerBound(kind: 'lipschitz', eps: number, d: number): number {
  const name = 'metricEntropyLowerBound';
  if (kind !== 'lipschitz') throw new RangeError(`${name}: kind must be 'lipschitz': got ${String(kind)}`);
  if (!(eps > 0 && Number.isFinite(eps))) throw new RangeError(`${name}: eps must be positive and finite: got ${eps}`);
  if (!(Number.isInteger(d) && d >= 1)) throw new RangeError(`${name}: d must be a positive integer: got ${d}`);
  const { numerator, denominator } = toRational(eps);
  const reach = rational(denominator, d === 1 ? numerator : 2n * numerator);
  // The largest integer below 1/eps, or 1/(2·eps).
  const cells = (reach.numerator - 1n) / reach.denominator;
  return Number(cells ** BigInt(d));
}
