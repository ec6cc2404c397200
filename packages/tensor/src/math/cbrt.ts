import { DOUBLE, HIGH, POWERS, WORDS } from './tables.js';

/**
 * Cube root. Error below 0.67 units in the last place.
 *
 * |x| = 8^q·z with z in [1, 8): a cubic for ∛z, two of Halley's steps, the second from a value of 26 bits, whose square is exact.
 */
export function cbrt(x: number): number {
  if (x === 0 || x - x !== 0) return x;
  const a = Math.abs(x);
  const small = a < 2.2250738585072014e-308;
  DOUBLE[0] = small ? a * 2 ** 54 : a;
  const k = (WORDS[HIGH] >> 20) - 1023;
  const q = Math.floor(k / 3);
  const z = DOUBLE[0] * POWERS[1074 - 3 * q];
  const t = 0.7167346418604423 + z * (0.3288364544631474 + z * (-0.03402605365290486 + z * 0.0016274953380330933));
  const c = t * t * t;
  const u = (t * (c + 2 * z)) / (2 * c + z) + 201326592 - 201326592;
  const r = z / (u * u);
  const root = (u + (u * (r - u)) / (u + u + r)) * POWERS[1074 + q - (small ? 18 : 0)];
  return x < 0 ? -root : root;
}
