import { flatten, type Tensor } from '@neuronseek/tensor';
import { add, type Rational, rational } from '../exact/rational.js';
import { toRational } from '../exact/to-rational.js';

/**
 * What multiplying out needs of numbers, for vectors V of them: the coefficients of all monomials of one degree in n variables, or of a
 * linear form. The same code then expands in doubles and exactly.
 */
export interface Coefficients<V, N> {
  read(t: Tensor): V;
  zeros(count: number): V;
  /** The number 1, as the coefficients of degree 0. */
  one(): V;
  /** The elements start + places[i]·stride. */
  gather(source: V, start: number, stride: number, places: readonly number[]): V;
  /** out += a·(Σ_d form[d]·x_d), where `next` is that of the degree of a: see `Degree`. */
  addProduct(out: V, a: V, form: V, next: Int32Array): void;
  /** out += factors[at]·a. */
  addScaled(out: V, a: V, factors: V, at: number): void;
  /** The sum of vectors of one length. */
  sum(terms: readonly V[], count: number): N[];
  plus(a: N, value: number): N;
  isZero(a: N): boolean;
}

export const doubleCoefficients: Coefficients<Float64Array, number> = {
  read: (t) => Float64Array.from(flatten(t)),
  zeros: (count) => new Float64Array(count),
  one: () => Float64Array.of(1),
  gather: (source, start, stride, places) => Float64Array.from(places, (place) => source[start + place * stride]),
  addProduct: (out, a, form, next) => {
    const n = form.length;
    for (let i = 0; i < a.length; i++) {
      if (a[i] === 0) continue;
      for (let d = 0; d < n; d++) out[next[i * n + d]] += a[i] * form[d];
    }
  },
  addScaled: (out, a, factors, at) => {
    for (let i = 0; i < a.length; i++) out[i] += factors[at] * a[i];
  },
  sum: (terms, count) => {
    const sums = new Array<number>(count).fill(0);
    for (const term of terms) for (let i = 0; i < count; i++) sums[i] += term[i];
    return sums;
  },
  plus: (a, value) => a + value,
  isZero: (a) => a === 0,
};

/** Integers over a common power of two, 2^shift: doubles are that, and need no greatest common divisor on the way. */
export interface Dyadic {
  readonly values: bigint[];
  shift: number;
}

export const exactCoefficients: Coefficients<Dyadic, Rational> = {
  read: readDyadic,
  zeros: (count) => ({ values: new Array<bigint>(count).fill(0n), shift: 0 }),
  one: () => ({ values: [1n], shift: 0 }),
  gather: ({ values, shift }, start, stride, places) => ({
    values: places.map((place) => values[start + place * stride]),
    shift,
  }),
  addProduct: (out, a, form, next) => {
    const n = form.values.length;
    for (let i = 0; i < a.values.length; i++) {
      const value = a.values[i];
      if (value === 0n) continue;
      for (let d = 0; d < n; d++) {
        if (form.values[d] !== 0n) out.values[next[i * n + d]] += value * form.values[d];
      }
    }
    // All products that are summed are of factors from the same tensors.
    out.shift = a.shift + form.shift;
  },
  addScaled: (out, a, factors, at) => {
    for (let i = 0; i < a.values.length; i++) out.values[i] += factors.values[at] * a.values[i];
    out.shift = a.shift + factors.shift;
  },
  sum: (terms, count) => {
    const shift = Math.max(0, ...terms.map((term) => term.shift));
    const denominator = 1n << BigInt(shift);
    return Array.from({ length: count }, (_, i) => {
      let sum = 0n;
      for (const term of terms) sum += term.values[i] << BigInt(shift - term.shift);
      return rational(sum, denominator);
    });
  },
  plus: (a, value) => add(a, toRational(value)),
  isZero: (a) => a.numerator === 0n,
};

function readDyadic(t: Tensor): Dyadic {
  const exact = Array.from(flatten(t), toRational);
  const denominator = exact.reduce((most, r) => (r.denominator > most ? r.denominator : most), 1n);
  return {
    values: exact.map((r) => r.numerator * (denominator / r.denominator)),
    shift: denominator.toString(2).length - 1,
  };
}
