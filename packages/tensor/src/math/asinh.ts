import { productTail, sqrtParts, sumTail, tail } from './double-double.js';
import { logParts } from './log-parts.js';

/** ln(x + √(x² + 1)). Error below 0.6 units in the last place. */
export function asinh(x: number): number {
  const a = Math.abs(x);
  if (a < 2 ** -10) return a < 1e-8 ? x : x + x * x * x * (-0.16666666666666666 + 0.075 * x * x);
  if (a - a !== 0) return x;
  const y = a > 2 ** 28 ? logTwice(a) : withRoot(a, 1);
  return x < 0 ? -y : y;
}

/** ln(x + √(x² − 1)); NaN below 1. Error below 0.6 units in the last place. */
export function acosh(x: number): number {
  if (!(x > 1)) return x === 1 ? 0 : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  return x > 2 ** 28 ? logTwice(x) : withRoot(x, -1);
}

/** ln(1 + x)/2 − ln(1 − x)/2; ±Infinity at ±1, NaN beyond. Error below 0.6 units in the last place. */
export function atanh(x: number): number {
  if (x > -1e-8 && x < 1e-8) return x;
  if (!(x > -1 && x < 1)) return x === 1 || x === -1 ? x / 0 : Number.NaN;
  const u = 1 + x;
  const v = 1 - x;
  const a = logParts(u, sumTail(1, x, u));
  const al = tail[0];
  const b = -logParts(v, sumTail(1, -x, v));
  const s = a + b;
  return 0.5 * (s + (sumTail(a, b, s) + (al - tail[0])));
}

/** ln 2x where 1 beside x² does not count. */
function logTwice(x: number): number {
  return logParts(x, 0) + (tail[0] + Math.LN2);
}

/** ln(x + √(x² + one)), all in sums of two doubles. */
function withRoot(x: number, one: number): number {
  const square = x * x;
  const p = square + one;
  const l = sumTail(square, one, p) + productTail(x, x, square);
  const sum = p + l;
  const root = sqrtParts(sum, p - sum + l);
  const rootTail = tail[0];
  const h = x + root;
  return logParts(h, sumTail(x, root, h) + rootTail) + tail[0];
}
