import type { ExactMonomial } from './exact-polynomial.js';
import { type Numbers, rationalBits } from './numbers.js';
import { add, divide, multiply, negate, type Rational } from './rational.js';
import { toRational } from './to-rational.js';

/**
 * A polynomial with rational coefficients, none of them 0, by monomial. The key of x_1^e_1 … x_D^e_D has the characters with the codes e_1 … e_D:
 * shorter than numbers and commas, and as quick to look up as any text.
 */
export type SparsePolynomial = ReadonlyMap<string, Rational>;

/** Exponents are character codes. */
const largestDegree = 65_535;

/** The polynomial x_d in `inputs` variables. */
export function variable(inputs: number, d: number): SparsePolynomial {
  const exponents = new Array<number>(inputs).fill(0);
  exponents[d] = 1;
  return new Map([[String.fromCharCode(...exponents), toRational(1)]]);
}

/** Arithmetic of polynomials in `inputs` variables. Division is by constants. Throws a RangeError beyond `maxMonomials`. */
export function sparsePolynomials(inputs: number, maxMonomials: number): Numbers<SparsePolynomial> {
  const unit = '\0'.repeat(inputs);
  const constant = (value: Rational): SparsePolynomial =>
    value.numerator === 0n ? new Map() : new Map([[unit, value]]);
  const scaled = (a: SparsePolynomial, factor: Rational): SparsePolynomial => {
    const result = new Map<string, Rational>();
    for (const [key, value] of a) addTo(result, key, multiply(value, factor));
    return result;
  };
  return {
    from: (value) => constant(toRational(value)),
    add: (a, b) => {
      const [large, small] = a.size < b.size ? [b, a] : [a, b];
      const sums = new Map(large);
      for (const [key, value] of small) addTo(sums, key, value);
      refuse(sums.size, maxMonomials);
      return sums;
    },
    negate: (a) => new Map(Array.from(a, ([key, value]) => [key, negate(value)])),
    multiply: (a, b) => {
      refuseLong(a, b, maxMonomials);
      const sums = new Map<string, Rational>();
      for (const [left, u] of a) {
        for (const [right, v] of b) addTo(sums, productKey(left, right), multiply(u, v));
        refuse(sums.size, maxMonomials);
      }
      return sums;
    },
    divide: (a, b) => {
      const divisor = b.get(unit);
      return divisor === undefined || b.size !== 1 ? undefined : scaled(a, divide(toRational(1), divisor));
    },
    bits: longest,
  };
}

/** The monomials in graded lexicographic sequence, as in `Polynomial`. */
export function sortedMonomials(polynomial: SparsePolynomial): ExactMonomial[] {
  return Array.from(polynomial, ([key, coefficient]) => ({ key, degree: degreeOf(key), coefficient }))
    .sort((a, b) => a.degree - b.degree || (a.key < b.key ? 1 : -1))
    .map(({ key, coefficient }) => ({
      coefficient,
      exponents: Array.from({ length: key.length }, (_, d) => key.charCodeAt(d)),
    }));
}

function addTo(sums: Map<string, Rational>, key: string, value: Rational): void {
  const known = sums.get(key);
  const sum = known === undefined ? value : add(known, value);
  if (sum.numerator === 0n) sums.delete(key);
  else sums.set(key, sum);
}

function refuse(count: number, maxMonomials: number): void {
  if (count > maxMonomials) {
    throw new RangeError(`expand: more monomials than maxMonomials = ${maxMonomials} arise: got at least ${count}`);
  }
}

function longest(a: SparsePolynomial): number {
  let most = 0;
  for (const value of a.values()) most = Math.max(most, rationalBits(value));
  return most;
}

/** Bounds the time of a product, which may be long though few monomials are left of it. */
function refuseLong(a: SparsePolynomial, b: SparsePolynomial, maxMonomials: number): void {
  const pairs = a.size * b.size;
  // Fewer take no time unless they are as long as `expressionValue` allows at most.
  if (pairs < 1000) return;
  const bits = [longest(a), longest(b)];
  // Products of numbers above some 500 bits cost more than keeping book of them does.
  if (pairs * (1 + (bits[0] * bits[1]) / 2 ** 18) > 20 * maxMonomials) {
    throw new RangeError(
      `expand: a product of ${a.size} and ${b.size} monomials of ${bits[0]} and ${bits[1]} bits ` +
        `is more work than maxMonomials = ${maxMonomials} allows`,
    );
  }
}

function productKey(a: string, b: string): string {
  let key = '';
  for (let d = 0; d < a.length; d++) {
    const exponent = a.charCodeAt(d) + b.charCodeAt(d);
    if (exponent > largestDegree) {
      throw new RangeError(`expand: exponents must be at most ${largestDegree}: got ${exponent}`);
    }
    key += String.fromCharCode(exponent);
  }
  return key;
}

function degreeOf(key: string): number {
  let degree = 0;
  for (let d = 0; d < key.length; d++) degree += key.charCodeAt(d);
  return degree;
}
