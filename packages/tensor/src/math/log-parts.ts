import { sumTail, tail } from './double-double.js';
import { LN2_HIGH, LN2_LOW, LOGS, ORIGIN } from './log-table.js';
import { DOUBLE, HIGH, POWERS, WORDS } from './tables.js';

/**
 * ln(x + y) = returned + tail[0] with a relative error below 2⁻⁶⁷, for 0 < x < ∞ and y no more than the rounding of x.
 * Method of `log`, with the first two terms of the series in twice the precision.
 */
export function logParts(x: number, y: number): number {
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 2 ** 54;
    y *= 2 ** 54;
    k = -54;
  }
  DOUBLE[0] = x;
  const cell = WORDS[HIGH] - ORIGIN;
  const power = POWERS[1074 - (cell >> 20)];
  k += cell >> 20;
  const i = 3 * ((cell >>> 13) & 127);
  const z = x * power;
  const c = LOGS[i];
  const top = z + 6442450944 - 6442450944;
  const rh = top * c - 1;
  const rl = (z - top) * c;
  const r0 = rh + rl;
  const e0 = rh - r0 + rl + y * power * c;
  const r = r0 + e0;
  const e = sumTail(r0, e0, r);
  // r² in two parts: s has 25 bits.
  const s = r + 1572864 - 1572864;
  const q = 0.5 * s * s;
  const h = r - q;
  const p =
    -0.25 +
    r *
      (0.20000000000000517 +
        r *
          (-0.1666666666666714 +
            r *
              (0.14285714243360567 +
                r * (-0.12499999961175712 + r * (0.11112221142022541 + r * -0.10001017529274102)))));
  const l = r - h - q + (e - r * e - 0.5 * (r - s) * (r + s)) + r * r * r * (0.3333333333333333 + r * p);
  const w = k * LN2_HIGH + LOGS[i + 1];
  const high = w + h;
  const low = sumTail(w, h, high) + (l + (k * LN2_LOW + LOGS[i + 2]));
  const sum = high + low;
  tail[0] = high - sum + low;
  return sum;
}
