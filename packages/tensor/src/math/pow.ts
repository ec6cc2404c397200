import { productTail, tail } from './double-double.js';
import { expSum } from './exp-parts.js';
import { logParts } from './log-parts.js';

/**
 * xʸ as in C and NumPy: 1 to any power, even NaN, and −1 to an infinite one are 1, where `**` has NaN. Exact where the result is a
 * double; error below 0.65 units in the last place, 0.8 where the result is subnormal.
 *
 * exp(y·ln x), the logarithm and the product as sums of two doubles.
 */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (x > 0 && x < Number.POSITIVE_INFINITY && y - y === 0) return positive(x, y);
  if (x === 1 || y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const a = x < 0 ? -x : x;
  if (y - y !== 0) return a === 1 ? 1 : a > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  const odd = Math.floor(y) === y && Math.floor(y / 2) !== y / 2;
  if (a === 0 || a === Number.POSITIVE_INFINITY) {
    const size = (a === 0) === y < 0 ? Number.POSITIVE_INFINITY : 0;
    return odd && (x < 0 || 1 / x < 0) ? -size : size;
  }
  if (Math.floor(y) !== y) return Number.NaN;
  return odd ? -positive(a, y) : positive(a, y);
}

/** Both finite, x above 0. */
function positive(x: number, y: number): number {
  const h = logParts(x, 0);
  const l = tail[0];
  const p = y * h;
  if (!(p > -746 && p < 710)) return p > 0 ? Number.POSITIVE_INFINITY : 0;
  return expSum(p, productTail(y, h, p) + y * l, 0);
}
