import { expSum } from './exp-parts.js';
import { EXP_HIGH, EXP_LOW, STEP_HIGH, STEP_LOW, STEPS } from './exp-table.js';
import { POWERS, ROUND } from './tables.js';

/**
 * eˣ. Error below 0.52 units in the last place, 0.8 where the result is subnormal.
 *
 * x = n·ln 2/128 + r, eˣ = 2^(n/128)·eʳ from a table and a polynomial (Tang, ACM TOMS 15, 1989, with a polynomial of our own).
 */
export function exp(x: number): number {
  if (!(x > -708 && x < 709)) return expEdge(x);
  const n = x * STEPS + ROUND - ROUND;
  const k = n | 0;
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const p = r + r * r * (0.5 + r * (0.16666666666666666 + r * (0.041666674304789805 + r * 0.008333334424493757)));
  const t = EXP_HIGH[k & 127];
  return (t + (EXP_LOW[k & 127] + t * p)) * POWERS[(k >> 7) + 1074];
}

/** Near and beyond over- and underflow. */
function expEdge(x: number): number {
  if (x >= 710) return Number.POSITIVE_INFINITY;
  if (x <= -746) return 0;
  return expSum(x, 0, 0);
}
