import { tail } from './double-double.js';
import { expParts, expSum } from './exp-parts.js';
import { POWERS } from './tables.js';

/** (eˣ − e⁻ˣ)/2. Error below 0.8 units in the last place. */
export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a < 1) {
    if (a < 1e-8) return x;
    const z = x * x;
    const p =
      2.7557319191381816e-6 + z * (2.5052117695907823e-8 + z * (1.6057679623801638e-10 + z * 7.746178593018827e-13));
    return x + x * z * (0.16666666666666666 + z * (0.008333333333333299 + z * (0.00019841269841324198 + z * p)));
  }
  const y = half(a, -1);
  return x < 0 ? -y : y;
}

/** (eˣ + e⁻ˣ)/2. Error below 0.9 units in the last place. */
export function cosh(x: number): number {
  return half(Math.abs(x), 1);
}

/** (eˣ + sign·e⁻ˣ)/2 for x ≥ 0. */
function half(x: number, sign: number): number {
  if (!(x < 40)) return x < 711 ? expSum(x, 0, -1) : x * Number.POSITIVE_INFINITY;
  const v = expParts(x, 0);
  const power = POWERS[tail[1] + 1073];
  const h = v * power;
  const l = tail[0] * power;
  return h + (l + (sign * 0.25) / (h + l));
}
