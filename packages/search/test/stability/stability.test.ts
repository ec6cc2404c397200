import { fc, test } from '@fast-check/vitest';
import { evaluate, parse, polynomialNeuron } from '@neuronseek/neurons';
import { flatten, type Tensor, tensor, treeLeaves } from '@neuronseek/tensor';
import { configure } from '@neuronseek/tensor/parallel';
import { fold, key, split } from '@neuronseek/tensor/random';
import { afterAll, expect, describe as suite } from 'vitest';
import { noiseProblem, syntheticProblem } from '../../src/problems/synthetic.js';
import { searchTensorDecomposition } from '../../src/search-tensor-decomposition.js';
import { describe } from '../../src/stability/describe.js';
import { bootstrapRows } from '../../src/stability/job.js';
import { methods } from '../../src/stability/methods.js';
import type { StabilityReport } from '../../src/stability/report.js';
import { type SearchFunction, stability, stabilityDefaults } from '../../src/stability/stability.js';

const { threads: before } = configure();
afterAll(() => void configure({ threads: before }));

const { train, truth } = syntheticProblem('hybrid v1', { key: key(2), inputs: 2, rows: 60, testRows: 5 });
const quick = { epochs: 12, refitEpochs: 2, rank: 1, maxOrder: 2, batchSize: 30, rankTolerance: 0 };
const named = { method: 'gates', options: quick } as const;

/** Every number of a report, tensors as arrays: JSON keeps all bits but those of NaN. */
const bits = (report: StabilityReport): string =>
  JSON.stringify(report, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return isTensor(value) ? [...flatten(value)] : value;
  });
const isTensor = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'strides' in value;

/** A search that finds the neuron of its own turn. */
const scripted = (texts: readonly string[], statuses: readonly string[] = []): SearchFunction => {
  let turn = 0;
  return () => {
    const i = turn++;
    const status = statuses[i] ?? 'completed';
    if (status === 'throws') throw new RangeError(`no luck ${i}`);
    return { status, neuron: parse(texts[i % texts.length], { features: ['a', 'b'] }) };
  };
};

suite('stability', () => {
  test('is the search itself on resamples with keys of their own, with the same bits for any number of threads', async () => {
    const options = { seeds: 2, bootstraps: 3, key: key(5), truth };
    const reports: StabilityReport[] = [];
    for (const threads of [1, 2, 3]) {
      configure({ threads });
      reports.push(await stability(named, train, options));
    }
    for (const report of reports.slice(1)) expect(bits(report)).toBe(bits(reports[0]));
    const here = await stability(
      (data, given) => searchTensorDecomposition(data, { method: 'gates', ...quick, ...given }),
      train,
      options,
    );
    expect(bits(here)).toBe(bits(reports[0]));

    const [seedKey, rowKey] = split(key(5), 2);
    const rows = bootstrapRows(fold(rowKey, 2), 60);
    const pick = (t: Tensor): Tensor =>
      tensor(
        Array.from(rows).flatMap((i) => (t.shape[1] === 1 ? [flatten(t)[i]] : [...flatten(t).slice(2 * i, 2 * i + 2)])),
        t.shape,
      );
    const own = searchTensorDecomposition(
      { x: pick(train.x), y: pick(train.y) },
      { method: 'gates', ...quick, key: fold(seedKey, 1) },
    );
    const run = reports[0].runs[5];
    expect([run.seed, run.bootstrap, run.status]).toEqual([1, 2, own.status]);
    expect(treeLeaves(run.neuron).map((t) => [...flatten(t)])).toEqual(
      treeLeaves(own.neuron).map((t) => [...flatten(t)]),
    );
    expect(reports[0]).toMatchObject({ status: 'complete', counted: 6 });
    expect(reports[0].recovery?.name).toBe('P1 I2');
    expect(reports[0].predictions?.median.shape).toEqual([60, 1]);
  });

  test('finds in closed form in nearly every resample what is in the rows', async () => {
    let recovered = 0;
    for (const name of ['pure v0', 'hybrid v0', 'interact v1'] as const) {
      const problem = syntheticProblem(name, { key: key(443), inputs: 5, rows: 600, testRows: 5 });
      const options = { bootstraps: 4, key: key(1), truth: problem.truth };
      const { recovery } = await stability({ method: 'als' }, problem.train, options);
      recovered += recovery?.count ?? 0;
    }
    expect(recovered).toBeGreaterThanOrEqual(11);
  });

  test('finds nothing in resamples of noise', async () => {
    const problem = noiseProblem({ key: key(443), inputs: 5, rows: 600 });
    const report = await stability({ method: 'als' }, problem.train, { bootstraps: 6, key: key(1) });
    expect(report.runs.map(({ status }) => status)).toEqual(Array(6).fill('no-structure'));
  });

  test('without bootstraps the rows are taken as they are, and another key gives another study', async () => {
    const report = await stability(named, train, { seeds: 2, bootstraps: 0, key: key(1) });
    const [seedKey] = split(key(1), 2);
    const own = searchTensorDecomposition(train, { method: 'gates', ...quick, key: fold(seedKey, 1) });
    expect(report.runs.map(({ seed, bootstrap }) => [seed, bootstrap])).toEqual([
      [0, undefined],
      [1, undefined],
    ]);
    expect(treeLeaves(report.runs[1].neuron).map((t) => [...flatten(t)])).toEqual(
      treeLeaves(own.neuron).map((t) => [...flatten(t)]),
    );
    expect(bits(await stability(named, train, { seeds: 2, bootstraps: 0, key: key(2) }))).not.toBe(bits(report));
  });

  test('every search that can be named runs, with options of its own', async () => {
    const small: Readonly<Record<string, object>> = {
      eql: { layers: 1, copies: 1, restarts: 1, steps: 20, lambdas: [0.01] },
      genetic: { population: 20, generations: 1, rounds: 1, library: 5 },
      gates: quick,
      metasymnet: { maxLevels: 1, restarts: 1, steps: 10 },
    };
    for (const method of Object.keys(methods) as (keyof typeof methods)[]) {
      const report = await stability({ method, options: small[method] }, train, { bootstraps: 1, key: key(1) });
      expect([method, report.runs[0].error, report.counted]).toEqual([method, undefined, 1]);
    }
  });

  test('tensors among the options of a search travel', async () => {
    const options = { ...quick, validation: train };
    const report = await stability({ method: 'gates', options }, train, { seeds: 1, bootstraps: 0, key: key(1) });
    const own = searchTensorDecomposition(train, { method: 'gates', ...options, key: fold(split(key(1), 2)[0], 0) });
    expect(treeLeaves(report.runs[0].neuron).map((t) => [...flatten(t)])).toEqual(
      treeLeaves(own.neuron).map((t) => [...flatten(t)]),
    );
  });

  test.each([1, 2])('keeps what there is when it is stopped, with %i threads', async (threads) => {
    configure({ threads });
    const controller = new AbortController();
    const seen: number[] = [];
    const report = await stability(named, train, {
      bootstraps: 30,
      key: key(3),
      signal: controller.signal,
      onProgress: ({ done, total, run }) => {
        expect(total).toBe(30);
        seen.push(run.bootstrap ?? -1);
        if (done === 2) controller.abort();
      },
    });
    expect(report.status).toBe('aborted');
    expect(report.runs.map(({ bootstrap }) => bootstrap)).toEqual([...seen].sort((a, b) => a - b));
    expect(report.runs.length).toBeGreaterThanOrEqual(2);
    expect(report.runs.length).toBeLessThan(30);
    expect(report.modal?.count).toBeGreaterThan(0);
    const whole = await stability(named, train, { bootstraps: 3, key: key(3) });
    for (const run of report.runs) {
      const same = whole.runs.find(({ bootstrap }) => bootstrap === run.bootstrap);
      if (same) expect(run.structure).toBe(same.structure);
    }
    const none = await stability(named, train, { key: key(3), signal: AbortSignal.abort() });
    expect(none).toMatchObject({
      status: 'aborted',
      runs: [],
      modal: undefined,
      predictions: undefined,
      coefficients: [],
    });
  });

  test('counts structures and terms of formulas, leaves out runs that failed or were stopped', async () => {
    const texts = ['2*a + 3', 'a*5 + 1', 'a^2 - 4*b', '7*a + 1', '1', '4*a + 3', '6*a + 3'];
    const statuses = ['completed', 'completed', 'completed', 'throws', 'no-structure', 'aborted', 'completed'];
    const report = await stability(scripted(texts, statuses), train, { key: key(0), bootstraps: 7 });
    expect(report.runs.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
      'completed',
      'failed',
      'no-structure',
      'aborted',
      'completed',
    ]);
    expect(report.runs[3].error).toBe('RangeError: no luck 3');
    expect(report.counted).toBe(5);
    expect(report.structures.map(({ name, count }) => [name, count])).toEqual([
      ['c + c*a', 2],
      ['a*c + c', 1],
      ['a^2 + c*b', 1],
      ['c', 1],
    ]);
    expect(report.modal).toMatchObject({ name: 'c + c*a', frequency: 0.4 });
    expect(report.terms.map(({ name, count }) => [name, count])).toEqual([
      ['c*a', 2],
      ['a*c', 1],
      ['a^2', 1],
      ['c*b', 1],
    ]);
    // Sets {c·a}, {a·c}, {a², c·b}, {}, {c·a}: one pair of ten is alike.
    expect(report.jaccard).toBeCloseTo(1 / 10, 15);
    expect([report.weights, report.coefficients, report.recovery]).toEqual([[], [], undefined]);
  });

  test('intervals of weights, coefficients and predictions are those of the numbers', async () => {
    let turn = 0;
    const search: SearchFunction = () => {
      const i = turn++;
      const weights = tensor([i, 10], [2, 1]);
      const one = tensor([1, 0], [2, 1, 1]);
      const pair = { form: 'cp', order: 2, rank: 1, factors: [one, one] } as const;
      // Every run has power 1 but the last two, which have nothing and the product alone.
      const power = i < 11 ? [{ order: 1, weights }] : [];
      const interaction = i === 12 ? [pair] : [];
      return { status: 'completed', neuron: polynomialNeuron({ inputs: 2, power, interaction }) };
    };
    const points = tensor([1, 1, 2, 0], [2, 2]);
    const report = await stability(search, train, {
      key: key(0),
      bootstraps: 13,
      confidence: 0.8,
      points,
      truth: { power: [], interaction: [{ order: 2, rank: 1 }] },
    });
    expect(report.structures.map(({ name, count }) => [name, count])).toEqual([
      ['P1', 11],
      ['I2', 1],
      ['none', 1],
    ]);
    expect(report.recovery).toMatchObject({ name: 'I2', count: 1, frequency: 1 / 13 });
    expect(report.recovery?.interval).toEqual(report.structures[1].interval);
    expect(
      report.weights.map(({ order, input, low, median, high }) =>
        [order, input, low, median, high].map((v) => Math.round(v * 1e9) / 1e9),
      ),
    ).toEqual([
      [1, 0, 1, 5, 9],
      [1, 1, 10, 10, 10],
    ]);
    expect(report.coefficients?.map(({ exponents, median }) => [exponents, median])).toEqual([
      [[1, 0], 5],
      [[0, 1], 10],
    ]);
    // At (2, 0): 0, 2, …, 20 of the first, 0 of the second, 4 of the third: sorted, the seventh is 8.
    expect([...flatten(report.predictions?.median ?? tensor([0]))]).toEqual([14, 8]);
    expect((await stability(search, train, { key: key(0), bootstraps: 2, maxMonomials: 1 })).jaccard).toBe(1);
  });

  test('refuses before anything runs', async () => {
    const options = { key: key(0) };
    await expect(stability(named, train, { ...options, seeds: 0 })).rejects.toThrow(
      new RangeError('stability: seeds must be an integer from 1: got 0'),
    );
    await expect(stability(named, train, { ...options, bootstraps: -1 })).rejects.toThrow(
      'stability: bootstraps must be an integer from 0: got -1',
    );
    await expect(stability(named, train, { ...options, confidence: 1 })).rejects.toThrow(
      'stability: confidence must be between 0 and 1: got 1',
    );
    await expect(stability(named, train, { ...options, points: tensor([1]) })).rejects.toThrow(
      'stability: points must have shape [P, 2]: got [1]',
    );
    await expect(stability(named, { x: train.x, y: tensor([1]) }, options)).rejects.toThrow(
      'stability: needs x [rows, columns] and y [rows, outputs]',
    );
    await expect(
      stability(named, { x: train.x, y: tensor(new Float64Array(60).fill(Number.NaN), [60, 1]) }, options),
    ).rejects.toThrow('stability: y must be finite: got NaN at row 0, column 0');
    const wrong = JSON.parse('{"method":"toString"}');
    await expect(stability(wrong, train, options)).rejects.toThrow(
      /^stability: search.method must be one of als, gates.*: got toString$/,
    );
    const calling = { method: 'gates', options: { ...quick, onProgress: () => undefined } } as const;
    await expect(stability(calling, train, options)).rejects.toThrow(
      'stability: search.options.onProgress must be data that can travel: got a function',
    );
    const failing = { method: 'gates', options: { rank: 0 } } as const;
    await expect(stability(failing, train, { ...options, bootstraps: 2 })).rejects.toThrow(
      /^stability: a search must succeed: got, from all that ended, RangeError: .*rank/,
    );
    expect(stabilityDefaults).toEqual({ seeds: 1, bootstraps: 20, confidence: 0.95, maxMonomials: 2000 });
  });
});

suite('describe', () => {
  test('formulas by their shape', () => {
    const text = (formula: string, features = ['a', 'b']): string => describe(parse(formula, { features })).structure;
    expect(text('3*sin(2*a) - b^2/7')).toBe('b^2/c + c*sin(c*a)');
    expect(text('b*2 + a')).toBe(text('a + b*9'));
    expect(text('a^2')).not.toBe(text('a^3'));
    expect(text('2*c', ['c', 'dd'])).toBe('c__*c');
  });

  test.prop([
    fc.uniqueArray(fc.integer({ min: 1, max: 5 })),
    fc.array(fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
  ])('polynomial neurons by orders and ranks, whatever their sequence', (power, parts) => {
    const neuron = polynomialNeuron({
      inputs: 2,
      power: power.map((order) => ({ order, weights: tensor([1, 2], [2, 1]) })),
      interaction: parts.map(([order, rank]) => ({
        form: 'cp' as const,
        order,
        rank,
        factors: Array.from({ length: order }, () => tensor(new Float64Array(2 * rank).fill(1), [2, rank, 1])),
      })),
    });
    const { structure, terms } = describe(neuron);
    const mirrored = describe({
      ...neuron,
      power: [...neuron.power].reverse(),
      interaction: [...neuron.interaction].reverse(),
    });
    expect(mirrored).toEqual({ structure, terms });
    expect([...terms].sort()).toEqual(
      [...new Set([...power.map((k) => `P${k}`), ...parts.map(([k]) => `I${k}`)])].sort(),
    );
    expect(evaluate(neuron, tensor([1, 1], [1, 2])).shape).toEqual([1, 1]);
    if (power.length + parts.length === 0) expect(structure).toBe('none');
    for (const [order, rank] of parts)
      expect(structure.split(' ')).toContain(rank === 1 ? `I${order}` : `I${order}×${rank}`);
  });
});
