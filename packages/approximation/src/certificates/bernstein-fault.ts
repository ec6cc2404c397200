import type { ExactPolynomial } from '@neuronseek/neurons';
import { evaluatePolynomialRational } from '../exact/evaluate-polynomial-rational.js';
import {
  absolute,
  add,
  compare,
  larger,
  multiply,
  power,
  type Rational,
  rational,
  subtract,
  zero,
} from '../exact/rational.js';
import { roundDown, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import { polynomialOf } from './polynomial-of.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';
import { forEachBox } from './walk-splits.js';

/**
 * What is wrong with a certificate by Bernstein coefficients; see `certificateFault`. The coefficients on every box are found without those on
 * others: the polynomial is shifted to the box and changed to the Bernstein basis by b_I = Σ_{J ≤ I} Π C(i, j)/C(n, j)·c_J.
 */
export function bernsteinFault(
  f: TargetFunction,
  h: Approximant,
  { lower, upper, witness, splits }: SupNormCertificate,
): string | undefined {
  const [p, q] = [polynomialOf('f', f), polynomialOf('h', h)];
  if (typeof p === 'string') return p;
  if (typeof q === 'string') return q;
  const there = absolute(subtract(valueAt(p, witness), valueAt(q, witness)));
  if (roundDown(there) !== lower) {
    return `lower is ${lower}, the error at the witness ${witness.join(', ')} rounds down to ${roundDown(there)}`;
  }
  const degrees = degreesOfDifference(p, q);
  let largest = zero;
  const fault = forEachBox(splits, f.domain, (box) => {
    for (const b of toBernstein(shiftedDifference(p, q, box, degrees), degrees)) largest = larger(largest, absolute(b));
    return undefined;
  });
  if (fault) return fault;
  if (roundUp(largest) !== upper) {
    return `upper is ${upper}, the largest coefficient rounds up to ${roundUp(largest)}`;
  }
  return compare(there, largest) > 0 ? 'the coefficients miss the error at the witness' : undefined;
}

function valueAt({ features, monomials }: ExactPolynomial, x: readonly number[]): Rational {
  const point = x.map(toRational);
  return monomials
    .map(({ coefficient, exponents }) =>
      multiply(
        coefficient,
        evaluatePolynomialRational({ features, monomials: [{ coefficient: 1, exponents }] }, point),
      ),
    )
    .reduce(add, zero);
}

/** The degrees of p − q in each variable: leading terms may cancel. */
function degreesOfDifference(p: ExactPolynomial, q: ExactPolynomial): number[] {
  const most = p.features.map((_, d) =>
    Math.max(
      0,
      ...p.monomials.map(({ exponents }) => exponents[d]),
      ...q.monomials.map(({ exponents }) => exponents[d]),
    ),
  );
  const unit = most.map(() => [0, 1] as const);
  const actual = most.map(() => 0);
  shiftedDifference(p, q, unit, most).forEach((value, at) => {
    if (value.numerator === 0n) return;
    let rest = at;
    for (let d = most.length - 1; d >= 0; d--) {
      actual[d] = Math.max(actual[d], rest % (most[d] + 1));
      rest = Math.floor(rest / (most[d] + 1));
    }
  });
  return actual;
}

function shiftedDifference(
  p: ExactPolynomial,
  q: ExactPolynomial,
  box: readonly (readonly [number, number])[],
  degrees: readonly number[],
): Rational[] {
  const other = shifted(q, box, degrees);
  return shifted(p, box, degrees).map((value, i) => subtract(value, other[i]));
}

/** Coefficients of p(a + (b − a)·t) in the powers of t, the last variable running fastest. */
function shifted(
  { monomials }: ExactPolynomial,
  box: readonly (readonly [number, number])[],
  degrees: readonly number[],
): Rational[] {
  const size = degrees.reduce((n, degree) => n * (degree + 1), 1);
  const sums = new Array<Rational>(size).fill(zero);
  for (const { coefficient, exponents } of monomials) {
    let block: readonly Rational[] = [coefficient];
    // Terms of a higher degree cancel in the difference, with all that comes of them.
    exponents.forEach((k, d) => {
      const [a, b] = [toRational(box[d][0]), toRational(box[d][1])];
      const width = subtract(b, a);
      // (a + w·t)^k = Σ_j C(k, j)·a^(k − j)·w^j·t^j.
      const line = Array.from({ length: degrees[d] + 1 }, (_, j) =>
        j > k ? zero : multiply(rational(choose(k, j)), multiply(power(a, k - j), power(width, j))),
      );
      block = block.flatMap((value) => line.map((part) => multiply(value, part)));
    });
    block.forEach((value, i) => {
      sums[i] = add(sums[i], value);
    });
  }
  return sums;
}

/** From powers to the Bernstein basis, one variable after the other. */
function toBernstein(coefficients: readonly Rational[], degrees: readonly number[]): Rational[] {
  let values = [...coefficients];
  let inner = 1;
  for (let d = degrees.length - 1; d >= 0; d--) {
    const n = degrees[d];
    const before = values;
    const step = inner;
    values = before.map((_, at) => {
      const i = Math.floor(at / step) % (n + 1);
      let sum = zero;
      for (let j = 0; j <= i; j++) {
        sum = add(sum, multiply(rational(choose(i, j), choose(n, j)), before[at - (i - j) * step]));
      }
      return sum;
    });
    inner *= n + 1;
  }
  return values;
}

function choose(n: number, k: number): bigint {
  return k === 0 ? 1n : (choose(n, k - 1) * BigInt(n - k + 1)) / BigInt(k);
}
