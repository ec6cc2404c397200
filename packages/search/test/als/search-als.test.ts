import { fc, test } from '@fast-check/vitest';
import { evaluate, structureOf } from '@neuronseek/neurons';
import {
  type AlsResult,
  alsDefaults,
  mixtureProblem,
  noiseProblem,
  type SyntheticProblem,
  searchTensorDecomposition,
  syntheticProblem,
  syntheticProblems,
} from '@neuronseek/search';
import { add, mul, type Tensor, take, tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';

const orders = ({ structure }: AlsResult): unknown => ({
  power: structure.power,
  interaction: structure.interaction.map(({ order, rank }) => ({ order, rank })),
});

const wanted = ({ truth }: SyntheticProblem): unknown => ({
  power: truth.power,
  interaction: truth.interaction.map(({ order, rank }) => ({ order, rank })),
});

const numbers = (t: Tensor): number[] => Array.from(t.toTypedArray());

function testError({ neuron }: AlsResult, { test: { x, y } }: SyntheticProblem): number {
  const [fitted, target] = [numbers(evaluate(neuron, x)), numbers(y)];
  return fitted.reduce((sum, f, i) => sum + (f - target[i]) ** 2, 0) / target.length;
}

describe('method als', () => {
  test.each(syntheticProblems)('%s: the orders and the function, on rows it has not seen', (name) => {
    const problem = syntheticProblem(name, { key: key(7001), inputs: 8, rows: 1200, testRows: 400 });
    const found = searchTensorDecomposition(problem.train, { method: 'als' });
    expect(found.status).toBe('completed');
    expect(orders(found)).toEqual(wanted(problem));
    expect(structureOf(found.neuron)).toEqual(found.structure);
    expect(testError(found, problem)).toBeLessThanOrEqual(3 * problem.truth.noiseFloor);
    for (const term of found.terms) expect(term.gain).toBeGreaterThan(term.noise);
  });

  test.each(['2,2', '3,3', 'P1,3 + 2,3'])('every rank of a mixture: %s', (name) => {
    const structures: Record<string, { power: number[]; interaction: { order: number; rank: number }[] }> = {
      '2,2': { power: [], interaction: [{ order: 2, rank: 2 }] },
      '3,3': { power: [], interaction: [{ order: 3, rank: 2 }] },
      'P1,3 + 2,3': {
        power: [1, 3],
        interaction: [
          { order: 2, rank: 1 },
          { order: 3, rank: 1 },
        ],
      },
    };
    const problem = mixtureProblem(structures[name], { key: key(7002), inputs: 8, rows: 1500 });
    const found = searchTensorDecomposition(problem.train, { method: 'als' });
    expect(orders(found)).toEqual(wanted(problem));
    expect(testError(found, problem)).toBeLessThanOrEqual(3 * problem.truth.noiseFloor);
  });

  test.each(['pure v2', 'interact v1', 'hybrid v3'])(
    '%s: the three of twenty columns that matter, and no others',
    (name) => {
      const problem = syntheticProblem(name, { key: key(7010), inputs: 20, rows: 1000, relevant: 3 });
      const found = searchTensorDecomposition(problem.train, { method: 'als' });
      expect(found.variables).toEqual(problem.truth.relevant);
      expect(orders(found)).toEqual(wanted(problem));
      expect(testError(found, problem)).toBeLessThanOrEqual(3 * problem.truth.noiseFloor);
      // What is left out has no weight at all.
      const others = problem.test.x.toTypedArray().map((v, i) => (found.variables.includes(i % 20) ? v : 1e3 * v + i));
      const changed = evaluate(found.neuron, tensor(others, problem.test.x.shape));
      expect(numbers(changed)).toEqual(numbers(evaluate(found.neuron, problem.test.x)));
    },
  );

  test('every column of a formula in all of them is kept', () => {
    const problem = syntheticProblem('hybrid v1', { key: key(7011), inputs: 6, rows: 800 });
    const found = searchTensorDecomposition(problem.train, { method: 'als' });
    expect(found.variables).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('noise has no structure, with a reason', () => {
    for (let seed = 0; seed < 12; seed++) {
      const { train } = noiseProblem({ key: key(seed), inputs: 5, rows: 300 });
      const found = searchTensorDecomposition(train, { method: 'als' });
      expect(found.status, `seed ${seed}`).toBe('no-structure');
      expect(found.reason).toBe('no term gains more than it would in noise');
      expect(found.terms).toEqual([]);
      expect(found.variables).toEqual([]);
    }
  });

  test.prop([fc.integer({ min: -12, max: 12 }), fc.double({ min: -5, max: 5, noNaN: true })], { numRuns: 6 })(
    'units of inputs and target change nothing but numbers',
    (exponent, shift) => {
      const problem = syntheticProblem('hybrid v1', { key: key(7003), inputs: 4, rows: 400 });
      const scale = 10 ** exponent;
      const data = {
        x: mul(problem.train.x, scale),
        y: mul(add(problem.train.y, shift), 1 / scale),
      };
      const found = searchTensorDecomposition(data, { method: 'als' });
      expect(orders(found)).toEqual(wanted(problem));
      const fitted = numbers(evaluate(found.neuron, data.x));
      const target = numbers(data.y);
      const error = fitted.reduce((sum, f, i) => sum + ((f - target[i]) * scale) ** 2, 0) / target.length;
      expect(error).toBeLessThanOrEqual(3 * problem.truth.noiseFloor);
    },
  );

  test('several targets have one structure, each with numbers of its own', () => {
    const one = syntheticProblem('interact v0', { key: key(7004), inputs: 5, rows: 600 });
    const x = one.train.x.toTypedArray();
    const y = one.train.y.toTypedArray();
    const second = Array.from(y, (_, i) => x[5 * i] * x[5 * i + 1] + x[5 * i + 2] ** 2);
    const data = {
      x: one.train.x,
      y: tensor(
        Array.from(y).flatMap((v, i) => [v, second[i]]),
        [600, 2],
      ),
    };
    const found = searchTensorDecomposition(data, { method: 'als' });
    expect(found.structure.interaction.map(({ order }) => order)).toContain(2);
    const fitted = numbers(evaluate(found.neuron, data.x));
    const target = numbers(data.y);
    expect(fitted.every((f, i) => Math.abs(f - target[i]) < 0.1)).toBe(true);
  });

  test.each([2, 3] as const)('%s classes: the orders of the logits', (classes) => {
    const problem = syntheticProblem('interact v0', { key: key(7005), inputs: 5, rows: 4000, classes });
    const found = searchTensorDecomposition(problem.train, { method: 'als', task: 'classification' });
    expect(orders(found)).toEqual(wanted(problem));
    expect(found.neuron.outputs).toBe(classes);
  });

  test('the same bits twice, another key may draw otherwise but finds the same', () => {
    const { train } = syntheticProblem('hybrid v3', { key: key(7006), inputs: 6, rows: 500 });
    const [a, b, c] = [key(1), key(1), key(2)].map((k) => searchTensorDecomposition(train, { method: 'als', key: k }));
    expect(b).toEqual(a);
    expect(orders(c)).toEqual(orders(a));
  });

  test('an aborted search returns the best so far', () => {
    const { train } = syntheticProblem('interact v1', { key: key(7007), inputs: 6, rows: 500 });
    const controller = new AbortController();
    const found = searchTensorDecomposition(train, {
      method: 'als',
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(found.status).toBe('aborted');
    expect(found.trace.length).toBe(1);
    const before = searchTensorDecomposition(train, { method: 'als', signal: AbortSignal.abort() });
    expect(before.status).toBe('aborted');
    expect(before.structure).toEqual({ power: [], interaction: [] });
  });

  test('progress is the trace', () => {
    const { train } = syntheticProblem('interact v1', { key: key(7008), inputs: 5, rows: 400 });
    const events: unknown[] = [];
    const found = searchTensorDecomposition(train, { method: 'als', onProgress: (event) => events.push(event) });
    expect(events).toEqual(found.trace);
    expect(events.length).toBeGreaterThan(0);
  });

  test('constant, doubled and empty columns are borne', () => {
    const rows = 500;
    const z = normal(key(7009), rows * 3);
    const x = Array.from({ length: rows }, (_, i) => [z[3 * i], z[3 * i], 4, 0, z[3 * i + 1]]).flat();
    const y = Array.from({ length: rows }, (_, i) => 2 * z[3 * i] * z[3 * i + 1] + 0.01 * z[3 * i + 2]);
    const data = { x: tensor(x, [rows, 5]), y: tensor(y, [rows, 1]) };
    const found = searchTensorDecomposition(data, { method: 'als' });
    const fitted = numbers(evaluate(found.neuron, data.x));
    expect(fitted.every((f, i) => Math.abs(f - y[i]) < 0.1)).toBe(true);
  });

  test('a constant target and a single class have no structure, with the reason', () => {
    const x = tensor(normal(key(1), 40), [20, 2]);
    const constant = searchTensorDecomposition(
      { x, y: tensor(new Float64Array(20).fill(3), [20, 1]) },
      { method: 'als' },
    );
    expect([constant.status, constant.reason]).toEqual(['no-structure', 'target 0 is the same in all rows']);
    expect(numbers(evaluate(constant.neuron, x)).every((v) => Math.abs(v - 3) < 1e-14)).toBe(true);
    const shares = tensor(Array.from({ length: 20 }, () => [0, 1]).flat(), [20, 2]);
    const single = searchTensorDecomposition({ x, y: shares }, { method: 'als', task: 'classification' });
    expect([single.status, single.reason]).toEqual(['no-structure', 'all rows are of one class']);
  });

  test('more inputs than rows: no structure rather than a lucky one', () => {
    const x = tensor(normal(key(2), 20 * 40), [20, 40]);
    const y = tensor(normal(key(3), 20), [20, 1]);
    const found = searchTensorDecomposition({ x, y }, { method: 'als' });
    expect(found.status).toBe('no-structure');
    expect(found.reason).toContain('there are 20 rows');
  });

  test.each([
    [{ maxOrder: 0 }, 'searchTensorDecomposition: maxOrder must be an integer ≥ 1, got 0'],
    [{ maxOrder: 9 }, "searchTensorDecomposition: maxOrder must be at most 8 with method 'als', got 9"],
    [{ maxProducts: 1.5 }, 'searchTensorDecomposition: maxProducts must be an integer ≥ 0, got 1.5'],
    [{ beam: 0 }, 'searchTensorDecomposition: beam must be an integer ≥ 1, got 0'],
    [{ retries: -1 }, 'searchTensorDecomposition: retries must be an integer ≥ 0, got -1'],
    [{ repetition: 0.5 }, 'searchTensorDecomposition: repetition must be a number ≥ 1, got 0.5'],
    [{ repetition: Number.NaN }, 'searchTensorDecomposition: repetition must be a number ≥ 1, got NaN'],
  ])('refuses %o', (options, message) => {
    const { train } = noiseProblem({ key: key(1), inputs: 2, rows: 20 });
    expect(() => searchTensorDecomposition(train, { method: 'als', ...options })).toThrow(message);
  });

  test('names the number that is not finite', () => {
    const data = { x: tensor([1, 2, Number.NaN, 4], [2, 2]), y: tensor([1, 2], [2, 1]) };
    expect(() => searchTensorDecomposition(data, { method: 'als' })).toThrow('x has NaN at row 1, column 0');
  });

  test('documented defaults', () => {
    expect(alsDefaults).toEqual({
      key: key(0),
      task: 'regression',
      maxOrder: 5,
      maxProducts: 4,
      beam: 2,
      interaction: 'cp',
      retries: 3,
      repetition: 1,
    });
  });
});

describe('very many rows', () => {
  const rows = 45_000;
  const inputs = 3;
  const x = tensor(normal(key(801), rows * inputs), [rows, inputs]);
  const values = x.toTypedArray();
  const noise = normal(key(802), rows);
  const everyOther = Array.from({ length: 20_000 }, (_, i) => 2 * i);
  const targetOf = (weak: number) =>
    tensor(
      Float64Array.from({ length: rows }, (_, i) => {
        const [a, b, c] = values.subarray(inputs * i, inputs * i + inputs);
        return 2 * a * a - b + 3 * b * c + weak * a * b * c + noise[i];
      }),
      [rows, 1],
    );

  test('what is plain on some of them is found, and fitted to all', () => {
    const found = searchTensorDecomposition({ x, y: targetOf(0) });
    expect(found.structure.interaction.map(({ order }) => order)).toEqual([2]);
    const fitted = evaluate(found.neuron, x).toTypedArray();
    const y = Float64Array.from(targetOf(0).toTypedArray());
    const error = y.reduce((sum, v, i) => sum + (v - fitted[i]) ** 2 / rows, 0);
    // Least squares over all rows is at most the error of the truth itself, the mean square of the noise.
    expect(error).toBeLessThan(noise.reduce((sum, v) => sum + (v * v) / rows, 0));
  });

  test('a term that only all of them can tell from noise is found too', () => {
    // It takes n·0.035² = 55 off the deviance of all rows, and 12 to 25 off that of 10,000 or 20,000, where it has to earn half more than what noise gains.
    const found = searchTensorDecomposition({ x, y: targetOf(0.035) }, { retries: 0 });
    const third = found.terms.find(({ stream, order }) => stream === 'interaction' && order === 3);
    if (!third) throw new Error('expected an interaction of order 3');
    expect(third.gain).toBeGreaterThan(1.5 * third.noise);
    const draw = { x: take(x, everyOther), y: take(targetOf(0.035), everyOther) };
    expect(searchTensorDecomposition(draw, { retries: 0 }).structure.interaction.map(({ order }) => order)).toEqual([
      2,
    ]);
  });

  test('noise has no structure', () => {
    const y = tensor(normal(key(803), rows), [rows, 1]);
    expect(searchTensorDecomposition({ x, y }).status).toBe('no-structure');
  });
});
