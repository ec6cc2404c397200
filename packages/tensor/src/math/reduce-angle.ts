import { productTail, sumTail } from './double-double.js';
import { DOUBLE, HIGH, POWERS, ROUND, WORDS } from './tables.js';
import { TWO_OVER_PI } from './two-over-pi.js';

/** The angle that {@link reduceAngle} found: the sum of the two, of which the first is rounded. */
export const angle: Float64Array = /* @__PURE__ */ new Float64Array(2);

const fraction: Float64Array = /* @__PURE__ */ new Float64Array(8);

/**
 * n mod 4 and, in `angle`, x − n·π/2 in [−π/4, π/4] (a rounding beyond), with a relative error below 2⁻⁷⁰;
 * NaN for NaN and ±Infinity.
 *
 * π/2 in three parts, of which two times n are exact (Cody and Waite, 1980), as long as |x| is below 2²⁰·π/2 and not next to a multiple.
 */
export function reduceAngle(x: number): number {
  const n = x * 0.6366197723675814 + ROUND - ROUND;
  const p = n * 6.077100506303966e-11;
  const a = x - n * 1.5707963267341256;
  const b = a - p;
  if (!(Math.abs(n) < 1048576) || (Math.abs(b) < 2 ** -12 && n !== 0)) return reduceFar(x);
  const q = n * 2.0222662487959506e-21 - (a - b - p);
  const y = b - q;
  angle[0] = y;
  angle[1] = b - y - q;
  return n & 3;
}

/**
 * x·2/π mod 4 in base 2²⁴: of the digits of 2/π only those count whose product with x is neither a multiple of 4 nor beyond 168 bits.
 * A double comes no nearer to a multiple of π/2 than 2⁻⁶¹ of itself (Payne and Hanek, SIGNUM 18, 1983; Muller, Elementary Functions, 11).
 */
function reduceFar(x: number): number {
  if (x - x !== 0) {
    angle[0] = Number.NaN;
    return 0;
  }
  DOUBLE[0] = Math.abs(x);
  const place = Math.floor(((WORDS[HIGH] >> 20) - 1023) / 24);
  // Four digits of x, the first before the point.
  let rest = DOUBLE[0] * POWERS[1074 - 24 * place];
  const x0 = Math.floor(rest);
  rest = (rest - x0) * 16777216;
  const x1 = Math.floor(rest);
  rest = (rest - x1) * 16777216;
  const x2 = Math.floor(rest);
  const x3 = (rest - x2) * 16777216;
  let carry = 0;
  let whole = 0;
  for (let c = 7; c >= 0; c--) {
    const i = place - 1 + c;
    // Sums of four products of 24 bits each: exact.
    const sum = carry + x0 * digit(i) + x1 * digit(i - 1) + x2 * digit(i - 2) + x3 * digit(i - 3);
    carry = Math.floor(sum / 16777216);
    fraction[c] = sum - carry * 16777216;
    whole = sum;
  }
  let n = whole - 4 * Math.floor(whole / 4);
  let sign = x < 0 ? -1 : 1;
  let flip = 0;
  if (fraction[1] >= 8388608) {
    n++;
    sign = -sign;
    flip = 16777215;
  }
  for (let c = 1; c < 8; c++) fraction[c] = Math.abs(flip - fraction[c]) * POWERS[1074 - 24 * c];
  const h = fraction[1] + fraction[2];
  const m = fraction[3] + fraction[4];
  const s = h + m;
  const t = h - s + m + (fraction[5] + (fraction[6] + fraction[7]));
  const hi = s + t;
  const lo = s - hi + t;
  const y = hi * 1.5707963267948966;
  const yl = productTail(hi, 1.5707963267948966, y) + (hi * 6.123233995736766e-17 + lo * 1.5707963267948966);
  const sum = y + yl;
  angle[0] = sign * sum;
  angle[1] = sign * sumTail(y, yl, sum);
  return x < 0 ? -n & 3 : n & 3;
}

function digit(i: number): number {
  return i < 0 ? 0 : TWO_OVER_PI[i];
}
