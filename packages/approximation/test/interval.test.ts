import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../src/exact/interval.js';
import * as arithmetic from '../src/exact/interval.js';
import * as functions from '../src/exact/interval-functions.js';
import { add, compare, divide, multiply, power, type Rational, rational, subtract } from '../src/exact/rational.js';
import { toRational } from '../src/exact/to-rational.js';
import { bits, cosFixed, expFixed, fixed, logFixed, sinFixed, tanhFixed } from './support/fixed.js';

/** Doubles of all sizes, with many that have few digits. */
const number = fc.oneof(
  fc.integer({ min: -64, max: 64 }).map((i) => i / 8),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const intervals = (value: fc.Arbitrary<number>): fc.Arbitrary<Interval> =>
  fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
/** An interval and a double in it. */
const pointed = (value: fc.Arbitrary<number>): fc.Arbitrary<readonly [Interval, number]> =>
  fc.tuple(value, value, value).map((drawn) => {
    const [a, x, b] = drawn.sort((p, q) => p - q);
    return [[a, b] as const, x] as const;
  });

function contains([low, high]: Interval, value: Rational): boolean {
  const above = low === Number.NEGATIVE_INFINITY || compare(toRational(low), value) <= 0;
  return above && (high === Number.POSITIVE_INFINITY || compare(value, toRational(high)) <= 0);
}

describe('interval arithmetic', () => {
  test.prop([pointed(number), pointed(number)])(
    'contains the exact result of every pair of points',
    ([a, x], [b, y]) => {
      const [p, q] = [toRational(x), toRational(y)];
      expect(contains(arithmetic.add(a, b), add(p, q))).toBe(true);
      expect(contains(arithmetic.subtract(a, b), subtract(p, q))).toBe(true);
      expect(contains(arithmetic.multiply(a, b), multiply(p, q))).toBe(true);
      if (y !== 0) expect(contains(arithmetic.divide(a, b), divide(p, q))).toBe(true);
    },
  );

  test.prop([pointed(number), fc.integer({ min: -6, max: 12 })])('powers contain the exact power', ([a, x], n) => {
    const value = toRational(x);
    if (x === 0 && n < 0) return;
    const exact = n < 0 ? divide(rational(1n), power(value, -n)) : power(value, n);
    expect(contains(arithmetic.power(a, n), exact)).toBe(true);
  });

  test.prop([pointed(number.map(Math.abs))])('roots: the square of each end lies on its side', ([a, x]) => {
    const [low, high] = arithmetic.sqrt(a);
    const value = toRational(x);
    expect(low >= 0 && compare(power(toRational(low), 2), value) <= 0).toBe(true);
    expect(high === Number.POSITIVE_INFINITY || compare(power(toRational(high), 2), value) >= 0).toBe(true);
  });

  test.prop([fc.double({ min: 1e-100, max: 1e100, noNaN: true }), fc.double({ min: 1e-100, max: 1e100, noNaN: true })])(
    'results at points are four units in the last place wide at most',
    (x, y) => {
      const [a, b] = [arithmetic.interval(x), arithmetic.interval(-y)];
      for (const [low, high] of [
        arithmetic.add(a, arithmetic.negate(b)),
        arithmetic.multiply(a, b),
        arithmetic.divide(a, b),
        arithmetic.sqrt(a),
      ]) {
        expect(high - low).toBeLessThanOrEqual(Math.max(Math.abs(low), Math.abs(high)) * 2 ** -50);
      }
    },
  );

  test.prop([intervals(number), intervals(number), intervals(number), intervals(number)])(
    'larger intervals give larger results (inclusion isotonic)',
    (a, b, more, most) => {
      const [wideA, wideB] = [arithmetic.hull(a, more), arithmetic.hull(b, most)];
      const within = ([low, high]: Interval, [least, largest]: Interval): boolean => least <= low && high <= largest;
      for (const operation of [arithmetic.add, arithmetic.subtract, arithmetic.multiply, arithmetic.divide]) {
        expect(within(operation(a, b), operation(wideA, wideB))).toBe(true);
      }
      for (const map of [arithmetic.negate, arithmetic.absolute, arithmetic.relu]) {
        expect(within(map(a), map(wideA))).toBe(true);
      }
      for (const n of [0, 1, 2, 3, 7, -1, -2])
        expect(within(arithmetic.power(a, n), arithmetic.power(wideA, n))).toBe(true);
      for (const map of [
        functions.tanh,
        functions.sigmoid,
        functions.softplus,
        functions.atan,
        functions.sin,
        functions.cos,
      ]) {
        expect(within(map(a), map(wideA))).toBe(true);
      }
    },
  );

  it('signs, zeros and ends that are infinite', () => {
    expect(arithmetic.multiply([0, 0], arithmetic.everything)).toEqual([-Number.MIN_VALUE, Number.MIN_VALUE]);
    expect(arithmetic.power([-2, 1], 2)[0]).toBe(0);
    expect(arithmetic.power([-1, 2], 0)).toEqual([1, 1]);
    expect(arithmetic.divide([1, 1], [-1, 1])).toEqual(arithmetic.everything);
    expect(arithmetic.add([1e308, 1e308], [1e308, 1e308])[0]).toBe(Number.MAX_VALUE);
    expect(arithmetic.absolute([-3, 2])).toEqual([0, 3]);
    expect(arithmetic.middle([-1, 3])).toBe(1);
    expect(arithmetic.magnitude([-3, 2])).toBe(3);
    expect(arithmetic.intersect([0, 2], [1, 3])).toEqual([1, 2]);
    expect(() => arithmetic.interval(1, 0)).toThrow('interval: low must not exceed high: got [1, 0]');
    expect(() => arithmetic.intersect([0, 1], [2, 3])).toThrow('interval: low must not exceed high: got [2, 1]');
    expect(() => arithmetic.power([0, 1], 0.5)).toThrow('power: the exponent must be an integer: got 0.5');
    expect(() => arithmetic.sqrt([-2, -1])).toThrow(/^sqrt: the interval has no number/);
    expect(() => functions.log([-2, 0])).toThrow(/^log: the interval has no positive number/);
  });
});

describe('interval functions, against series in integers', () => {
  const short = fc.oneof(
    fc.integer({ min: -256, max: 256 }).map((i) => i / 16),
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((i) => i / 2 ** 36),
  );
  const far = fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((i) => i / 2 ** 33);
  const inside = (found: Interval, value: bigint): void => {
    // The oracle is off by less than this.
    const slack = 1n << 60n;
    expect(fixed(found[0]) <= value + slack).toBe(true);
    expect(fixed(found[1]) >= value - slack).toBe(true);
    // And the enclosure is not wide: 12 units in the last place.
    expect(found[1] - found[0]).toBeLessThanOrEqual(12 * 2 ** -52 * Math.max(Math.abs(found[1]), Math.abs(found[0])));
  };

  it('the oracle knows e, and that sin² + cos² = 1', () => {
    const e = expFixed(1n << bits);
    expect(String((e * 10n ** 30n) >> bits)).toBe('2718281828459045235360287471352');
    const [s, c] = [sinFixed(fixed(5.5)), cosFixed(fixed(5.5))];
    const off = ((s * s + c * c) >> bits) - (1n << bits);
    expect(off < 1n << 20n && off > -(1n << 20n)).toBe(true);
  });

  test.prop([short])('exp, tanh, sin, cos at points', (x) => {
    inside(functions.exp([x, x]), expFixed(fixed(x)));
    if (x !== 0) inside(functions.tanh([x, x]), tanhFixed(fixed(x)));
    if (x !== 0) inside(functions.sin([x, x]), sinFixed(fixed(x)));
    inside(functions.cos([x, x]), cosFixed(fixed(x)));
  });

  test.prop([short.map((x) => Math.abs(x) + 2 ** -20)])('log at points', (x) => {
    if (x !== 1) inside(functions.log([x, x]), logFixed(fixed(x), Math.log(x)));
  });

  test.prop([pointed(fc.oneof(short, far))])(
    'sin and cos of intervals contain the values inside, and no more than needed',
    ([a, x]) => {
      for (const [wave, value] of [
        [functions.sin, sinFixed],
        [functions.cos, cosFixed],
      ] as const) {
        const [low, high] = wave(a);
        const there = value(fixed(x));
        const slack = 1n << 60n;
        expect(fixed(low) <= there + slack && there - slack <= fixed(high)).toBe(true);
      }
      // Within half a turn the ends decide, unless a crest lies between them.
      const crest = Math.ceil((a[0] - Math.PI / 2) / (2 * Math.PI)) * 2 * Math.PI + Math.PI / 2;
      const [, high] = functions.sin(a);
      if (crest > a[1] + 1e-9) expect(high).toBeLessThanOrEqual(Math.max(Math.sin(a[0]), Math.sin(a[1])) + 1e-12);
      else if (crest < a[1]) expect(high).toBe(1);
    },
  );

  test.prop([fc.double({ min: -30, max: 30, noNaN: true })])('the others agree with exp, log, sin and cos', (x) => {
    const at: Interval = [x, x];
    const meet = (a: Interval, b: Interval): boolean => a[0] <= b[1] && b[0] <= a[1];
    const grown = functions.exp(at);
    const one: Interval = [1, 1];
    expect(meet(functions.sigmoid(at), arithmetic.divide(grown, arithmetic.add(one, grown)))).toBe(true);
    expect(meet(functions.softplus(at), functions.log(arithmetic.add(one, grown)))).toBe(true);
    expect(meet(functions.sin(at), arithmetic.multiply(functions.tan(at), functions.cos(at)))).toBe(true);
    expect(meet(functions.tan(functions.atan(at)), at)).toBe(true);
    const t = functions.tanh(at);
    expect(meet(functions.sin(functions.asin(t)), t)).toBe(true);
    expect(meet(functions.cos(functions.acos(t)), t)).toBe(true);
    const squares = arithmetic.subtract(
      arithmetic.power(functions.cosh(at), 2),
      arithmetic.power(functions.sinh(at), 2),
    );
    expect(contains(squares, rational(1n))).toBe(true);
    expect(meet(functions.tanhSlope(at), arithmetic.subtract(one, arithmetic.power(t, 2)))).toBe(true);
    const size: Interval = [Math.abs(x), Math.abs(x)];
    expect(meet(functions.realPower(size, [3, 3]), arithmetic.power(size, 3))).toBe(true);
  });
});
