const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const view = new DataView(new ArrayBuffer(8));

/**
 * Natural logarithm of a positive finite double by + - * / alone, so its bits do not depend on the platform's Math.log.
 *
 * x = 2^k (1 + f) with 1 + f in (0.705, 1.41], s = f / (2 + f), log x = k log 2 + 2 atanh(s).
 * Error below one unit in the last place. Precondition: 0 < x < Infinity (not checked).
 */
export function log(x: number): number {
  let exponent = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    exponent = -54;
  }
  view.setFloat64(0, x);
  const high = view.getUint32(0);
  exponent += (high >>> 20) - 1023;
  view.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = view.getFloat64(0);
  if (m > 1.41) {
    m *= 0.5;
    exponent += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  // 2 atanh(s) - 2 s = s * tail; |z| < 0.03, so the first term left out is below 2^-60 of the sum.
  let series = 2 / 25;
  for (let denominator = 23; denominator >= 3; denominator -= 2) series = series * z + 2 / denominator;
  const tail = series * z;
  // 2 s = f - s f, written so that the large part f is added last and unrounded; LN2_HIGH ends in 21 zero bits,
  // so exponent * LN2_HIGH is exact.
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + tail) + exponent * LN2_LOW) - f);
}
