import { sumTail, tail } from './double-double.js';
import { exp } from './exp.js';
import { expParts } from './exp-parts.js';
import { EXP_HIGH, EXP_REST, STEP_HIGH, STEP_LOW, STEPS } from './exp-table.js';
import { logParts } from './log-parts.js';
import { POWERS, ROUND } from './tables.js';

/** 1/(1 + e⁻ˣ). Error below 1.1 units in the last place. */
export function sigmoid(x: number): number {
  if (!(x > -36.7 && x < 40)) {
    if (x > 0) return 1;
    // 1 + e⁻ˣ would need more bits than there are.
    const y = exp(x);
    return y - y * y;
  }
  // As `exp`, of −x, with the rest of the entry in r.
  const n = -x * STEPS + ROUND - ROUND;
  const k = n | 0;
  const r = -x - n * STEP_HIGH - (n * STEP_LOW - EXP_REST[k & 127]);
  const p = r + r * r * (0.5 + r * (0.16666666666666666 + r * (0.041666674304789805 + r * 0.008333334424493757)));
  const power = EXP_HIGH[k & 127] * POWERS[(k >> 7) + 1074];
  const l = power * p;
  const e = power + l;
  const d = 1 + e;
  const q = 1 / d;
  return q - q * q * (e - (d - 1) + (power - e + l));
}

/** ln(1 + eˣ). Error below 1 unit in the last place. */
export function softplus(x: number): number {
  if (!(x > -40 && x < 40)) return x > 0 ? x : exp(x);
  const v = expParts(x, 0);
  const power = POWERS[tail[1] + 1074];
  const e = v * power;
  const d = 1 + e;
  return logParts(d, sumTail(1, e, d) + tail[0] * power) + tail[0];
}
