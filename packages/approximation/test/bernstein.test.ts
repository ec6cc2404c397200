import { fc, test } from '@fast-check/vitest';
import type { ExactPolynomial } from '@neuronseek/neurons';
import { describe, expect, it } from 'vitest';
import {
  type BernsteinForm,
  bernsteinCoefficients,
  bernsteinRange,
  evaluateBernstein,
  subdivideBernstein,
} from '../src/exact/bernstein.js';
import { add, compare, multiply, power, type Rational, rational, subtract, zero } from '../src/exact/rational.js';

const fraction = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 12 }))
  .map(([p, q]) => rational(BigInt(p), BigInt(q)));
const share = fc.integer({ min: 0, max: 24 }).map((i) => rational(BigInt(i), 24n));

/** Polynomials in two variables of degree 4 at most in each. */
const polynomial: fc.Arbitrary<ExactPolynomial> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
    selector: ([i, j]) => 5 * i + j,
    maxLength: 6,
  })
  .chain((all) =>
    fc.array(fraction, { minLength: all.length, maxLength: all.length }).map((coefficients) => ({
      features: ['x', 'y'],
      monomials: all.map((exponents, i) => ({ coefficient: coefficients[i], exponents })),
    })),
  );
const side = fc
  .tuple(fraction, fc.integer({ min: 1, max: 30 }))
  .map(([low, width]): [Rational, Rational] => [low, add(low, rational(BigInt(width), 7n))]);
const box = fc.tuple(side, side);

function value({ monomials }: ExactPolynomial, x: readonly Rational[]): Rational {
  return monomials.reduce(
    (sum, { coefficient, exponents }) =>
      add(
        sum,
        exponents.reduce((product, e, d) => multiply(product, power(x[d], e)), coefficient),
      ),
    zero,
  );
}

function pointIn(sides: readonly (readonly [Rational, Rational])[], t: readonly Rational[]): Rational[] {
  return sides.map(([a, b], d) => add(a, multiply(t[d], subtract(b, a))));
}

describe('Bernstein coefficients', () => {
  test.prop([polynomial, box, fc.tuple(share, share)])(
    'the form has the values of the polynomial, within its range',
    (p, b, t) => {
      const form = bernsteinCoefficients(p, b);
      const exact = value(p, pointIn(b, t));
      expect(evaluateBernstein(form, t)).toEqual(exact);
      const [low, high] = bernsteinRange(form);
      expect(compare(low, exact) <= 0 && compare(exact, high) <= 0).toBe(true);
    },
  );

  test.prop([polynomial, box])('corner coefficients are corner values', (p, b) => {
    const { degrees, coefficients } = bernsteinCoefficients(p, b);
    const [n, m] = degrees;
    const corners = [coefficients[0], coefficients[m], coefficients[n * (m + 1)], coefficients[n * (m + 1) + m]];
    const ends = [0n, 1n].flatMap((i) => [0n, 1n].map((j) => value(p, pointIn(b, [rational(i), rational(j)]))));
    expect(corners).toEqual(ends);
  });

  test.prop([polynomial, box, fc.integer({ min: 0, max: 1 }), share])(
    'subdivision gives the coefficients of the parts, and no part has a wider range',
    (p, b, axis, t) => {
      const form = bernsteinCoefficients(p, b);
      const cut = pointIn(b, [t, t])[axis];
      const parts = subdivideBernstein(form, axis, t);
      const boxes = [0, 1].map((half) =>
        b.map(
          ([low, high], d) =>
            (d === axis ? (half === 0 ? [low, cut] : [cut, high]) : [low, high]) as [Rational, Rational],
        ),
      );
      parts.forEach((part: BernsteinForm, half) => {
        expect(part).toEqual(bernsteinCoefficients(p, boxes[half]));
        const [low, high] = bernsteinRange(part);
        const [least, most] = bernsteinRange(form);
        expect(compare(least, low) <= 0 && compare(high, most) <= 0).toBe(true);
      });
    },
  );

  test.prop([polynomial, box, fc.tuple(share, share)])(
    'raising the degree keeps the values and does not widen the range',
    (p, b, t) => {
      const form = bernsteinCoefficients(p, b);
      const raised = bernsteinCoefficients(
        p,
        b,
        form.degrees.map((n) => n + 2),
      );
      expect(evaluateBernstein(raised, t)).toEqual(evaluateBernstein(form, t));
      const [[least, most], [low, high]] = [bernsteinRange(form), bernsteinRange(raised)];
      expect(compare(least, low) <= 0 && compare(high, most) <= 0).toBe(true);
    },
  );

  it('x² on [−1, 1]: coefficients 1, −1, 1; bad input is refused', () => {
    const p: ExactPolynomial = { features: ['x'], monomials: [{ coefficient: rational(1n), exponents: [2] }] };
    const form = bernsteinCoefficients(p, [[rational(-1n), rational(1n)]]);
    expect(form.coefficients).toEqual([rational(1n), rational(-1n), rational(1n)]);
    expect(() => bernsteinCoefficients(p, [])).toThrow(
      /^bernsteinCoefficients: the box and the degrees must have 1 axes/,
    );
    expect(() => bernsteinCoefficients(p, [[zero, zero]], [1])).toThrow(
      'bernsteinCoefficients: degrees[0] must be an integer of at least 2: got 1',
    );
  });
});
