import { add, divide, multiply, negate, type Rational } from './rational.js';
import { toRational } from './to-rational.js';

/** The arithmetic in which a formula is followed: of rationals, of residues, of polynomials. */
export interface Numbers<T> {
  /** The finite double that a formula holds. */
  from(value: number): T;
  add(a: T, b: T): T;
  negate(a: T): T;
  multiply(a: T, b: T): T;
  /** Undefined where b has no inverse. */
  divide(a: T, b: T): T | undefined;
  /** Length of the longest integer in a, where lengths grow. */
  bits?(a: T): number;
}

export const rationalNumbers: Numbers<Rational> = {
  from: toRational,
  add,
  negate,
  multiply,
  divide: (a, b) => (b.numerator === 0n ? undefined : divide(a, b)),
  bits: rationalBits,
};

/** Bits of the longer of numerator and denominator, up to a multiple of 4; 0 for 0, 1 and −1, whose powers do not grow. */
export function rationalBits({ numerator, denominator }: Rational): number {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const longer = magnitude > denominator ? magnitude : denominator;
  return longer === 1n ? 0 : 4 * longer.toString(16).length;
}

/** The Mersenne prime 2^61 − 1: a product of two residues stays below 2^122, and a power of two modulo it is another. */
export const modulus: bigint = (1n << 61n) - 1n;

/** Residues modulo {@link modulus}. Rationals whose denominator it does not divide map to them, sums and products alike. */
export const residues: Numbers<bigint> = {
  from: (value) => residueOf(toRational(value)),
  add: (a, b) => (a + b) % modulus,
  negate: (a) => (a === 0n ? 0n : modulus - a),
  multiply: (a, b) => (a * b) % modulus,
  divide: (a, b) => (b === 0n ? undefined : (a * inverse(b)) % modulus),
};

/** Denominators of doubles are powers of two, which have inverses. */
function residueOf({ numerator, denominator }: Rational): bigint {
  const a = ((numerator % modulus) + modulus) % modulus;
  return denominator === 1n ? a : (a * inverse(denominator % modulus)) % modulus;
}

/** By the extended algorithm of Euclid, for a from 1 to modulus − 1. */
function inverse(a: bigint): bigint {
  let [r, next] = [modulus, a];
  let [t, nextT] = [0n, 1n];
  while (next !== 0n) {
    const q = r / next;
    [r, next] = [next, r - q * next];
    [t, nextT] = [nextT, t - q * nextT];
  }
  return t < 0n ? t + modulus : t;
}
