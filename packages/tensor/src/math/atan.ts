import { productTail, sumTail, tail } from './double-double.js';

const HALF_PI = 1.5707963267948966;
const HALF_PI_TAIL = 6.123233995736766e-17;

/** Arc tangent, in [−π/2, π/2]. Error below 0.75 units in the last place. */
export function atan(x: number): number {
  if (!(x > 1e-8 || x < -1e-8)) return x;
  const y = atanParts(Math.abs(x)) + tail[0];
  return x < 0 ? -y : y;
}

/**
 * The angle of the point (x, y) in [−π, π], as in C and NumPy with the signs of zeros. Error below 0.75 units in the last place, 1 where
 * the result is subnormal.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const left = x < 0 || (x === 0 && 1 / x < 0);
  const up = Math.abs(y);
  const across = Math.abs(x);
  const v = upper(up, across, left);
  return y < 0 || (y === 0 && 1 / y < 0) ? -v : v;
}

/** Both coordinates from 0 on; `left`: the second one is meant negative. */
function upper(y: number, x: number, left: boolean): number {
  if (y === 0) return left ? 2 * HALF_PI : 0;
  if (x === Number.POSITIVE_INFINITY) {
    const v = y === x ? HALF_PI / 2 : 0;
    return left ? (y === x ? 2.356194490192345 : 2 * HALF_PI) : v;
  }
  // Scaled so that the remainder of the division is exact.
  const unit = x > 2 ** 900 || y > 2 ** 900 ? 2 ** -600 : x < 2 ** -900 || y < 2 ** -900 ? 2 ** 600 : 1;
  const a = y * unit;
  const b = x * unit;
  if (a > b * 2 ** 61) return HALF_PI;
  if (b > a * 2 ** 61) return left ? 2 * HALF_PI : y / x;
  const q = a / b;
  const p = q * b;
  const rest = (a - p - productTail(q, b, p)) / b;
  const h = atanParts(q);
  const l = tail[0] + rest / (1 + q * q);
  if (!left) return h + l;
  const s = 2 * HALF_PI - h;
  return s + (sumTail(2 * HALF_PI, -h, s) + (2 * HALF_PI_TAIL - l));
}

/**
 * The arc tangent of x ≥ 0 as returned + tail[0]: atan x = atan c + atan((x − c)/(1 + c·x)) with c = 0, 1/2, 1, 3/2, ∞ (the
 * intervals of Sun's fdlibm) and a polynomial of our own.
 */
function atanParts(x: number): number {
  let base = 0;
  let low = 0;
  let t = x;
  if (x >= 2.4375) {
    base = HALF_PI;
    low = HALF_PI_TAIL;
    t = -1 / x;
  } else if (x >= 1.1875) {
    base = 0.982793723247329;
    low = 1.3903311031230998e-17;
    t = (x - 1.5) / (1 + 1.5 * x);
  } else if (x >= 0.6875) {
    base = 0.7853981633974483;
    low = 3.061616997868383e-17;
    t = (x - 1) / (x + 1);
  } else if (x >= 0.4375) {
    base = 0.4636476090008061;
    low = 2.2698777452961687e-17;
    t = (x - 0.5) / (1 + 0.5 * x);
  }
  const z = t * t;
  const odd = 0.04491655674777743 * z + -0.05216532007308444;
  const p =
    -0.09090908350382436 +
    z *
      (0.07692285419714515 +
        z *
          (-0.06666239748865294 +
            z * (0.05876924062763387 + z * (odd + z * z * (-0.033114228762660534 + z * 0.014759380407779155)))));
  const series =
    -0.3333333333333333 + z * (0.19999999999999404 + z * (-0.14285714285565465 + z * (0.111111110965279 + z * p)));
  const h = base + t;
  tail[0] = base - h + t + (low + t * z * series);
  return h;
}
