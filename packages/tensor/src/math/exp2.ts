import { scale } from './exp-parts.js';
import { EXP_HIGH, EXP_LOW } from './exp-table.js';
import { ROUND } from './tables.js';

/** 2ˣ, exact for integers. Error below 0.52 units in the last place, 0.8 where the result is subnormal. Method of `exp`. */
export function exp2(x: number): number {
  if (!(x > -1080 && x < 1025)) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : x;
  const n = x * 128 + ROUND - ROUND;
  const k = n | 0;
  const r = (x - n / 128) * Math.LN2;
  const p = r + r * r * (0.5 + r * (0.16666666666666666 + r * (0.041666674304789805 + r * 0.008333334424493757)));
  const t = EXP_HIGH[k & 127];
  return scale(t + (EXP_LOW[k & 127] + t * p), k >> 7);
}
