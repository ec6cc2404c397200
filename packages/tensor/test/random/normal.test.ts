import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { key, normal, normalDefaults } from '../../src/random/index.js';
import { log } from '../../src/random/log.js';
import { normalQuantile } from '../../src/random/normal-quantile.js';
import { chiSquareEven, correlation, meanOf } from './statistics.js';

const keys = fc.maxSafeNat().map(key);

/** Distance of neighbouring doubles at x. */
function ulp(x: number): number {
  return 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074);
}

describe('log', () => {
  test.prop([fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true })], { numRuns: 2000 })(
    'is within 2 ulp of Math.log',
    (x) => {
      // Both err by less than 1 ulp, and ulp doubles where they straddle a power of two.
      const expected = Math.log(x);
      expect(Math.abs(log(x) - expected)).toBeLessThanOrEqual(2 * ulp(expected));
    },
  );

  test.prop([fc.double({ min: 0.5, max: 2, noNaN: true })], { numRuns: 2000 })('also close to 1', (x) => {
    const expected = Math.log(x);
    expect(Math.abs(log(x) - expected)).toBeLessThanOrEqual(expected === 0 ? 0 : 2 * ulp(expected));
  });

  it.each([
    [1, 0],
    [2, Math.LN2],
    [0.5, -Math.LN2],
    [1 + 2 ** -52, 2.2204460492503128e-16],
    [Number.MIN_VALUE, -744.4400719213812],
    [2.2250738585072014e-308, -708.3964185322641],
    [Number.MAX_VALUE, 709.782712893384],
  ])('log %d', (x, expected) => {
    expect(log(x)).toBe(expected);
  });
});

describe('normalQuantile', () => {
  // Made with 60 digits (mpmath), rounded to double; p itself is the double.
  it.each([
    [1e-300, -37.0470962993612],
    [1e-100, -21.273453560965326],
    [1e-20, -9.262340089798407],
    [2 ** -53, -8.209536151601387],
    [1e-10, -6.361340902404057],
    [1e-5, -4.264890793922825],
    [0.001, -3.0902323061678136],
    [0.02425, -1.972961051311885],
    [0.074, -1.4466320671589785],
    [0.076, -1.4325027208258116],
    [0.25, -0.6744897501960817],
    [0.4999, -0.00025066283008800747],
    [0.5 - 2 ** -40, -2.2797651350911116e-12],
    [0.6, 0.2533471031357997],
    [0.925, 1.4395314709384561],
    [0.975, 1.9599639845400538],
    [0.999, 3.090232306167813],
    [1 - 2 ** -30, 6.009353565530744],
    [1 - 2 ** -52, 8.125890664701906],
  ])('p = %d', (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1e-15 * Math.abs(z));
  });

  it('the median is 0', () => {
    expect(normalQuantile(0.5)).toBe(0);
  });

  test.prop([fc.integer({ min: 0, max: 2 ** 52 - 1 })])('odd around the median, rising in p', (integer) => {
    const p = (integer + 0.5) * 2 ** -52;
    const z = normalQuantile(p);
    expect(normalQuantile(1 - p)).toBe(-z);
    // Steps of 1e-9 in p dwarf the error of 1e-15.
    if (p < 1 - 1e-9) expect(normalQuantile(p + 1e-9)).toBeGreaterThan(z);
  });
});

describe('normal', () => {
  test.prop([keys, fc.nat(40), fc.nat(40)])('the first k of n draws are the k draws', (k, m, n) => {
    expect(normal(k, m + n).subarray(0, n)).toEqual(normal(k, n));
  });

  test.prop([keys, fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 })])(
    'mean and deviation shift and scale standard draws',
    (k, mean, standardDeviation) => {
      const expected = normal(k, 10).map((z) => mean + standardDeviation * z);
      expect(normal(k, 10, { mean, standardDeviation })).toEqual(expected);
    },
  );

  it('defaults are the standard normal', () => {
    expect(normalDefaults).toEqual({ mean: 0, standardDeviation: 1 });
    expect(normal(key(1), 9, normalDefaults)).toEqual(normal(key(1), 9));
    expect(normal(key(1), 0)).toEqual(new Float64Array(0));
  });

  it('four moments, histogram and serial correlation', () => {
    // Seven bounds at 5 deviations or the 1e-6 quantile: false alarm below 5e-6 together.
    const n = 100000;
    const z = normal(key(2026), n);
    expect(Math.abs(meanOf(z))).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(meanOf(z, (x) => x ** 2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(meanOf(z, (x) => x ** 3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(meanOf(z, (x) => x ** 4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    expect(Math.abs(correlation(z.subarray(1), z.subarray(0, n - 1)))).toBeLessThan(5 / Math.sqrt(n));
    // Cells between the 24-quantiles hold equal shares.
    const edges = Array.from({ length: 23 }, (_, i) => normalQuantile((i + 1) / 24));
    const counts = new Int32Array(24);
    for (const x of z) counts[edges.filter((edge) => edge <= x).length]++;
    const statistic = chiSquareEven(counts);
    expect(statistic).toBeLessThan(70.55); // chi-square with 23 degrees, upper 1e-6
    expect(statistic).toBeGreaterThan(3.52); // lower 1e-6
  });

  it('misuse is refused', () => {
    const k = key(0);
    expect(() => normal(k, 1, { mean: Number.NaN })).toThrow(new RangeError('normal: mean is not finite: NaN'));
    for (const standardDeviation of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e308]) {
      expect(() => normal(k, 1, { standardDeviation })).toThrow(
        new RangeError(`normal: standardDeviation is negative or makes draws overflow: ${standardDeviation}`),
      );
    }
    expect(() => normal(k, 0.5)).toThrow(new RangeError('normal: count is not an integer from 0 to 2^53 - 1: 0.5'));
  });
});
