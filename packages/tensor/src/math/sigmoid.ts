import { sumTail, tail } from './double-double.js';
import { exp } from './exp.js';
import { expParts } from './exp-parts.js';
import { logParts } from './log-parts.js';
import { POWERS } from './tables.js';

/** 1/(1 + e⁻ˣ). Error below 1.1 units in the last place. */
export function sigmoid(x: number): number {
  if (!(x > -40 && x < 40)) return x > 0 ? 1 : exp(x);
  const t = expParts(-x, 0);
  const l = tail[0];
  const power = POWERS[tail[1] + 1074];
  const h = t + l;
  const e = h * power;
  const d = 1 + e;
  const q = 1 / d;
  return q - q * q * (sumTail(1, e, d) + (t - h + l) * power);
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
