import type { Scaling } from '../scaling.js';
import { add, divide, multiply, type Rational } from './rational.js';
import { toRational } from './to-rational.js';

/** A monomial in either arithmetic. */
interface Term<N> {
  readonly coefficient: N;
  readonly exponents: readonly number[];
}

/** What a substitution needs of coefficients. */
export interface SubstitutionNumbers<N> {
  from(value: number): N;
  add(a: N, b: N): N;
  multiply(a: N, b: N): N;
  divide(a: N, b: N): N;
  isZero(a: N): boolean;
}

export const exactSubstitution: SubstitutionNumbers<Rational> = {
  from: toRational,
  add,
  multiply,
  divide,
  isZero: (a) => a.numerator === 0n,
};

export const doubleSubstitution: SubstitutionNumbers<number> = {
  from: (value) => value,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  isZero: (a) => a === 0,
};

/**
 * The polynomial in the inputs' own units of one that is given in standardised ones, for one output: (x_d − m_d)/s_d for every variable, then
 * mean and deviation of the target. One variable is replaced at a time, and only in the monomials that have it; equal ones are summed in between.
 */
export function substituteScaling<N>(
  numbers: SubstitutionNumbers<N>,
  monomials: readonly Term<N>[],
  { means, deviations, targetMeans, targetDeviations }: Scaling,
  output: number,
  maxMonomials: number,
): Term<N>[] {
  const { from, multiply: times } = numbers;
  const sums = new Map<string, Term<N>>();
  const put = (term: Term<N>): void => {
    const key = String.fromCharCode(...term.exponents);
    const known = sums.get(key);
    const coefficient = known === undefined ? term.coefficient : numbers.add(known.coefficient, term.coefficient);
    if (numbers.isZero(coefficient)) sums.delete(key);
    else sums.set(key, { coefficient, exponents: term.exponents });
    if (sums.size > maxMonomials) {
      throw new RangeError(
        `expand: more monomials than maxMonomials = ${maxMonomials} arise: got at least ${sums.size}`,
      );
    }
  };
  for (const term of monomials) put(term);
  for (let d = 0; d < means.length; d++) {
    const concerned = Array.from(sums).filter(([, { exponents }]) => exponents[d] > 0);
    for (const [key] of concerned) sums.delete(key);
    const [shift, deviation] = [from(-means[d]), from(deviations[d])];
    for (const [, { coefficient, exponents }] of concerned) {
      const e = exponents[d];
      let scaled = coefficient;
      for (let i = 0; i < e; i++) scaled = numbers.divide(scaled, deviation);
      // C(e, j)·(−m)^(e−j), from j = e down; the binomials of any order that is multiplied out are exact doubles.
      for (let j = e, choose = 1; j >= 0; choose = (choose * j) / (e - j + 1), j--) {
        put({
          coefficient: times(from(choose), scaled),
          exponents: exponents.map((other, i) => (i === d ? j : other)),
        });
        scaled = times(scaled, shift);
      }
    }
  }
  const factor = from(targetDeviations[output]);
  const all = Array.from(sums.values());
  sums.clear();
  put({ coefficient: from(targetMeans[output]), exponents: new Array<number>(means.length).fill(0) });
  for (const { coefficient, exponents } of all) put({ coefficient: times(coefficient, factor), exponents });
  return Array.from(sums, ([key, term]) => ({ key, term, degree: term.exponents.reduce((a, b) => a + b, 0) }))
    .sort((a, b) => a.degree - b.degree || (a.key < b.key ? 1 : -1))
    .map(({ term }) => term);
}
