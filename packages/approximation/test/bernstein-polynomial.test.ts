import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { bernsteinOf } from '../src/classical/bernstein-polynomial.js';
import { absolute, add, compare, multiply, rational, subtract } from '../src/exact/rational.js';
import { toRational } from '../src/exact/to-rational.js';
import { bernsteinBound, bernsteinPolynomial, piecewiseLinearTarget, takagiTarget } from '../src/index.js';
import { bernsteinCase } from '../src/theorems/polynomials/bernstein-case.js';

const dyadic = fc.integer({ min: 0, max: 64 }).map((i) => rational(BigInt(i), 64n));
const degrees = fc.integer({ min: 1, max: 20 });
const numbers = fc.array(
  fc.integer({ min: -64, max: 64 }).map((v) => v / 16),
  { minLength: 2, maxLength: 12 },
);

describe('bernsteinPolynomial', () => {
  test.prop([fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 }), degrees, dyadic], { numRuns: 1000 })(
    'property 7: affine functions stay, and B_n x² − x² = x·(1 − x)/n, exactly',
    (a, b, n, x) => {
      const value = (coefficients: number[]): typeof x =>
        bernsteinOf(coefficients).evaluateRational?.([x]) ?? rational(99n);
      // Nodes k/n times n are integers: no rounding.
      const line = Array.from({ length: n + 1 }, (_, k) => a * n + b * k);
      const expected = multiply(rational(BigInt(n)), add(rational(BigInt(a)), multiply(rational(BigInt(b)), x)));
      expect(value(line)).toEqual(expected);
      const squares = subtract(value(line.map((_, k) => k * k)), multiply(rational(BigInt(n * n)), multiply(x, x)));
      expect(squares).toEqual(multiply(rational(BigInt(n)), multiply(x, subtract(rational(1n), x))));
    },
  );

  test.prop([numbers, dyadic], { numRuns: 1000 })(
    'float64 within its stated error of the exact value, which lies in the hull; convex functions come out no lower',
    (coefficients, x) => {
      const h = bernsteinOf(coefficients);
      const exact = h.evaluateRational?.([x]) ?? rational(99n);
      const float = toRational(h.evaluate([Number(x.numerator) / Number(x.denominator)]));
      expect(compare(absolute(subtract(float, exact)), toRational(h.evaluationError))).toBeLessThanOrEqual(0);
      expect(compare(exact, toRational(Math.min(...coefficients)))).toBeGreaterThanOrEqual(0);
      expect(compare(exact, toRational(Math.max(...coefficients)))).toBeLessThanOrEqual(0);
    },
  );

  test.prop([fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 4 }), dyadic])(
    'a convex function is not above its polynomial',
    (corner, power, x) => {
      const n = 2 ** power;
      const f = piecewiseLinearTarget([0, corner / 16, 1], [corner / 16, 0, 1 - corner / 16]);
      const value = bernsteinPolynomial(f, n).evaluateRational?.([x]) ?? rational(-9n);
      expect(compare(value, f.evaluateRational?.([x]) ?? rational(9n))).toBeGreaterThanOrEqual(0);
    },
  );

  test.prop([fc.integer({ min: 0 })], { numRuns: 300 })(
    'property 6: the error is within the bound (4 ms a run)',
    (seed) => {
      expect(bernsteinCase(key(seed)).fault).toBeUndefined();
    },
  );

  it('the bound is L/(2√n), and refusals', () => {
    const f = piecewiseLinearTarget([0, 0.5, 1], [0.5, 0, 0.5]);
    expect(bernsteinBound(f, 16)).toBeCloseTo(0.125, 12);
    expect(() => bernsteinPolynomial(takagiTarget(2), 0)).toThrow(
      'bernsteinPolynomial: the degree must be an integer 1 … 1024: got 0',
    );
    expect(() => bernsteinBound(piecewiseLinearTarget([0, 2], [0, 1]), 4)).toThrow(
      'bernsteinBound: the domain must be [0, 1]: got [0, 2]',
    );
    const bent = { ...f, modulus: { ...f.modulus, concave: false } };
    expect(() => bernsteinBound(bent, 4)).toThrow('bernsteinBound: the modulus must be concave');
  });
});
