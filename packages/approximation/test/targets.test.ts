import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { absolute, compare, negate, subtract } from '../src/exact/rational.js';
import {
  hoelderModulus,
  hoelderTarget,
  hoelderTargetDefaults,
  lipschitzModulus,
  piecewiseLinearTarget,
  polynomialTarget,
  polynomialTargetDefaults,
  type Rational,
  rational,
  type TargetFunction,
  takagiTarget,
  toRational,
} from '../src/index.js';
import { anyTarget, lipschitz, polynomial, takagi } from './support/targets.js';

const unit = fc.integer({ min: 0, max: 2 ** 20 }).map((i) => i / 2 ** 20);

function at(f: TargetFunction<1>, t: number): number {
  const [a, b] = f.domain[0];
  return Math.min(b, a + t * (b - a));
}

describe('targets', () => {
  test.prop([anyTarget, unit, unit])('values obey the modulus, the range and, doubled, the concavity', (f, s, t) => {
    const [x, y] = [at(f, s), at(f, t)];
    const [p, q] = [f.evaluate([x]), f.evaluate([y])];
    const distance = Math.abs(x - y);
    const rounding = 2 * f.evaluationError;
    expect(Math.abs(p - q)).toBeLessThanOrEqual(f.modulus.omega(distance) * (1 + 2 ** -50) + rounding);
    expect(p).toBeGreaterThanOrEqual(f.range[0] - f.evaluationError);
    expect(p).toBeLessThanOrEqual(f.range[1] + f.evaluationError);
    expect(f.modulus.omega(0)).toBe(0);
    const mean = (f.modulus.omega(s) + f.modulus.omega(t)) / 2;
    expect(f.modulus.omega((s + t) / 2)).toBeGreaterThanOrEqual(mean * (1 - 2 ** -46));
  });

  test.prop([fc.oneof(lipschitz, takagi, polynomial), unit])('evaluate is off by at most its stated error', (f, t) => {
    const x = at(f, t);
    const exact = f.evaluateRational?.([toRational(x)]) ?? rational(0n);
    const off = absolute(subtract(toRational(f.evaluate([x])), exact));
    expect(compare(off, toRational(f.evaluationError))).toBeLessThanOrEqual(0);
  });

  test.prop([lipschitz, takagi])('a target with breakpoints is affine between them, exactly', (f, g) => {
    for (const { breakpoints = [], evaluateRational } of [f, g]) {
      const value = (t: number): number =>
        Number(evaluateRational?.([toRational(t)]).numerator) / Number(evaluateRational?.([toRational(t)]).denominator);
      breakpoints.slice(1).forEach((right, i) => {
        // Dyadic data: these doubles are exact.
        expect(2 * value((breakpoints[i] + right) / 2)).toBe(value(breakpoints[i]) + value(right));
      });
    }
  });

  test.prop([fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 1, max: 8 })])(
    'powers are within 4 units in the last place, on which the Hölder target rests',
    (i, eighths) => {
      // y = t^(p/8) is within (1 ± 2^-50) of the truth exactly when y^8 is within that of t^p.
      const t = i / 2 ** 30;
      const y = toRational(t ** (eighths / 8));
      const exact = toRational(t);
      const power = (r: { numerator: bigint; denominator: bigint }, e: bigint) =>
        rational(r.numerator ** e, r.denominator ** e);
      const target = power(exact, BigInt(eighths));
      const stretch = (sign: bigint) => power(rational(2n ** 50n + sign, 2n ** 50n), 8n);
      const scaled = (sign: bigint) => {
        const { numerator, denominator } = stretch(sign);
        return rational(target.numerator * numerator, target.denominator * denominator);
      };
      expect(compare(power(y, 8n), scaled(1n))).toBeLessThanOrEqual(0);
      expect(compare(power(y, 8n), scaled(-1n))).toBeGreaterThanOrEqual(0);
    },
  );

  test.prop([
    fc.record({ center: unit, exponent: fc.integer({ min: 1, max: 8 }), scale: fc.integer({ min: 1, max: 64 }) }),
    unit,
  ])(
    'the stated error of a Hölder target encloses the true value, compared as 8th powers',
    ({ center, exponent, scale }, x) => {
      const f = hoelderTarget({ center, exponent: exponent / 8, scale });
      const power = (r: Rational, e: number): Rational =>
        rational(r.numerator ** BigInt(e), r.denominator ** BigInt(e));
      const [y, error] = [toRational(f.evaluate([x])), toRational(f.evaluationError)];
      const base = power(absolute(subtract(toRational(x), toRational(center))), exponent);
      const eighth = rational(base.numerator * BigInt(scale) ** 8n, base.denominator);
      expect(compare(power(subtract(y, negate(error)), 8), eighth)).toBeGreaterThanOrEqual(0);
      const low = subtract(y, error);
      if (low.numerator > 0n) expect(compare(power(low, 8), eighth)).toBeLessThanOrEqual(0);
    },
  );

  it('known values', () => {
    const takagiTwo = takagiTarget(2);
    expect([0, 0.125, 0.25, 0.5, 1].map((t) => takagiTwo.evaluate([t]))).toEqual([0, 0.25, 0.5, 0.5, 0]);
    expect(takagiTarget(16).evaluate([1 / 4])).toBe(0.5);
    const f = piecewiseLinearTarget([0, 0.25, 1], [0, 1, -0.5]);
    expect([0, 0.125, 0.25, 0.625, 1].map((t) => f.evaluate([t]))).toEqual([0, 0.5, 1, 0.25, -0.5]);
    expect(f.modulus.omega(0.5)).toBeCloseTo(2, 15);
    const p = polynomialTarget([1, -2, 1], { domain: [-1, 3] });
    expect(p.evaluate([3])).toBe(4);
    expect(p.modulus.omega(1)).toBeCloseTo(8, 14);
    expect(p.range[0]).toBeLessThanOrEqual(0);
    expect(p.range[1]).toBeGreaterThanOrEqual(4);
    expect(hoelderTarget({ center: 0.25 }).evaluate([0.5])).toBe(0.5);
  });

  it('defaults are as documented', () => {
    expect(hoelderTargetDefaults).toEqual({ center: 0.5, exponent: 0.5, scale: 1, domain: [0, 1] });
    expect(polynomialTargetDefaults).toEqual({ domain: [0, 1] });
    expect(hoelderTarget().evaluate([0.75])).toBe(0.5);
    expect(hoelderTarget().domain).toEqual([[0, 1]]);
    expect(polynomialTarget([0, 1]).domain).toEqual([[0, 1]]);
  });

  it('bad input is refused with the reason', () => {
    expect(() => piecewiseLinearTarget([0], [0])).toThrow('piecewiseLinearTarget: needs at least 2 knots: got 1');
    expect(() => piecewiseLinearTarget([0, 1], [0])).toThrow(
      'piecewiseLinearTarget: as many values as knots are needed: got 2 knots, 1 values',
    );
    expect(() => piecewiseLinearTarget([0, 1, 1], [0, 1, 2])).toThrow(
      'piecewiseLinearTarget: knots must ascend: knots[1] is 1, knots[2] is 1',
    );
    expect(() => piecewiseLinearTarget([0, Number.NaN], [0, 1])).toThrow(
      'piecewiseLinearTarget: knots[1] is not finite: got NaN',
    );
    expect(() => piecewiseLinearTarget([0, 1], [0, Number.POSITIVE_INFINITY])).toThrow(
      'piecewiseLinearTarget: values[1] must be finite and at most 2^1000 in size: got Infinity',
    );
    expect(() => piecewiseLinearTarget([-1e308, 1e308], [0, 1])).toThrow('the domain is too wide');
    expect(() => piecewiseLinearTarget([0, 5e-324], [0, 1])).toThrow('a slope is beyond the range of float64');
    expect(() => hoelderTarget({ exponent: 1.5 })).toThrow('hoelderModulus: exponent must be in (0, 1]: got 1.5');
    expect(() => hoelderTarget({ scale: -1 })).toThrow('hoelderModulus: scale must be finite and not negative: got -1');
    expect(() => hoelderTarget({ center: 2 })).toThrow('hoelderTarget: center must be in the domain [0, 1]: got 2');
    expect(() => hoelderTarget({ domain: [1, 1] })).toThrow(
      'hoelderTarget: domain must be an interval [a, b] with a < b: got [1, 1]',
    );
    expect(() => hoelderModulus(Number.NaN, 0.5)).toThrow(
      'hoelderModulus: scale must be finite and not negative: got NaN',
    );
    expect(() => lipschitzModulus(-1)).toThrow('lipschitzModulus: constant must be finite and not negative: got -1');
    expect(() => takagiTarget(0)).toThrow('takagiTarget: terms must be an integer in 1 … 16: got 0');
    expect(() => takagiTarget(17)).toThrow('takagiTarget: terms must be an integer in 1 … 16: got 17');
    expect(() => polynomialTarget([])).toThrow('polynomialTarget: needs at least one coefficient: got 0');
    expect(() => polynomialTarget([1, Number.NaN])).toThrow('polynomialTarget: coefficients[1] is not finite: got NaN');
    expect(() => polynomialTarget([0, 1e300], { domain: [0, 1e300] })).toThrow('beyond the range of float64');
    expect(() => polynomialTarget([1], { domain: [0, Number.POSITIVE_INFINITY] })).toThrow(
      'polynomialTarget: domain must be finite: got [0, Infinity]',
    );
    expect(() => takagiTarget(2).evaluate([2])).toThrow('evaluate: x is outside of the domain [0, 1]: got 2');
    expect(() => takagiTarget(2).evaluate([Number.NaN])).toThrow(
      'evaluate: x is outside of the domain [0, 1]: got NaN',
    );
    expect(() => takagiTarget(2).evaluate([0, 1])).toThrow('evaluate: x must have 1 coordinate: got 2');
  });
});
