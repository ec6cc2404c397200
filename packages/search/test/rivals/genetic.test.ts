import { test } from '@fast-check/vitest';
import type { LabelledTable } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import { ones, tensor } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import {
  type GeneticEvent,
  type GeneticOptions,
  type GeneticResult,
  nguyen,
  sampleProblem,
  searchGeneticProgramming,
} from '../../src/index.js';

/** A table of `rows` rows of `inputs` even draws from [low, high) with their targets. */
function tableOf(
  f: (x: readonly number[]) => number,
  { rows = 20, inputs = 1, low = -1, high = 1, seed = 1, noise = 0 } = {},
): LabelledTable {
  const x = uniform(key(seed), rows * inputs, { min: low, max: high });
  const errors = normal(key(seed + 1), rows);
  const y = Array.from(errors, (e, r) => f(Array.from(x.slice(r * inputs, (r + 1) * inputs))) + noise * e);
  return { x: tensor(x, [rows, inputs]), y: tensor(y, [rows, 1]) };
}

const brief = { population: 60, generations: 4, rounds: 1, library: 100 };
const cubic = tableOf(([x]) => x ** 3 + x ** 2 + x);
const search = (data: LabelledTable, options: Partial<GeneticOptions> = {}): GeneticResult =>
  searchGeneticProgramming(data, { key: key(1), ...options });

/** Mean squared error by the neuron's own prediction, over the variance. */
function shareOf({ neuron }: GeneticResult, { x, y }: LabelledTable): number {
  const got = evaluate(neuron, x).toTypedArray();
  const want = Array.from(y.toTypedArray(), Number);
  const mean = want.reduce((s, v) => s + v, 0) / want.length;
  const sum = (f: (v: number, r: number) => number): number => want.reduce((s, v, r) => s + f(v, r) ** 2, 0);
  return sum((v, r) => v - Number(got[r])) / sum((v) => v - mean);
}

describe('recovery', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('Nguyen %i: exact far outside of the rows it was found on', (number) => {
    const problem = nguyen(number);
    for (const seed of [31]) {
      const { train } = sampleProblem(problem, { key: key(seed) });
      const result = search(train, { key: key(seed) });
      expect(result.status).toBe('completed');
      const wide = uniform(key(9), 300, number >= 7 ? { min: 0.01, max: 20 } : { min: -8, max: 8 });
      const x = tensor(wide, [300, 1]);
      const truth = problem.neuron;
      if (!truth) throw new Error(`Nguyen ${number} has no formula`);
      expect(shareOf(result, { x, y: evaluate(truth, x) })).toBeLessThan(1e-20);
    }
  });

  test('two inputs and constants that are no integers', () => {
    const f = ([a, b]: readonly number[]): number => 0.75 * a * a - 1.3 * Math.sin(a * b) + 2;
    const result = search(tableOf(f, { rows: 40, inputs: 2, low: -2, high: 2 }));
    expect(shareOf(result, tableOf(f, { rows: 100, inputs: 2, low: -5, high: 5, seed: 77 }))).toBeLessThan(1e-20);
  });

  test('noise neither hides a formula nor is part of it', () => {
    const f = ([a, b]: readonly number[]): number => 2 * a * b + a;
    const options = { functions: ['add', 'sub', 'mul', 'sin'], population: 300, generations: 10, rounds: 1 } as const;
    const result = search(tableOf(f, { rows: 100, inputs: 2, low: -2, high: 2, noise: 0.1 }), options);
    expect(shareOf(result, tableOf(f, { rows: 100, inputs: 2, low: -4, high: 4, seed: 8 }))).toBeLessThan(1e-3);
    expect(result.validationError).toBeLessThan(0.03);
    expect(result.trainError).toBeGreaterThan(0.005);
  });

  test('a target of nothing but noise has no structure', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { status, expression } = search(
        tableOf(() => 0, { rows: 60, inputs: 2, noise: 1, seed: 10 * seed }),
        {
          ...brief,
          population: 200,
        },
      );
      expect(status).toBe('no-structure');
      expect(JSON.stringify(expression)).not.toContain('feature');
    }
  });
});

describe('what comes of it', () => {
  test('errors are those of the neuron itself, on the rows they are said to be of', () => {
    const data = tableOf(([a]) => Math.exp(a) * a, { rows: 30 });
    const validation = tableOf(([a]) => Math.exp(a) * a, { rows: 20, seed: 6 });
    const result = search(data, { ...brief, functions: ['add', 'mul', 'sin'], validation });
    for (const [error, { x, y }] of [
      [result.trainError, data],
      [result.validationError, validation],
    ] as const) {
      const got = evaluate(result.neuron, x).toTypedArray();
      const own =
        Array.from(y.toTypedArray(), Number).reduce((s, v, r) => s + (v - Number(got[r])) ** 2, 0) / y.shape[0];
      expect(Math.abs(own - Number(error))).toBeLessThan(1e-9 * own + 1e-28);
    }
    expect(JSON.stringify(result.expression)).not.toMatch(/"(exp|log|sqrt|cos)"/);
  });

  test('the front: more complex formulas are better', () => {
    const { front } = search(
      tableOf(([a]) => Math.exp(a) * a),
      { ...brief, functions: ['add', 'mul', 'sin'] },
    );
    expect(front.length).toBeGreaterThan(2);
    for (let i = 1; i < front.length; i++) {
      expect(front[i].error).toBeLessThan(front[i - 1].error);
      expect(front[i].complexity).toBeGreaterThanOrEqual(front[i - 1].complexity);
    }
  });

  test('the trace: errors never rise, evaluations do, and progress tells the same', () => {
    const told: GeneticEvent[] = [];
    const { trace, evaluations } = search(
      tableOf(([a]) => Math.exp(a) / (1 + a * a)),
      {
        ...brief,
        functions: ['add', 'mul', 'sin'],
        onProgress: (e) => told.push(e),
      },
    );
    expect(told).toEqual(trace);
    expect(trace.length).toBeGreaterThan(2);
    for (let i = 1; i < trace.length; i++) {
      expect(trace[i].error).toBeLessThanOrEqual(trace[i - 1].error);
      expect(trace[i].evaluations).toBeGreaterThan(trace[i - 1].evaluations);
    }
    expect(evaluations).toBeGreaterThanOrEqual(trace[trace.length - 1].evaluations);
  });

  test('the same key gives the same bits; other keys other searches, unlike trials that all start from one seed', () => {
    const data = tableOf(([a]) => Math.exp(a) / (1 + a * a), { rows: 60 });
    const text = (seed: number): string => JSON.stringify(search(data, { ...brief, key: key(seed) }));
    expect(text(1)).toBe(text(1));
    expect(new Set([1, 2, 3].map(text)).size).toBe(3);
  });

  test('an abort returns the best so far', () => {
    const data = tableOf(([a]) => Math.exp(a) / (1 + a * a));
    const controller = new AbortController();
    const onProgress = ({ generation }: GeneticEvent): void => {
      if (generation === 2) controller.abort();
    };
    const result = search(data, { ...brief, signal: controller.signal, onProgress });
    expect(result.status).toBe('aborted');
    expect(result.trace).toHaveLength(2);
    expect(shareOf(result, data)).toBeLessThan(0.1);
    const before = search(data, { ...brief, signal: AbortSignal.abort() });
    expect([before.status, before.trace.length, before.expression.op]).toEqual(['aborted', 0, 'number']);
  });

  test('columns of extreme size, doubled columns and constant columns', () => {
    const scaled = (unit: number): LabelledTable => ({
      x: tensor(Array.from({ length: 20 }, (_, r) => [unit * (r - 7), unit * (r - 7), 3])),
      y: tensor(Array.from({ length: 20 }, (_, r) => [(r - 7) * unit * 2])),
    });
    for (const unit of [1, 1e12, 1e200, 1e-200]) {
      const result = search(scaled(unit), brief);
      expect(result.status).toBe('completed');
      const got = evaluate(result.neuron, scaled(unit).x).toTypedArray();
      scaled(unit)
        .y.toTypedArray()
        .forEach((v, r) => {
          expect(Math.abs(v - got[r])).toBeLessThanOrEqual(1e-9 * unit);
        });
    }
  });

  test('a constant target is its own answer', () => {
    const result = search({ x: cubic.x, y: tensor(new Float64Array(20).fill(0.1), [20, 1]) });
    expect([result.status, result.trainError]).toEqual(['no-structure', 0]);
    expect(result.expression).toEqual({ op: 'number', value: 0.1 });
  });
});

describe('refusals', () => {
  const nan = tensor([
    [1, 2],
    [3, Number.NaN],
    [5, 6],
  ]);
  const y = ones([3, 1]);
  test.each<[string, LabelledTable, Partial<GeneticOptions>, string]>([
    ['x that is no matrix', { x: ones([3]), y }, {}, 'needs x [n, D] and y [n, 1] with n ≥ 2: x is [3], y is [3, 1]'],
    [
      'two targets',
      { x: ones([3, 2]), y: ones([3, 2]) },
      {},
      'needs x [n, D] and y [n, 1] with n ≥ 2: x is [3, 2], y is [3, 2]',
    ],
    ['NaN', { x: nan, y }, {}, 'x has NaN at row 1, column 1'],
    ['names', cubic, { features: ['a', 'b'] }, 'features must be 1 different names that are not blank: got ["a","b"]'],
    [
      'validation of another width',
      cubic,
      { validation: { x: ones([2, 3]), y: ones([2, 1]) } },
      'validation must have 1 inputs like the data: its x is [2, 3]',
    ],
    ['a population of none', cubic, { population: 0 }, 'population must be an integer ≥ 1: got 0'],
    [
      'no functions',
      cubic,
      { functions: [] },
      'functions must be different names of add, sub, mul, div, sin, cos, exp, log, sqrt: got []',
    ],
    ['all rows held out', cubic, { heldOut: 1 }, 'heldOut must be a number in [0, 1): got 1'],
  ])('%s', (_what, data, options, message) => {
    expect(() => search(data, options)).toThrow(new RangeError(`searchGeneticProgramming: ${message}`));
  });
});
