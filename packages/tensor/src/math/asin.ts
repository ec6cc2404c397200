import { sqrtParts, sumTail, tail } from './double-double.js';

const HALF_PI = 1.5707963267948966;
const HALF_PI_TAIL = 6.123233995736766e-17;

/** Arc sine, in [−π/2, π/2]; NaN outside [−1, 1]. Error below 0.7 units in the last place. */
export function asin(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) return a < 1e-8 ? x : x + x * series(x * x);
  if (!(a < 1)) return a === 1 ? x * HALF_PI : Number.NaN;
  // asin x = π/2 − 2·asin √((1 − x)/2)
  const w = 0.5 * (1 - a);
  const s = 2 * sqrtParts(w, 0);
  const h = HALF_PI - s;
  const y = h + (HALF_PI - h - s + (HALF_PI_TAIL - 2 * tail[0] - s * series(w)));
  return x < 0 ? -y : y;
}

/** Arc cosine, in [0, π]; NaN outside [−1, 1]. Error below 0.7 units in the last place. */
export function acos(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) {
    const h = HALF_PI - x;
    return h + (sumTail(HALF_PI, -x, h) + (HALF_PI_TAIL - x * series(x * x)));
  }
  if (!(a < 1)) return a === 1 ? (x < 0 ? 2 * HALF_PI : 0) : Number.NaN;
  const w = 0.5 * (1 - a);
  const s = 2 * sqrtParts(w, 0);
  const l = 2 * tail[0] + s * series(w);
  if (x > 0) return s + l;
  const h = 2 * HALF_PI - s;
  return h + (2 * HALF_PI - h - s + (2 * HALF_PI_TAIL - l));
}

/** asin(√z)/√z − 1 on [0, 1/4]: a polynomial of our own. */
function series(z: number): number {
  const p =
    0.013971212973552933 +
    z *
      (0.011479177415184906 +
        z *
          (0.01032281435018578 +
            z *
              (0.005457506718640358 +
                z * (0.01740087944269402 + z * (-0.014851887071247204 + z * 0.028757851367421566)))));
  const q =
    0.04464285714635543 + z * (0.030381944138531247 + z * (0.02237217294214989 + z * (0.017352392720869973 + z * p)));
  return z * (0.16666666666666669 + z * (0.07499999999998433 + z * q));
}
