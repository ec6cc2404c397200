import { tail } from './double-double.js';
import { EXP_HIGH, EXP_LOW, STEP_HIGH, STEP_LOW, STEPS } from './exp-table.js';
import { POWERS, ROUND } from './tables.js';

/** exp(x + y) = (returned + tail[0])·2^tail[1], the sum in [0.99, 2); |x| < 800 and y of the order of the rounding of x. */
export function expParts(x: number, y: number): number {
  const n = x * STEPS + ROUND - ROUND;
  const k = n | 0;
  const r = x - n * STEP_HIGH - n * STEP_LOW + y;
  const p = r + r * r * (0.5 + r * (0.16666666666666666 + r * (0.041666674304789805 + r * 0.008333334424493757)));
  const t = EXP_HIGH[k & 127];
  tail[0] = EXP_LOW[k & 127] + t * p;
  tail[1] = k >> 7;
  return t;
}

/** exp(x + y)·2^shift, NaN for NaN; limits as for {@link expParts}. */
export function expSum(x: number, y: number, shift: number): number {
  const t = expParts(x, y);
  return scale(t + tail[0], tail[1] + shift);
}

/** v·2^k with one rounding, for v in [0.5, 2] and any k in reach of a finite number. */
export function scale(v: number, k: number): number {
  if (k > 1023) return v * 2 * POWERS[k + 1073];
  if (k < -1021) return v * POWERS[k + 1274] * POWERS[874];
  return v * POWERS[k + 1074];
}
