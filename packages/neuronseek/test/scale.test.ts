import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { linearScale, logScale, type Scale } from '../src/report/svg/scale.js';

const bound = fc.oneof(
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(0, -0, 5e-324, 1e-300, 1e300, -1e300, 0.1, 0.3, 1 / 3, 4503599627370497),
);
const bounds = fc
  .oneof(
    fc.tuple(bound, bound).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const))),
    bound.map((a) => [a, a] as const),
    // Neighbours: too close to tell apart.
    fc
      .tuple(bound, fc.integer({ min: 1, max: 40 }))
      .map(([a, ulps]) => [a, a + ulps * Number.EPSILON * Math.abs(a)] as const),
  )
  .filter(([lo, hi]) => lo >= -1e300 && hi <= 1e300);

function expectScale(scale: Scale, lo: number, hi: number): void {
  const { ticks, labels } = scale;
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  expect(labels.length).toBe(ticks.length);
  expect(new Set(labels).size).toBe(labels.length);
  expect(scale.lo).toBe(ticks[0]);
  expect(scale.hi).toBe(ticks.at(-1));
  expect(scale.lo).toBeLessThanOrEqual(lo);
  expect(scale.hi).toBeGreaterThanOrEqual(hi);
  ticks.forEach((tick, i) => {
    expect(Number.isFinite(tick)).toBe(true);
    expect(Object.is(tick, -0)).toBe(false);
    if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] ?? Number.NaN);
    // A label is read as the number it stands for.
    const read = Number(labels[i]?.replaceAll(',', '').replaceAll('−', '-'));
    expect(Math.abs(read - tick)).toBeLessThanOrEqual(
      1e-9 * Math.max(Math.abs(tick), (ticks[1] ?? 0) - (ticks[0] ?? 0)),
    );
  });
}

describe('linearScale', () => {
  test.prop([bounds, fc.integer({ min: 1, max: 12 })])(
    'encloses the data by nice, even, distinct ticks',
    ([lo, hi], count) => {
      const scale = linearScale(lo, hi, count);
      expectScale(scale, lo, hi);
      const { ticks } = scale;
      expect(ticks.length).toBeLessThanOrEqual(count + 2);
      const step = (Number(ticks.at(-1)) - Number(ticks[0])) / (ticks.length - 1);
      const mantissa = step / 10 ** Math.floor(Math.log10(step) + 1e-6);
      // The ticks themselves are rounded, so their difference is off by an ulp of the largest.
      const slack = 1e-9 + (4 * Number.EPSILON * Math.max(Math.abs(scale.lo), Math.abs(scale.hi))) / step;
      expect([1, 2, 5].some((m) => Math.abs(mantissa - m) <= m * slack)).toBe(true);
      for (const tick of ticks) expect(Math.abs(tick / step - Math.round(tick / step))).toBeLessThanOrEqual(1e-3);
    },
  );

  test.prop([bounds])('wastes less than a step on either side, where the bounds can be told apart', ([lo, hi]) => {
    fc.pre(hi - lo > 1e-9 * Math.max(Math.abs(lo), Math.abs(hi), 1e-200));
    const { ticks } = linearScale(lo, hi);
    expect(ticks[1]).toBeGreaterThan(lo);
    expect(ticks.at(-2)).toBeLessThan(hi);
  });

  test.each([
    [0, 1, ['0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [0.1, 0.3, ['0.10', '0.15', '0.20', '0.25', '0.30']],
    [-3, 7, ['−4', '−2', '0', '2', '4', '6', '8']],
    [0, 20640, ['0', '5,000', '10,000', '15,000', '20,000', '25,000']],
    [0, 0, ['−1.0', '−0.5', '0', '0.5', '1.0']],
    [0, 3e-7, ['0', '1e−7', '2e−7', '3e−7']],
    [0, 5e7, ['0', '1e7', '2e7', '3e7', '4e7', '5e7']],
  ])('%d to %d', (lo, hi, labels) => {
    const scale = linearScale(lo, hi);

    expect(scale.labels).toEqual(labels);
  });

  test.each([
    [Number.NEGATIVE_INFINITY, 0, 5, 'linearScale: bounds are not finite: -Infinity, 0'],
    [0, Number.NaN, 5, 'linearScale: bounds are not finite: 0, NaN'],
    [0, 1e301, 5, 'linearScale: bounds are beyond 1e300: 0, 1e+301'],
    [1, 0, 5, 'linearScale: bounds are in the wrong order: 1, 0'],
    [0, 1, 0, 'linearScale: count is not a positive integer: 0'],
    [0, 1, 2.5, 'linearScale: count is not a positive integer: 2.5'],
  ])('refuses %d to %d with %d ticks', (lo, hi, count, message) => {
    expect(() => linearScale(lo, hi, count)).toThrow(new RangeError(message));
  });
});

describe('logScale', () => {
  const positive = fc
    .double({ min: -200, max: 200, noNaN: true })
    .map((exponent) => Math.min(1e200, Math.max(1e-200, 10 ** exponent)));
  test.prop([
    positive,
    fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true })),
  ])('encloses the data by ticks at 1, 2, 5 times powers of ten', (lo, decades) => {
    const hi = Math.min(lo * 10 ** decades, 1e200);
    fc.pre(hi >= lo);
    const scale = logScale(lo, hi);
    expectScale(scale, lo, hi);
    expect(scale.ticks.length).toBeLessThanOrEqual(10);
    for (const tick of scale.ticks) expect(tick.toExponential()).toMatch(/^[125]e/);
  });

  test.each([
    [0, 1, 'logScale: bounds are not between 1e-200 and 1e200: 0, 1'],
    [-1, 1, 'logScale: bounds are not between 1e-200 and 1e200: -1, 1'],
    [1, 1e201, 'logScale: bounds are not between 1e-200 and 1e200: 1, 1e+201'],
    [1, Number.POSITIVE_INFINITY, 'logScale: bounds are not finite: 1, Infinity'],
  ])('refuses %d to %d', (lo, hi, message) => {
    expect(() => logScale(lo, hi)).toThrow(new RangeError(message));
  });
});
