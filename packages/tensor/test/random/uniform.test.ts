import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { key, uniform, uniformDefaults } from '../../src/random/index.js';
import { nextBelow } from '../../src/random/next-below.js';
import { chiSquareEven, correlation, meanOf } from './statistics.js';

const keys = fc.maxSafeNat().map(key);

test.prop([keys, fc.nat(40), fc.nat(40)])('the first k of n draws are the k draws', (k, m, n) => {
  expect(uniform(k, m + n).subarray(0, n)).toEqual(uniform(k, n));
});

test.prop([
  keys,
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
])('values lie in [min, max)', (k, a, b) => {
  fc.pre(a < b || b < a);
  const min = Math.min(a, b);
  const max = Math.max(a, b);
  for (const value of uniform(k, 20, { min, max })) {
    expect(value >= min && value < max).toBe(true);
  }
});

test.prop([keys, fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e308 })])(
  'an interval of one double gives that double',
  (k, max) => {
    const min = nextBelow(max);
    expect(min < max).toBe(true);
    expect(min + (max - min) / 2 === min || min + (max - min) / 2 === max).toBe(true);
    for (const value of uniform(k, 10, { min, max })) expect(value).toBe(min);
  },
);

it('defaults are [0, 1)', () => {
  expect(uniformDefaults).toEqual({ min: 0, max: 1 });
  expect(uniform(key(1), 9, uniformDefaults)).toEqual(uniform(key(1), 9));
  expect(uniform(key(1), 0)).toEqual(new Float64Array(0));
});

it('all 53 bits are used and scaling by a power of two is exact', () => {
  const integers = Array.from(uniform(key(3), 200), (value) => value * 2 ** 53);
  for (let bit = 0; bit < 53; bit++) {
    // 200 fair bits are neither all 0 nor all 1: false alarm 53 * 2^-199.
    const ones = integers.filter((integer) => Math.floor(integer / 2 ** bit) % 2 === 1).length;
    expect(ones).toBeGreaterThan(0);
    expect(ones).toBeLessThan(200);
  }
  expect(integers.every(Number.isSafeInteger)).toBe(true);
  expect(Array.from(uniform(key(3), 200, { max: 2 ** 53 }))).toEqual(integers);
});

it('mean, variance, histogram and serial correlation', () => {
  // Five statistics, each bounded at 5 deviations or the 1e-6 quantile: false alarm below 4e-6 together.
  const n = 100000;
  const u = uniform(key(2026), n);
  expect(Math.abs(meanOf(u) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(meanOf(u, (x) => (x - 0.5) ** 2) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
  expect(Math.abs(correlation(u.subarray(1), u.subarray(0, n - 1)))).toBeLessThan(5 / Math.sqrt(n));
  const counts = new Int32Array(64);
  for (const x of u) counts[Math.floor(x * 64)]++;
  const statistic = chiSquareEven(counts);
  expect(statistic).toBeLessThan(131.37); // chi-square with 63 degrees, upper 1e-6
  expect(statistic).toBeGreaterThan(23.16); // lower 1e-6
});

it('misuse is refused', () => {
  const k = key(0);
  expect(() => uniform(k, 1, { min: 1, max: 1 })).toThrow(
    new RangeError('uniform: min is not below max: min is 1, max is 1'),
  );
  expect(() => uniform(k, 1, { min: Number.NaN })).toThrow('uniform: max - min is not finite: min is NaN, max is 1');
  expect(() => uniform(k, 1, { min: -1.7e308, max: 1.7e308 })).toThrow('uniform: max - min is not finite');
  expect(() => uniform(k, -1)).toThrow(new RangeError('uniform: count is not an integer from 0 to 2^53 - 1: -1'));
});
