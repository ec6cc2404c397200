import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { accuracy, mae, r2, rmse } from '../../src/index.js';

const number = fc.integer({ min: -10_000, max: 10_000 }).map((n) => n / 1000);
const pairs = fc
  .array(fc.tuple(number, number), { minLength: 1, maxLength: 40 })
  .map((rows) => ({ predicted: rows.map(([p]) => p), actual: rows.map(([, a]) => a) }));

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

describe('metrics', () => {
  // Sums of up to 40 numbers or squares in another order.
  const tolerance = { factor: 100, scale: 20 };

  test.prop([pairs])('agree with their formulas', ({ predicted, actual }) => {
    const errors = predicted.map((p, i) => p - actual[i]);
    expectClose([rmse(predicted, actual)], [Math.sqrt(average(errors.map((e) => e * e)))], tolerance);
    expectClose([mae(predicted, actual)], [average(errors.map(Math.abs))], tolerance);
    const center = average(actual);
    const spread = average(actual.map((a) => (a - center) ** 2));
    const score = 1 - average(errors.map((e) => e * e)) / spread;
    // Values are multiples of 1/1000: either all equal or with a variance of at least 1e-6/40.
    if (spread > 1e-9) expectClose([r2(predicted, actual)], [score], { factor: 1e6, scale: 1 + 400 / spread });
    expect(accuracy(predicted, actual)).toBe(errors.filter((e) => e === 0).length / errors.length);
  });

  test.prop([pairs])('are perfect for the truth itself, and r2 is 0 for the mean', ({ actual }) => {
    expect([rmse(actual, actual), mae(actual, actual), accuracy(actual, actual)]).toEqual([0, 0, 1]);
    const constant = actual.every((a) => a === actual[0]);
    expect(r2(actual, actual)).toBe(constant ? Number.NaN : 1);
    const mean = average(actual);
    const spread = average(actual.map((a) => (a - mean) ** 2));
    if (!constant)
      expectClose(
        [
          r2(
            actual.map(() => mean),
            actual,
          ),
        ],
        [0],
        { factor: 1e4, scale: 1 + 100 / spread },
      );
  });

  test.prop([pairs, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -50, max: 50 })])(
    'rmse and mae have the unit of the target, r2 none',
    ({ predicted, actual }, scale, shift) => {
      const change = (x: number): number => scale * x + shift;
      const [p, a] = [predicted.map(change), actual.map(change)];
      const wide = { factor: 100, scale: 20 * scale + 2 * Math.abs(shift) };
      expectClose([rmse(p, a)], [scale * rmse(predicted, actual)], { ...wide, factor: 1e4 });
      expectClose([mae(p, a)], [scale * mae(predicted, actual)], wide);
    },
  );

  test.prop([fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 30 })])(
    'r2 is NaN for every constant target, whatever its mean is rounded to',
    (value, n) => {
      const actual = new Array<number>(n).fill(value);
      expect(
        r2(
          actual.map((a, i) => a + i + 1),
          actual,
        ),
      ).toBe(Number.NaN);
    },
  );

  test('a small example', () => {
    const [predicted, actual] = [Float64Array.of(1, 2, 3, 4), [1, 2, 5, 8]];
    expect(rmse(predicted, actual)).toBe(Math.sqrt(5));
    expect(mae(predicted, actual)).toBe(1.5);
    expect(r2(predicted, actual)).toBe(1 - 20 / 30);
    expect(accuracy(predicted, actual)).toBe(0.5);
  });

  test('NaN gives NaN, and to accuracy one wrong label', () => {
    for (const measure of [rmse, mae, r2]) {
      expect(measure([1, Number.NaN], [1, 2])).toBe(Number.NaN);
      expect(measure([1, 2], [Number.NaN, 2])).toBe(Number.NaN);
    }
    expect(accuracy([1, Number.NaN], [1, Number.NaN])).toBe(0.5);
  });

  test.each([
    ['rmse', rmse],
    ['mae', mae],
    ['r2', r2],
    ['accuracy', accuracy],
  ])('%s refuses lengths that differ and no values at all', (name, measure) => {
    const message = `${name}: needs as many predictions as values, at least one: got`;
    expect(() => measure([1, 2], [1])).toThrow(new RangeError(`${message} 2 and 1`));
    expect(() => measure([], [])).toThrow(new RangeError(`${message} 0 and 0`));
  });
});
