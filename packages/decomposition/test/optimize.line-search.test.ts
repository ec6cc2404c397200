import { describe, expect, test } from 'vitest';
import { lineSearch } from '../src/optimize/line-search.js';
import { createEvaluator, createPoint } from '../src/optimize/point.js';

/** Functions 1, 2, 3 and 4 of Moré & Thuente 1994, section 5: value and derivative at t. */
const functions: [name: string, f: (t: number) => readonly [number, number]][] = [
  ['-t/(t² + 2)', (t) => [-t / (t * t + 2), (t * t - 2) / (t * t + 2) ** 2]],
  [
    '(t + 0.004)⁵ - 2(t + 0.004)⁴',
    (t) => [(t + 0.004) ** 5 - 2 * (t + 0.004) ** 4, 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3],
  ],
  [
    'a kink smoothed, with ripples',
    (t) => {
      const [b, l] = [0.01, 39];
      const base = t <= 1 - b ? [1 - t, -1] : t >= 1 + b ? [t - 1, 1] : [(t - 1) ** 2 / (2 * b) + b / 2, (t - 1) / b];
      const wave = (l * Math.PI) / 2;
      return [base[0] + ((2 * (1 - b)) / (l * Math.PI)) * Math.sin(wave * t), base[1] + (1 - b) * Math.cos(wave * t)];
    },
  ],
  [
    'two hyperbolas',
    (t) => {
      const gamma = (beta: number): number => Math.sqrt(1 + beta * beta) - beta;
      const [p, q] = [Math.sqrt((1 - t) ** 2 + 1e-6), Math.sqrt(t * t + 1e-6)];
      return [gamma(1e-3) * p + gamma(1e-3) * q, (-gamma(1e-3) * (1 - t)) / p + (gamma(1e-3) * t) / q];
    },
  ],
];

describe.each(functions)('%s', (_name, f) => {
  test.each([
    [1e-4, 0.9],
    [1e-4, 0.1],
    [1e-3, 0.01],
  ])('satisfies both conditions for decrease %d and curvature %d, whatever the first step', (decrease, curvature) => {
    for (const first of [1e-3, 1e-1, 1, 10, 1e3]) {
      const evaluator = createEvaluator(([t], gradient) => {
        const [value, slope] = f(t);
        gradient[0] = slope;
        return value;
      });
      const from = createPoint(1);
      evaluator.evaluate(from);
      const [slope] = from.gradient;
      expect(slope).toBeLessThan(0);
      const spare: Parameters<typeof lineSearch>[2] = [createPoint(1), createPoint(1)];
      const step = lineSearch(
        {
          from,
          direction: Float64Array.of(1),
          slope,
          first,
          wolfe: { decrease, curvature },
          bounds: undefined,
          noise: 1e-14,
          budget: 100,
        },
        evaluator,
        spare,
      );
      expect(spare[0].x[0]).toBe(step);
      expect(spare[0].value).toBeLessThanOrEqual(from.value + decrease * spare[0].x[0] * slope);
      expect(Math.abs(spare[0].gradient[0])).toBeLessThanOrEqual(-curvature * slope);
      expect(evaluator.count()).toBeLessThan(25);
    }
  });
});

test('a step too long for the domain, and no step at all', () => {
  const log = createEvaluator(([t], gradient) => {
    gradient[0] = 1 / (1 - t) - 2;
    return -Math.log(1 - t) - 2 * t;
  });
  const from = createPoint(1);
  log.evaluate(from);
  const problem = {
    from,
    direction: Float64Array.of(1),
    slope: -1,
    wolfe: { decrease: 1e-4, curvature: 0.1 },
    bounds: undefined,
    noise: 0,
  };
  const spare: Parameters<typeof lineSearch>[2] = [createPoint(1), createPoint(1)];
  const step = lineSearch({ ...problem, first: 1e6, budget: 100 }, log, spare);
  expect(Math.abs((step ?? 0) - 0.5)).toBeLessThan(0.05);
  expect(lineSearch({ ...problem, first: 1e6, budget: 2 }, log, spare)).toBeUndefined();
  expect(lineSearch({ ...problem, first: 1, budget: 0 }, log, spare)).toBeUndefined();
});
