import { EXP_HIGH, EXP_REST, STEP_HIGH, STEP_LOW, STEPS } from './exp-table.js';
import { POWERS, ROUND } from './tables.js';

/**
 * Hyperbolic tangent, e/(e + 2) with e = e²ˣ − 1. Error below 1.1 units in the last place.
 *
 * 2x = n·ln 2/128 + r, e = (T − 1) + r + ((T − 1)·r + T·(eʳ − 1 − r)) with T = 2^(n/128) rounded, what that lost being part of r: T − 1 is exact, and
 * the terms that are rounded are smaller than e by two orders of magnitude. The polynomial is our own.
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  // From here on e + 2 is beyond 2⁵⁴, and the result 1 or the number before it.
  if (!(a < 18.714973875118524)) return x > 0 ? 1 : x < 0 ? -1 : x;
  const twice = a + a;
  const n = twice * STEPS + ROUND - ROUND;
  const k = n | 0;
  const t = twice - n * STEP_HIGH;
  const m = n * STEP_LOW - EXP_REST[k & 127];
  const r = t - m;
  const s = r * r;
  const p = s * (0.4999999999999767 + r * 0.16666666666666666 + s * (0.04166667939432499 + r * 0.008333333333333333));
  const power = EXP_HIGH[k & 127] * POWERS[(k >> 7) + 1074];
  const c = power - 1;
  const h = c + t;
  const l = c - h + t + (c * r + power * p - m);
  const e = h + l;
  const d = e + 2;
  const q = e / d;
  // What the rounding of e has lost, and with that of d the denominator. 1/d is (1 − q)/2.
  const lost = h - e + l;
  const y = q + (lost - q * (e - (d - 2) + lost)) * (0.5 - 0.5 * q);
  return x < 0 ? -y : x === 0 ? x : y;
}
