/** A rational number numerator / denominator in lowest terms, denominator > 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };

/** numerator / denominator in lowest terms. Throws a RangeError for a denominator of 0. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError(`rational: denominator is 0: got ${numerator} / 0`);
  return reduce(denominator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator);
}

export function add(a: Rational, b: Rational): Rational {
  if (a.denominator === b.denominator) return reduce(a.numerator + b.numerator, a.denominator);
  return reduce(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  return reduce(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** a / b. Throws a RangeError for b = 0. */
export function divide(a: Rational, b: Rational): Rational {
  if (b.numerator === 0n) throw new RangeError(`divide: the divisor is 0: got ${a.numerator}/${a.denominator} / 0`);
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** a^exponent for an integer exponent >= 0. */
export function power(a: Rational, exponent: number): Rational {
  const e = BigInt(exponent);
  return { numerator: a.numerator ** e, denominator: a.denominator ** e };
}

export function absolute(a: Rational): Rational {
  return a.numerator < 0n ? negate(a) : a;
}

/** Negative, 0 or positive as a < b, a = b or a > b. */
export function compare(a: Rational, b: Rational): number {
  const difference =
    a.denominator === b.denominator
      ? a.numerator - b.numerator
      : a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function larger(a: Rational, b: Rational): Rational {
  return compare(a, b) < 0 ? b : a;
}

function reduce(numerator: bigint, denominator: bigint): Rational {
  if (numerator === 0n) return zero;
  if (denominator === 1n) return { numerator, denominator };
  if ((denominator & (denominator - 1n)) === 0n) {
    const shift = trailingZeros(numerator | denominator);
    return shift === 0n
      ? { numerator, denominator }
      : { numerator: numerator >> shift, denominator: denominator >> shift };
  }
  const divisor = gcd(numerator, denominator);
  return divisor === 1n
    ? { numerator, denominator }
    : { numerator: numerator / divisor, denominator: denominator / divisor };
}

/**
 * How often 2 divides n. Sums and products of doubles have no other common factor: Euclid is slow, and so is a division where numbers have thousands of
 * bits.
 */
function trailingZeros(n: bigint): bigint {
  const low = Number(n & 0xffffffffn);
  if (low !== 0) return BigInt(31 - Math.clz32(low & -low));
  return BigInt((n & -n).toString(2).length - 1);
}

function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
