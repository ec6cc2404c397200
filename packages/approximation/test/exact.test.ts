import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { nextDown, nextUp } from '../src/exact/next-double.js';
import { add, compare, divide, multiply, subtract } from '../src/exact/rational.js';
import { type Rational, rational, roundDown, roundNearest, roundUp, toRational } from '../src/index.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const fraction: fc.Arbitrary<Rational> = fc
  .tuple(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.bigInt({ min: 1n, max: 2n ** 80n }))
  .map(([p, q]) => rational(p, q));
/** Numbers far outside and far inside of the range of float64 as well. */
const scaled: fc.Arbitrary<Rational> = fc
  .tuple(fraction, fc.integer({ min: -1200, max: 1100 }))
  .map(([r, e]) => multiply(r, e < 0 ? rational(1n, 2n ** BigInt(-e)) : rational(2n ** BigInt(e))));

describe('rationals', () => {
  test.prop([finite])('a double survives the way there and back, and its neighbours stand around it', (x) => {
    const exact = toRational(x);
    expect([roundDown(exact), roundUp(exact), roundNearest(exact)]).toEqual([x + 0, x + 0, x + 0]);
    expect(nextDown(x) < x && x < nextUp(x)).toBe(true);
    expect(nextDown(nextUp(x))).toBe(x + 0);
  });

  test.prop([scaled])('rounding is outward and tight', (r) => {
    const [below, above, nearest] = [roundDown(r), roundUp(r), roundNearest(r)];
    if (Number.isFinite(below)) expect(compare(toRational(below), r)).toBeLessThanOrEqual(0);
    if (Number.isFinite(above)) expect(compare(toRational(above), r)).toBeGreaterThanOrEqual(0);
    expect(below === above || nextUp(below) === above).toBe(true);
    expect([below, above]).toContain(nearest);
    if (!Number.isFinite(below) || !Number.isFinite(above)) return;
    const other = nearest === below ? above : below;
    const distance = (x: number): Rational => {
      const d = subtract(r, toRational(x));
      return d.numerator < 0n ? subtract(toRational(0), d) : d;
    };
    expect(compare(distance(nearest), distance(other))).toBeLessThanOrEqual(0);
  });

  test.prop([fraction, fraction, fraction])('sums, products and quotients obey the laws of a field', (a, b, c) => {
    expect(subtract(add(a, b), b)).toEqual(a);
    expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
    if (b.numerator !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
    expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
    expect(compare(a, b) < 0).toBe(a.numerator * b.denominator < b.numerator * a.denominator);
  });

  test.prop([finite, finite])('an integer oracle: sums and products of doubles scaled by 2^1074', (x, y) => {
    const [a, b] = [toRational(x), toRational(y)];
    const integer = (r: Rational): bigint => (r.numerator * 2n ** 2148n) / r.denominator;
    expect(integer(add(a, b))).toBe(integer(a) + integer(b));
    expect(integer(multiply(a, b)) * 2n ** 2148n).toBe(integer(a) * integer(b));
  });

  it('known values', () => {
    expect(toRational(0.1)).toEqual({ numerator: 3602879701896397n, denominator: 36028797018963968n });
    expect(roundNearest(rational(1n, 10n))).toBe(0.1);
    expect([roundDown(rational(1n, 3n)), roundUp(rational(1n, 3n))]).toEqual([1 / 3, nextUp(1 / 3)]);
    // Ties go to the even neighbour, on either side of 0.
    expect(roundNearest(rational(2n ** 53n + 1n))).toBe(2 ** 53);
    expect(roundNearest(rational(2n ** 53n + 3n))).toBe(2 ** 53 + 4);
    expect(roundNearest(rational(-(2n ** 53n) - 3n))).toBe(-(2 ** 53) - 4);
    expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(roundUp(rational(10n ** 400n))).toBe(Number.POSITIVE_INFINITY);
    expect(roundDown(rational(10n ** 400n))).toBe(Number.MAX_VALUE);
    expect(roundUp(rational(1n, 10n ** 400n))).toBe(Number.MIN_VALUE);
  });

  it('bad input is refused', () => {
    expect(() => rational(1n, 0n)).toThrow('rational: denominator is 0: got 1 / 0');
    expect(() => toRational(Number.NaN)).toThrow('toRational: x is not finite: got NaN');
    expect(() => divide(rational(1n), rational(0n))).toThrow('divide: the divisor is 0: got 1/1 / 0');
  });
});
