import { type Rational, rational } from './rational.js';

/** The number mantissa/2^bits. */
export interface FixedPoint {
  readonly mantissa: bigint;
  readonly bits: number;
}

/** The largest fixed-point number of so many bits that is not above r: less than 2^−bits away. Throws a RangeError for bits that are no integer ≥ 0. */
export function fixedPoint({ numerator, denominator }: Rational, bits: number): FixedPoint {
  requireBits('fixedPoint', bits);
  return { mantissa: floorDivide(numerator << BigInt(bits), denominator), bits };
}

/** mantissa/2^bits, exactly. */
export function fixedToRational({ mantissa, bits }: FixedPoint): Rational {
  return rational(mantissa, 1n << BigInt(bits));
}

/** a + b, exactly, with the larger number of bits. */
export function addFixed(a: FixedPoint, b: FixedPoint): FixedPoint {
  const bits = Math.max(a.bits, b.bits);
  return { mantissa: (a.mantissa << BigInt(bits - a.bits)) + (b.mantissa << BigInt(bits - b.bits)), bits };
}

/** a·b with the bits of a, rounded down: less than 2^−bits below the product. */
export function multiplyFixed(a: FixedPoint, b: FixedPoint): FixedPoint {
  return { mantissa: (a.mantissa * b.mantissa) >> BigInt(b.bits), bits: a.bits };
}

/** a/b with the bits of a, rounded down: less than 2^−bits below the quotient. Throws a RangeError for b = 0. */
export function divideFixed(a: FixedPoint, b: FixedPoint): FixedPoint {
  if (b.mantissa === 0n) throw new RangeError('divideFixed: the divisor is 0');
  const sign = b.mantissa < 0n ? -1n : 1n;
  return { mantissa: floorDivide((sign * a.mantissa) << BigInt(b.bits), sign * b.mantissa), bits: a.bits };
}

/** √a with the bits of a, rounded down: less than 2^−bits below the root. Throws a RangeError for a < 0. Cost: O(log bits) divisions. */
export function squareRootFixed({ mantissa, bits }: FixedPoint): FixedPoint {
  if (mantissa < 0n) throw new RangeError('squareRootFixed: the number is negative');
  return { mantissa: integerSquareRoot(mantissa << BigInt(bits)), bits };
}

/** ⌊√n⌋ by Newton's iteration from above, which descends until it is there. */
function integerSquareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** ⌊a/b⌋ for b > 0. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

export function requireBits(name: string, bits: number): void {
  if (!(Number.isSafeInteger(bits) && bits >= 0)) {
    throw new RangeError(`${name}: bits must be an integer of at least 0: got ${bits}`);
  }
}
