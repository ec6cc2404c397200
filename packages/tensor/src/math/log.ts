import { tail } from './double-double.js';
import { logParts } from './log-parts.js';
import { LN2_HIGH, LN2_LOW, LOGS, ORIGIN } from './log-table.js';
import { DOUBLE, HIGH, POWERS, WORDS } from './tables.js';

/**
 * Natural logarithm; −Infinity at 0, NaN below. Error below 0.52 units in the last place.
 *
 * x = 2ᵏz, ln x = k·ln 2 − ln c + ln(1 + r) with c from a table, r = z·c − 1 and a polynomial of our own (after Tang, ACM TOMS 16, 1990).
 */
export function log(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Number.POSITIVE_INFINITY)) return logEdge(x);
  DOUBLE[0] = x;
  const cell = WORDS[HIGH] - ORIGIN;
  const k = cell >> 20;
  const i = 3 * ((cell >>> 13) & 127);
  const z = x * POWERS[1074 - k];
  const c = LOGS[i];
  // Rounded to a multiple of 2⁻²⁰, z times c is exact, and so is the product of the rest.
  const top = z + 6442450944 - 6442450944;
  const rh = top * c - 1;
  const rl = (z - top) * c;
  const r = rh + rl;
  const w = k * LN2_HIGH + LOGS[i + 1];
  const h = w + r;
  const s = r * r;
  // In pairs: a chain of products would be what a loop waits for.
  const p =
    r * (0.33333333333333415 + r * -0.2500000000000007) +
    s *
      (r * (0.1999999997670594 + r * -0.16666666645701986) + s * (r * (0.14286731798954358 + r * -0.1250091576286902)));
  return h + (s * (p - 0.5) + (w - h + r + (rh - r + rl + (k * LN2_LOW + LOGS[i + 2]))));
}

function logEdge(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x < 0) return Number.NaN;
  return x < 1 ? logParts(x, 0) + tail[0] : x;
}
