import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { jaccard, meanJaccard } from '../../src/stability/jaccard.js';
import { bootstrapRows } from '../../src/stability/job.js';
import { spreadOf } from '../../src/stability/percentiles.js';
import { wilsonInterval } from '../../src/stability/wilson.js';

describe('wilsonInterval', () => {
  // The first four as in Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [20, 20, 0.8389, 1],
    [0, 0, 0, 1],
  ])('%i of %i', (successes, trials, low, high) => {
    const found = wilsonInterval(successes, trials);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  const counts = fc
    .integer({ min: 1, max: 500 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  test.prop([counts, fc.double({ min: 0.5, max: 0.999, noNaN: true })])(
    'its ends are the p for which the observed share is z deviations away; it is its own mirror image',
    ([k, n], confidence) => {
      const { low, high } = wilsonInterval(k, n, confidence);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(k / n);
      expect(high).toBeGreaterThanOrEqual(k / n);
      const mirrored = wilsonInterval(n - k, n, confidence);
      expect(mirrored.low).toBeCloseTo(1 - high, 12);
      const z = (p: number): number => Math.abs(k / n - p) / Math.sqrt((p * (1 - p)) / n);
      if (k > 0 && k < n) {
        expect(z(low) / z(high)).toBeCloseTo(1, 8);
        const wider = wilsonInterval(k, n, (1 + confidence) / 2);
        expect(wider.low).toBeLessThan(low);
        expect(wider.high).toBeGreaterThan(high);
      }
    },
  );

  test('z is the normal quantile: half of a million, at three confidences', () => {
    for (const [confidence, z] of [
      [0.6826894921370859, 1],
      [0.95, 1.959963984540054],
      [0.9973002039367398, 3],
    ]) {
      const n = 1e6;
      const { high } = wilsonInterval(n / 2, n, confidence);
      // (high − ½)² = z²/4/(n + z²) at p = ½.
      expect(Math.sqrt((4 * (high - 0.5) ** 2 * n) / (1 - 4 * (high - 0.5) ** 2))).toBeCloseTo(z, 8);
    }
  });

  test.each([
    [3, 2, 0.9, 'successes must be an integer from 0 to 2, the trials: got 3'],
    [1, 1.5, 0.9, 'trials must be an integer from 0: got 1.5'],
    [1, 2, 1, 'confidence must be between 0 and 1: got 1'],
  ])('refuses %d of %d at %d', (k, n, confidence, message) => {
    expect(() => wilsonInterval(k, n, confidence)).toThrow(new RangeError(`wilsonInterval: ${message}`));
  });
});

describe('jaccard', () => {
  const sets = fc.array(fc.constantFrom('P1', 'P2', 'P3', 'I2', 'I3', 'I4'), { maxLength: 8 });
  test.prop([sets, sets, sets])('is 1 for equal sets, symmetric, and its complement is a metric', (a, b, c) => {
    expect(jaccard(a, a)).toBe(1);
    expect(jaccard(a, b)).toBe(jaccard(b, a));
    expect(jaccard(a, b) === 1).toBe(
      new Set(a).size === new Set([...a, ...b]).size && new Set(b).size === new Set([...a, ...b]).size,
    );
    const distance = (p: string[], q: string[]): number => 1 - jaccard(p, q);
    expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c) + 1e-15);
  });

  test('known values, and the mean over pairs', () => {
    const [a, b, c] = [['P1', 'I2'], ['P1', 'I2', 'I3'], []];
    expect(jaccard(a, b)).toBe(2 / 3);
    expect(jaccard(a, c)).toBe(0);
    expect(jaccard(c, c)).toBe(1);
    expect(meanJaccard([a, b, c])).toBeCloseTo(2 / 9, 15);
    expect([meanJaccard([]), meanJaccard([a]), meanJaccard([a, a, a])]).toEqual([1, 1, 1]);
  });
});

describe('spreadOf', () => {
  test('interpolates between the sorted numbers and leaves out what is not finite', () => {
    const { low, median, high } = spreadOf(
      [10, Number.NaN, 1, 4, 2, 3, 5, 7, 6, 9, 8, Number.POSITIVE_INFINITY, 0],
      0.8,
    );
    expect([low, median, high].map((v) => v.toFixed(12))).toEqual([
      '1.000000000000',
      '5.000000000000',
      '9.000000000000',
    ]);
    expect(spreadOf([3], 0.5)).toEqual({ low: 3, median: 3, high: 3 });
    expect(spreadOf([], 0.5)).toEqual({ low: Number.NaN, median: Number.NaN, high: Number.NaN });
  });

  test.prop([
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  ])('is ordered, within the numbers, and knows no sequence', (values, confidence) => {
    const spread = spreadOf(values, confidence);
    expect(spreadOf([...values].reverse(), confidence)).toEqual(spread);
    expect(spread.low).toBeLessThanOrEqual(spread.median);
    expect(spread.median).toBeLessThanOrEqual(spread.high);
    expect(spread.low).toBeGreaterThanOrEqual(Math.min(...values));
    expect(spread.high).toBeLessThanOrEqual(Math.max(...values));
  });
});

test.prop([fc.integer({ min: 0, max: 1e6 })])(
  'a bootstrap draws from all rows, about 1 − 1/e of them, and again the same',
  (seed) => {
    const rows = bootstrapRows(key(seed), 2000);
    expect(rows.length).toBe(2000);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...rows)).toBeLessThan(2000);
    // The variance of the number of distinct rows is n·(1/e − 2/e²), its deviation 14.
    expect(Math.abs(new Set(rows).size - 2000 * (1 - Math.exp(-1)))).toBeLessThan(6 * 14);
    expect([...bootstrapRows(key(seed), 2000)]).toEqual([...rows]);
  },
);
