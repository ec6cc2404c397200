import { type Rational, rational } from './rational.js';

const value = new Float64Array(1);
const bits = new BigUint64Array(value.buffer);
const hidden = 1n << 52n;

/** The rational number that a double is, exactly. Throws a RangeError for NaN and infinities. */
export function toRational(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`toRational: x is not finite: got ${x}`);
  if (Number.isSafeInteger(x)) return { numerator: BigInt(x), denominator: 1n };
  value[0] = Math.abs(x);
  const biased = Number(bits[0] >> 52n);
  const fraction = bits[0] & (hidden - 1n);
  const mantissa = biased === 0 ? fraction : fraction + hidden;
  const exponent = Math.max(biased, 1) - 1075;
  const signed = x < 0 ? -mantissa : mantissa;
  return exponent < 0 ? rational(signed, 1n << BigInt(-exponent)) : rational(signed << BigInt(exponent));
}
