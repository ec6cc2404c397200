import type { ExactPolynomial } from '@neuronseek/neurons';
import { add, compare, multiply, power, type Rational, rational, subtract, zero } from './rational.js';

/**
 * A polynomial on a box in the Bernstein basis: p = Σ_I coefficients[I]·Π_d C(n_d, i_d)·t_d^i_d·(1 − t_d)^(n_d − i_d), t the coordinates of the box
 * from 0 to 1. Values lie between the smallest and the largest coefficient, and at the corners of the box the corner coefficients are the values.
 */
export interface BernsteinForm {
  /** n_d, one for each variable. */
  readonly degrees: readonly number[];
  /** Π (n_d + 1) numbers, the last index running fastest. */
  readonly coefficients: readonly Rational[];
}

/**
 * The Bernstein coefficients of a polynomial on the box Π [low_d, high_d], exactly: those of x^k are its blossom,
 * b_i = Σ_s C(i, s)·C(n − i, k − s)/C(n, k)·high^s·low^(k − s) (Ramshaw 1987). `degrees`, default the degrees of the polynomial, may be higher.
 * Throws a RangeError for a box or degrees that do not fit. Cost: M·Π (n_d + 1) products for M monomials.
 */
export function bernsteinCoefficients(
  { features, monomials }: ExactPolynomial,
  box: readonly (readonly [Rational, Rational])[],
  degrees: readonly number[] = degreesOf({ features, monomials }),
): BernsteinForm {
  const own = degreesOf({ features, monomials });
  if (box.length !== features.length || degrees.length !== features.length) {
    throw new RangeError(
      `bernsteinCoefficients: the box and the degrees must have ${features.length} axes: got ${box.length} and ${degrees.length}`,
    );
  }
  degrees.forEach((n, d) => {
    if (!(Number.isSafeInteger(n) && n >= own[d])) {
      throw new RangeError(`bernsteinCoefficients: degrees[${d}] must be an integer of at least ${own[d]}: got ${n}`);
    }
  });
  const size = degrees.reduce((product, n) => product * (n + 1), 1);
  const coefficients = new Array<Rational>(size).fill(zero);
  for (const { coefficient, exponents } of monomials) {
    let block: Rational[] = [coefficient];
    exponents.forEach((k, d) => {
      const axis = blossom(k, degrees[d], box[d]);
      block = block.flatMap((value) => axis.map((b) => multiply(value, b)));
    });
    block.forEach((value, i) => {
      coefficients[i] = add(coefficients[i], value);
    });
  }
  return { degrees, coefficients };
}

/** The degree in each variable. */
export function degreesOf({ features, monomials }: ExactPolynomial): number[] {
  return features.map((_, d) => monomials.reduce((most, { exponents }) => Math.max(most, exponents[d]), 0));
}

/** Bernstein coefficients of x^k, degree n, on [low, high]. */
function blossom(k: number, n: number, [low, high]: readonly [Rational, Rational]): Rational[] {
  return Array.from({ length: n + 1 }, (_, i) => {
    let sum = zero;
    for (let s = Math.max(0, k - (n - i)); s <= Math.min(i, k); s++) {
      const weight = rational(binomial(i, s) * binomial(n - i, k - s), binomial(n, k));
      sum = add(sum, multiply(weight, multiply(power(high, s), power(low, k - s))));
    }
    return sum;
  });
}

function binomial(n: number, k: number): bigint {
  let value = 1n;
  for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
}

/** Both parts of a form that is cut across an axis at t in (0, 1), by de Casteljau's algorithm. */
export function subdivideBernstein(
  { degrees, coefficients }: BernsteinForm,
  axis: number,
  t: Rational,
): readonly [BernsteinForm, BernsteinForm] {
  const inner = degrees.slice(axis + 1).reduce((product, n) => product * (n + 1), 1);
  const count = degrees[axis] + 1;
  const left = [...coefficients];
  const right = [...coefficients];
  const rest = subtract(rational(1n), t);
  for (let start = 0; start < coefficients.length; start++) {
    if (Math.floor(start / inner) % count !== 0) continue;
    let row = Array.from({ length: count }, (_, i) => coefficients[start + i * inner]);
    for (let level = 0; level < count; level++) {
      left[start + level * inner] = row[0];
      right[start + (count - 1 - level) * inner] = row[row.length - 1];
      const before = row;
      row = before.slice(1).map((next, i) => add(multiply(rest, before[i]), multiply(t, next)));
    }
  }
  return [
    { degrees, coefficients: left },
    { degrees, coefficients: right },
  ];
}

/** The smallest and the largest coefficient, which enclose all values on the box. */
export function bernsteinRange({ coefficients }: BernsteinForm): readonly [Rational, Rational] {
  let [low, high] = [coefficients[0], coefficients[0]];
  for (const value of coefficients) {
    if (compare(value, low) < 0) low = value;
    if (compare(value, high) > 0) high = value;
  }
  return [low, high];
}

/** The value at a point of the box with coordinates t in [0, 1], by de Casteljau's algorithm. */
export function evaluateBernstein({ degrees, coefficients }: BernsteinForm, t: readonly Rational[]): Rational {
  let values = coefficients;
  for (let d = degrees.length - 1; d >= 0; d--) {
    const count = degrees[d] + 1;
    const rest = subtract(rational(1n), t[d]);
    values = Array.from({ length: values.length / count }, (_, block) => {
      let row = values.slice(block * count, (block + 1) * count);
      while (row.length > 1) {
        const before = row;
        row = before.slice(1).map((next, i) => add(multiply(rest, before[i]), multiply(t[d], next)));
      }
      return row[0];
    });
  }
  return values[0];
}
