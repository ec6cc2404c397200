import { fc, test } from '@fast-check/vitest';
import { evaluate, print } from '@neuronseek/neurons';
import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { feynman, feynmanProblems } from '../../src/problems/formulas/feynman.js';
import type { FormulaProblem } from '../../src/problems/formulas/formula-problem.js';
import { friedman } from '../../src/problems/formulas/friedman.js';
import { keijzer } from '../../src/problems/formulas/keijzer.js';
import { nguyen } from '../../src/problems/formulas/nguyen.js';
import { sampleProblem } from '../../src/problems/formulas/sample-problem.js';

const at = ({ neuron }: FormulaProblem, ...x: number[]): number => {
  if (neuron === undefined) throw new Error('no formula');
  return evaluate(neuron, tensor(x, [1, x.length])).item();
};
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const every: readonly FormulaProblem[] = [
  ...count(12).map(nguyen),
  ...count(15).map(keijzer),
  friedman(1),
  friedman(2),
  friedman(3),
  ...feynmanProblems.map(feynman),
];

describe('formulas', () => {
  test('of Nguyen at points computed by hand', () => {
    const one = [14, 30, 62, 126, Math.sin(4) * Math.cos(2) - 1, Math.sin(2) + Math.sin(6), Math.log(3) + Math.log(5)];
    one.forEach((value, i) => {
      expect(at(nguyen(i + 1), 2)).toBeCloseTo(value, 12);
    });
    expect(at(nguyen(8), 2.25)).toBe(1.5);
    expect(at(nguyen(9), 1, 2)).toBeCloseTo(Math.sin(1) + Math.sin(4), 12);
    expect(at(nguyen(10), 1, 2)).toBeCloseTo(2 * Math.sin(1) * Math.cos(2), 12);
    expect(at(nguyen(11), 3, 2)).toBe(9);
    expect(at(nguyen(12), 2, 3)).toBe(16 - 8 + 4.5 - 3);
  });

  test('of Keijzer at points computed by hand', () => {
    for (const i of [1, 2, 3]) expect(at(keijzer(i), 0.25)).toBeCloseTo(0.075, 12);
    const [s, c] = [Math.sin(2), Math.cos(2)];
    expect(at(keijzer(4), 2)).toBeCloseTo(8 * Math.exp(-2) * c * s * (s * s * c - 1), 12);
    expect(at(keijzer(5), 0.5, 2, -1)).toBeCloseTo(-15 / (-9.5 * 4), 12);
    expect(at(keijzer(7), Math.E)).toBeCloseTo(1, 12);
    expect(at(keijzer(8), 81)).toBe(9);
    expect(at(keijzer(9), 3)).toBeCloseTo(Math.asinh(3), 12);
    expect(at(keijzer(10), 0.25, 0.5)).toBeCloseTo(0.5, 12);
    expect(at(keijzer(11), 2, 3)).toBeCloseTo(6 + Math.sin(2), 12);
    expect(at(keijzer(12), -1, 2)).toBe(1 + 1 + 2 - 2);
    expect(at(keijzer(13), 1, 2)).toBeCloseTo(6 * Math.sin(1) * Math.cos(2), 12);
    expect(at(keijzer(14), 1, 1)).toBe(2);
    expect(at(keijzer(15), 1, 2)).toBeCloseTo(0.2 + 4 - 2 - 1, 12);
  });

  test('Keijzer 6 adds up 1/i over the integers of its grids, and over integers when rows are drawn', () => {
    const { train, test: held } = sampleProblem(keijzer(6), { key: key(0), testRows: 40 });
    expect(train.x.shape).toEqual([50, 1]);
    expect([...flatten(train.y)].slice(0, 4)).toEqual([1, 1.5, 1.5 + 1 / 3, 1.5 + 1 / 3 + 0.25]);
    const [x, y] = [flatten(held.x), flatten(held.y)];
    for (let i = 0; i < 40; i++) {
      expect(Number.isInteger(x[i])).toBe(true);
      expect(Math.abs(y[i] - (Math.log(x[i]) + 0.5772156649 + 1 / (2 * x[i])))).toBeLessThan(
        1 / (12 * x[i] ** 2) + 1e-9,
      );
    }
  });

  test('of Friedman at points computed by hand', () => {
    expect(at(friedman(1), 0.5, 1, 0.5, 0.2, 0.4, 9, 9, 9, 9, 9)).toBeCloseTo(10 + 0 + 2 + 2, 12);
    expect(at(friedman(1), 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)).toBeCloseTo(5, 12);
    expect(at(friedman(2), 3, 4, 1.0625, 1)).toBeCloseTo(Math.hypot(3, 4.25 - 0.25), 12);
    expect(at(friedman(3), 4, 4, 1.0625, 1)).toBeCloseTo(Math.PI / 4, 12);
  });

  // The same equations in JavaScript, written without the table: from Feynman's lectures, in the sequence of the inputs.
  const { PI, sqrt, sin, cos, exp, tanh, log } = Math;
  const lectures: Readonly<Record<string, (...x: number[]) => number>> = {
    'I.6.2a': (t) => exp(-(t * t) / 2) / sqrt(2 * PI),
    'I.6.2': (s, t) => exp(-((t / s) ** 2) / 2) / (sqrt(2 * PI) * s),
    'I.8.14': (a, b, c, d) => Math.hypot(b - a, d - c),
    'I.9.18': (m, n, g, a, b, c, d, e, f) => (g * m * n) / ((b - a) ** 2 + (d - c) ** 2 + (f - e) ** 2),
    'I.10.7': (m, v, c) => m / sqrt(1 - (v / c) ** 2),
    'I.11.19': (a, b, c, d, e, f) => a * d + b * e + c * f,
    'I.12.2': (p, q, e, r) => (p * q) / (4 * PI * e * r * r),
    'I.13.4': (m, v, u, w) => (m * (v * v + u * u + w * w)) / 2,
    'I.13.12': (m, n, r, s, g) => g * m * n * (1 / s - 1 / r),
    'I.15.3x': (x, u, c, t) => (x - u * t) / sqrt(1 - (u / c) ** 2),
    'I.16.6': (c, v, u) => (u + v) / (1 + (u * v) / (c * c)),
    'I.24.6': (m, w, o, x) => (m * (w * w + o * o) * x * x) / 4,
    'I.27.6': (d, e, n) => 1 / (1 / d + n / e),
    'I.30.3': (i, t, n) => i * (sin((n * t) / 2) / sin(t / 2)) ** 2,
    'I.34.14': (c, v, w) => w * sqrt((1 + v / c) / (1 - v / c)),
    'I.39.11': (g, p, v) => (p * v) / (g - 1),
    'I.40.1': (n, m, x, t, g, k) => n * exp((-m * g * x) / (k * t)),
    'I.44.4': (n, k, t, a, b) => n * k * t * log(b / a),
    'II.6.15b': (e, p, t, r) => (((3 * p) / (4 * PI * e)) * cos(t) * sin(t)) / r ** 3,
    'II.11.27': (n, a, e, f) => ((n * a) / (1 - (n * a) / 3)) * e * f,
    'II.35.21': (n, m, b, k, t) => n * m * tanh((m * b) / (k * t)),
    'III.4.33': (h, w, k, t) => (h * w) / (2 * PI) / (exp((h * w) / (2 * PI * k * t)) - 1),
    'III.15.12': (u, k, d) => 2 * u * (1 - cos(k * d)),
  };
  test.prop([fc.constantFrom(...Object.keys(lectures)), fc.integer({ min: 0, max: 1e6 })])(
    'of Feynman in his words',
    (name, seed) => {
      const { train } = sampleProblem(feynman(name), { key: key(seed), rows: 3, testRows: 1 });
      const [x, y, columns] = [flatten(train.x), flatten(train.y), train.x.shape[1]];
      for (let i = 0; i < 3; i++) {
        const expected = lectures[name](...x.slice(i * columns, (i + 1) * columns));
        expect(Math.abs(y[i] / expected - 1)).toBeLessThan(1e-10);
      }
    },
  );

  test('are at least twenty of Feynman, all of different names, and all in print', () => {
    expect(feynmanProblems.length).toBeGreaterThanOrEqual(20);
    expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
    for (const { neuron, features } of every)
      if (neuron) expect(print(neuron).length + features.length).toBeGreaterThan(1);
  });
});

describe('sampleProblem', () => {
  test.prop([fc.constantFrom(...every), fc.integer({ min: 0, max: 1e6 })])(
    'draws finite rows inside the box, and the formula at them',
    (problem, seed) => {
      const {
        train,
        test: held,
        noiseFloor,
      } = sampleProblem(problem, { key: key(seed), rows: 30, testRows: 20, noise: 0 });
      expect(noiseFloor).toBe(0);
      for (const [{ x, y }, sampling, rows] of [
        [train, problem.train, 30],
        [held, problem.test, 20],
      ] as const) {
        expect([x.shape, y.shape]).toEqual([
          [rows, problem.features.length],
          [rows, 1],
        ]);
        const ranges =
          sampling.kind === 'uniform'
            ? sampling.ranges
            : sampling.axes.map(({ min, step, count: n }) => [min, min + (n - 1) * step]);
        flatten(x).forEach((v, i) => {
          const [min, max] = ranges[i % ranges.length];
          expect(v).toBeGreaterThanOrEqual(min);
          expect(v).toBeLessThanOrEqual(max);
        });
        expect(flatten(y).every(Number.isFinite)).toBe(true);
        if (problem.neuron) expect([...flatten(evaluate(problem.neuron, x))]).toEqual([...flatten(y)]);
      }
    },
  );

  test('has the rows of the benchmarks by default', () => {
    const rows = (p: FormulaProblem): number[] => {
      const { train, test: held } = sampleProblem(p, { key: key(1) });
      return [train.x.shape[0], held.x.shape[0]];
    };
    expect(count(12).map((i) => rows(nguyen(i))[0])).toEqual([20, 20, 20, 20, 20, 20, 20, 20, 100, 100, 20, 20]);
    expect(count(10).map((i) => rows(keijzer(i)))).toEqual([
      [21, 2001],
      [41, 4001],
      [61, 6001],
      [201, 201],
      [1000, 10000],
      [50, 120],
      [100, 991],
      [101, 1001],
      [101, 1001],
      [100, 10201],
    ]);
    expect(rows(keijzer(15))).toEqual([20, 361201]);
    expect(rows(friedman(3))).toEqual([200, 1000]);
    expect(rows(feynman('I.8.14'))).toEqual([1000, 1000]);
    const { train, test: held } = sampleProblem(keijzer(10), { key: key(1) });
    const first = (t: Tensor, n: number): number[] => [...flatten(t)].slice(0, n);
    expect(first(held.x, 4)).toEqual([0, 0, 0, 0.01]);
    expect(first(train.x, 3)).toMatchInlineSnapshot(`
      [
        0.48680518343637025,
        0.6081786381669013,
        0.9991233932167021,
      ]
    `);
  });

  test('adds noise to training rows alone: that of the benchmark, or a share of the deviation', () => {
    const options = { key: key(2), rows: 4000, testRows: 5 };
    const clean = sampleProblem(friedman(2), { ...options, noise: 0 });
    for (const [noise, deviation] of [
      [undefined, 125],
      [0.5, undefined],
    ] as const) {
      const noisy = sampleProblem(friedman(2), { ...options, noise });
      expect([...flatten(noisy.test.y)]).toEqual([...flatten(clean.test.y)]);
      const [a, b] = [noisy, clean].map(({ train }) => Array.from(flatten(train.y)));
      const mean = b.reduce((sum, v) => sum + v, 0) / 4000;
      const own = b.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4000;
      expect(noisy.noiseFloor).toBeCloseTo(deviation === undefined ? own / 4 : deviation ** 2, 6);
      const found = a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0) / 4000;
      expect(Math.abs(found / noisy.noiseFloor - 1)).toBeLessThan(6 * Math.sqrt(2 / 4000));
    }
  });

  test('refuses what makes no sense', () => {
    expect(() => nguyen(13)).toThrow(new RangeError('nguyen: i must be an integer from 1 to 12: got 13'));
    expect(() => keijzer(1.5)).toThrow(new RangeError('keijzer: i must be an integer from 1 to 15: got 1.5'));
    expect(() => feynman('toString')).toThrow(/^feynman: the name must be one of I\.6\.2a, .*: got toString$/);
    expect(() => sampleProblem(nguyen(1), { key: key(0), rows: 0 })).toThrow(
      'sampleProblem: rows must be a positive integer: got 0',
    );
    expect(() => sampleProblem(nguyen(1), { key: key(0), noise: -1 })).toThrow(
      'sampleProblem: noise must be a finite number from 0: got -1',
    );
    const nowhere = { ...nguyen(8), train: { kind: 'uniform', rows: 2, ranges: [[-2, -1]] } } as const;
    expect(() => sampleProblem(nowhere, { key: key(0) })).toThrow(
      'sampleProblem: Nguyen-8 must be finite somewhere: got none in 1000 draws',
    );
  });
});
