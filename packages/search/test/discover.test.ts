import { test } from '@fast-check/vitest';
import { accuracy, load, predict, r2, rmse, save } from '@neuronseek/network';
import { evaluate, toJSON } from '@neuronseek/neurons';
import { argmax, tensor } from '@neuronseek/tensor';
import { fold, key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { prepare } from '../src/discover/prepare.js';
import { splitRows } from '../src/discover/split-rows.js';
import {
  type DiscoverEvent,
  type DiscoverOptions,
  type DiscoverResult,
  discover,
  discoverDefaults,
  type Table,
} from '../src/index.js';
import { mixedTable, tableOf, withColumn } from './support/tables.js';

const every = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Few epochs: enough for what the report says of them, not for good models. */
const brief = { search: { epochs: 12, refitEpochs: 3, rank: 1 }, epochs: 4 };
const run = (table: Table, options: Partial<DiscoverOptions> = {}): DiscoverResult =>
  discover(table, { target: 'y', ...brief, ...options });

const table = mixedTable(100, 7);
const classTable = (labels: readonly (string | number)[], rows = 120): Table => {
  const mixed = mixedTable(rows, 9);
  const a = mixed.columns[0].values;
  return withColumn(
    mixed,
    'y',
    a.map((v, i) => labels[Number(v) ** 2 > 1 ? 1 : i % 5 === 0 ? labels.length - 1 : 0]),
  );
};
/** Every bit of what was learnt. */
const bits = ({ neuron, model }: DiscoverResult): string => JSON.stringify([toJSON(neuron), save(model)]);

/** What must hold of every report, whatever the table. */
function checkReport(
  { report, neuron, model, scaling }: DiscoverResult,
  source: Table,
  options: DiscoverOptions,
): void {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  const { data, search, models, predictions, classes, seconds } = report;
  expect(data.train + data.validation + data.test + data.rowsWithoutTarget).toBe(source.rows);
  expect(data.columns.map(({ name }) => name)).toEqual(source.columns.map(({ name }) => name));
  expect(data.columns.flatMap(({ inputs }) => inputs)).toEqual(data.inputs);
  expect(scaling.inputs.map(({ name }) => name)).toEqual(data.inputs);
  expect(neuron.features).toEqual(data.inputs);
  expect(report.target).toBe(options.target);
  expect(report.seed).toBe(options.seed ?? discoverDefaults.seed);

  for (const { probability, variance, kept, reason } of search.terms) {
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
    expect(variance).toBeGreaterThanOrEqual(0);
    expect(kept).toBe(probability > 0.5);
    expect(reason.length).toBeGreaterThan(20);
  }
  const shares = search.terms.reduce((sum, { variance }) => sum + variance, 0);
  // Where every gate has ended at exactly 0 there is no variance to share.
  expect(shares).toBeCloseTo(search.terms.some(({ kept }) => kept) ? 1 : Math.round(shares), 9);
  for (const { gates } of search.trace) expect(gates).toHaveLength(search.terms.length);

  // The very rows that the split sets aside, the models in the same sequence, scored by the functions of the network package.
  const prepared = prepare(source, options.target, options.task, fold(key(report.seed), 0));
  const outputs = [predict(model.layer, model.variables, prepared.test.x), evaluate(neuron, prepared.test.x)];
  const { target } = scaling;
  outputs.forEach((output, i) => {
    const { actual } = prepared.test;
    if (target.task === 'classification') {
      const share = accuracy(argmax(output).toTypedArray(), actual);
      expect([models[i].metric, models[i].scoreName, models[i].score, models[i].error]).toEqual([
        'error rate',
        'accuracy',
        share,
        1 - share,
      ]);
      return;
    }
    const predicted = output.toTypedArray().map((v) => v * target.deviation + target.mean);
    expect([models[i].metric, models[i].scoreName]).toEqual(['rmse', 'R²']);
    expectClose([models[i].error, models[i].score], [rmse(predicted, actual), r2(predicted, actual)], { factor: 4 });
  });
  expect(models.map(({ name }) => name)).toEqual([
    'network of found neurons',
    'the found neuron alone',
    'MLP (ReLU)',
    target.task === 'regression' ? 'linear regression' : 'logistic regression',
  ]);
  expect(models[2].parameters).toBeGreaterThanOrEqual(models[0].parameters);
  expect(models[3].parameters).toBe((data.inputs.length + 1) * Math.max(1, classes.length));
  expect(Array.from(prepared.test.actual)).toEqual(predictions.actual);
  expect(predictions.predicted).toHaveLength(data.test);
  expect(seconds).toEqual({ search: 0, training: 0, total: 0 });
}

describe('a regression', () => {
  const result = run(table);

  test('has a consistent report', () => {
    checkReport(result, table, { target: 'y' });
    const { report } = result;
    expect([report.version, report.task, report.classes]).toEqual([1, 'regression', []]);
    expect(report.data).toMatchObject({ rows: 100, rowsWithoutTarget: 0, train: 70, validation: 10, test: 20 });
    expect(report.search.epochs).toBe(15);
    expect(report.search.trace.map(({ epoch }) => epoch)).toEqual(every(15).map((e) => e + 1));
    expect(report.models.map(({ trace }) => trace.length)).toEqual([4, 0, 4, 0]);
    expect(report.models[0].note).toMatch(/^weights of epoch [1-4] of 4$/);
    expect(report.models[2].note).toMatch(/^weights of epoch [1-4] of 4$/);
    expect(report.remarks[0]).toContain('1 of 15 structures');
    expect(report.remarks).toContain('The test set has only 20 rows: small differences between models mean nothing.');
  });

  test('gives a model that can be saved, loaded and used with the scaling on new cells', () => {
    const { model, scaling, report } = result;
    const { layer, variables } = load(save(model));
    // The first test row, from its cells.
    const [row] = splitRows(every(100), fold(key(0), 0)).test;
    const cell = (name: string): number => {
      const [from, level] = name.split('=');
      const value = table.columns.find((column) => column.name === from)?.values[row] ?? 0;
      if (level !== undefined) return Number(value === level);
      if (typeof value === 'number') return value;
      const at = Date.parse(value);
      const [start, end] = [0, 1].map((more) => Date.UTC(Number(value.slice(0, 4)) + more, 0, 1));
      return Number(value.slice(0, 4)) + (at - start) / (end - start);
    };
    const x = scaling.inputs.map(
      ({ name, low, high, mean, deviation }) => (Math.min(Math.max(cell(name), low), high) - mean) / deviation,
    );
    const [output] = predict(layer, variables, tensor([x])).toTypedArray();
    if (scaling.target.task !== 'regression') throw new Error('expected regression');
    const value = output * scaling.target.deviation + scaling.target.mean;
    expectClose([value], [report.predictions.predicted[0]], { factor: 1e4 });
  });

  test('is the same, bit for bit, a second time, and another with another seed', () => {
    const again = run(table);
    expect(bits(again)).toBe(bits(result));
    expect(again.report).toEqual(result.report);
    expect(bits(run(table, { seed: 1 }))).not.toBe(bits(result));
  });

  test('test rows take no part: with other cells, only what is said of them changes', () => {
    const held = splitRows(every(100), fold(key(0), 0)).test;
    const columns = table.columns.map(({ name, values }) => ({
      name,
      values: values.map((v, row) => {
        if (!held.includes(row)) return v;
        if (name === 'kind') return 'never seen';
        return typeof v === 'number' ? 1000 - v : '1066-10-14';
      }),
    }));
    const other = run({ ...table, columns });
    expect(bits(other)).toBe(bits(result));
    expect(other.scaling).toEqual(result.scaling);
    expect(other.report.search).toEqual(result.report.search);
    expect(other.report.formula).toEqual(result.report.formula);
    expect(other.report.data).toEqual(result.report.data);
    expect(other.report.predictions.actual).not.toEqual(result.report.predictions.actual);
  });

  test('progress: the search to its end, then three trainings of which each rises by one', () => {
    const events: DiscoverEvent[] = [];
    run(table, { onProgress: (event) => events.push(event) });
    const phases = events.map(({ phase }) => phase);
    expect(phases.lastIndexOf('search')).toBeLessThan(phases.indexOf('training'));
    events
      .filter(({ phase }) => phase === 'search')
      .forEach(({ done, total }, i, all) => {
        expect(done).toBeGreaterThan(i === 0 ? 0 : all[i - 1].done);
        expect(done).toBeLessThanOrEqual(total);
      });
    const training = events.filter(({ phase }) => phase === 'training');
    expect(training.map(({ done, total }) => [done, total])).toEqual(
      [0, 1].flatMap(() => [1, 2, 3, 4].map((n) => [n, 4])),
    );
    expect(training.map(({ detail }) => detail.split(':')[0])).toEqual([
      ...Array<string>(4).fill('network of found neurons'),
      ...Array<string>(4).fill('MLP (ReLU)'),
    ]);
  });

  test('the clock is read for the times, in milliseconds', () => {
    let now = 5000;
    const { seconds, models } = run(table, {
      clock: () => {
        now += 250;
        return now;
      },
    }).report;
    // One reading before and one after each of search, two trainings and the linear model, and one at the end.
    expect(seconds).toEqual({ search: 0.25, training: 0.75, total: 1.25 });
    expect(models.map((model) => model.seconds)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  test('missing values, high-cardinality text, constants and missing targets are reported', () => {
    const gaps = (name: string, step: number): Table['columns'][number]['values'] =>
      (table.columns.find((column) => column.name === name)?.values ?? []).map((v, i) => (i % step === 0 ? null : v));
    const holes: Table = {
      ...table,
      columns: [
        { name: 'a', values: gaps('a', 5) },
        { name: 'kind', values: gaps('kind', 10) },
        { name: 'id', values: every(100).map((i) => `id-${i}`) },
        { name: 'constant', values: every(100).map(() => 1) },
        { name: 'y', values: gaps('y', 25) },
      ],
    };
    const filled = run(holes);
    checkReport(filled, holes, { target: 'y' });
    const { columns, rowsWithoutTarget, inputs } = filled.report.data;
    expect(rowsWithoutTarget).toBe(4);
    expect(filled.report.remarks).toContain('4 rows without a target were left out.');
    expect(columns.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
      ['a', 'number', 20],
      ['kind', 'category', 10],
      ['id', 'dropped', 0],
      ['constant', 'dropped', 0],
      ['y', 'target', 4],
    ]);
    expect(columns[0].filledWith).toMatch(/^the training mean, -?\d/);
    expect(columns[1].filledWith).toBe('a category of its own, "(missing)"');
    expect(inputs[0]).toBe('a');
    expect(inputs).toContain('kind=(missing)');
  });

  test('twenty rows and more inputs than rows will do', () => {
    const wide = tableOf(
      Object.fromEntries([
        ...every(15).map((c) => [`c${c}`, every(20).map((i) => Math.sin(i * (c + 2)))]),
        ['y', every(20)],
      ]),
    );
    checkReport(run(wide), wide, { target: 'y' });
  });

  test('a target that is the same in every test row has a report without NaN', () => {
    const held = splitRows(every(100), fold(key(0), 0)).test;
    const flat = withColumn(
      table,
      'y',
      table.columns[4].values.map((v, row) => (held.includes(row) ? 60 : v)),
    );
    const { report } = run(flat);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.models.map(({ score }) => score)).toEqual([0, 0, 0, 0]);
    expect(report.remarks).toContain(
      'The target is the same in every test row: R² is undefined there and given as 0, or 1 without error.',
    );
  });
});

describe('a classification', () => {
  test.each<[string, (string | number)[], string[]]>([
    ['two texts', ['no', 'yes'], ['no', 'yes']],
    ['0 and 1', [0, 1], ['0', '1']],
    ['three texts', ['low', 'mid', 'high'], ['high', 'low', 'mid']],
  ])('of %s', (_what, labels, classes) => {
    const data = classTable(labels);
    const result = run(data);
    checkReport(result, data, { target: 'y' });
    expect(result.report.task).toBe('classification');
    expect(result.report.classes).toEqual(classes);
    expect(result.neuron.outputs).toBe(classes.length);
    for (const c of [...result.report.predictions.actual, ...result.report.predictions.predicted]) {
      expect(every(classes.length)).toContain(c);
    }
    expect(result.report.models[3].trace).toHaveLength(4);
    expect(
      result.report.formula.monomials.every(({ text }) => classes.some((label) => text.startsWith(`${label}: `))),
    ).toBe(true);
  });

  test('of numbers that are classes because they are said to be', () => {
    const data = withColumn(
      table,
      'y',
      every(100).map((i) => 3 - (i % 3)),
    );
    expect(run(data).report.task).toBe('regression');
    const { report } = run(data, { task: 'classification' });
    expect([report.task, report.classes]).toEqual(['classification', ['1', '2', '3']]);
    expect(run(classTable([0, 1]), { task: 'regression' }).report.task).toBe('regression');
  });

  test('of a class that only test rows have', () => {
    const data = classTable(['no', 'yes']);
    const [row] = splitRows(every(120), fold(key(0), 0)).test;
    const rare = withColumn(
      data,
      'y',
      data.columns[4].values.map((v, i) => (i === row ? 'perhaps' : v)),
    );
    const { report } = run(rare);
    expect(report.classes).toEqual(['no', 'perhaps', 'yes']);
    expect(report.predictions.actual[0]).toBe(1);
  });
});

describe('without a structure', () => {
  test('the report is whole: linear neurons for the network, the mean for the neuron', () => {
    const result = run(table, { search: { ...brief.search, epochs: 120, lambda: 100, factorRate: 0.1 } });
    checkReport(result, table, { target: 'y' });
    const { report, neuron, scaling } = result;
    expect(report.search.terms.every(({ kept }) => !kept)).toBe(true);
    expect(report.remarks[0]).toBe(
      'No term was worth its penalty: the search found no structure in these data, and the network uses linear neurons instead.',
    );
    expect([neuron.power, neuron.interaction]).toEqual([[], []]);
    // The target is standardised, so its mean on the training rows is 0.
    expectClose(neuron.bias.toTypedArray(), [0], { factor: 1e3, scale: 1 });
    expect(report.models[1].parameters).toBe(1);
    expect(report.formula.monomials).toEqual([]);
    if (scaling.target.task !== 'regression') throw new Error('expected regression');
    expect(report.models[0].parameters).toBeGreaterThan(report.models[1].parameters);
  });
});

describe('an abort', () => {
  const aborted = (when: (event: DiscoverEvent) => boolean): DiscoverResult => {
    const controller = new AbortController();
    return run(table, {
      signal: controller.signal,
      onProgress: (event) => {
        if (when(event)) controller.abort();
      },
    });
  };

  test('during the search leaves a whole report of untrained models, and says so', () => {
    const result = aborted(({ done }) => done === 3);
    checkReport(result, table, { target: 'y' });
    const { report } = result;
    expect(report.search.epochs).toBe(3);
    expect(report.remarks).toContain('The search was aborted; the structure is what it had reached by then.');
    expect(report.models[0].note).toBe('weights of epoch 0 of 0, aborted');
  });

  test('during training leaves the search whole', () => {
    const result = aborted(({ phase, done }) => phase === 'training' && done === 2);
    checkReport(result, table, { target: 'y' });
    expect(result.report.models[0].note).toMatch(/^weights of epoch [12] of 2, aborted$/);
    expect(result.report.models[2].note).toBe('weights of epoch 0 of 0, aborted');
    expect(result.report.search).toEqual(run(table).report.search);
  });

  test('before it starts is no reason to fail', () => {
    const result = run(table, { signal: AbortSignal.abort() });
    checkReport(result, table, { target: 'y' });
    expect(result.report.search.trace).toEqual([]);
  });
});

describe('refuses', () => {
  test('options that make no sense, before any work', () => {
    const events: DiscoverEvent[] = [];
    const onProgress = (event: DiscoverEvent): void => void events.push(event);
    const refused =
      (options: object): (() => DiscoverResult) =>
      () =>
        run(table, { onProgress, ...options });
    expect(refused({ epochs: 0 })).toThrow(new RangeError('discover: epochs must be an integer ≥ 1, got 0'));
    expect(refused({ epochs: 1.5 })).toThrow(new RangeError('discover: epochs must be an integer ≥ 1, got 1.5'));
    expect(refused({ task: 'ranking' })).toThrow(
      new RangeError("discover: task must be 'regression' or 'classification', got 'ranking'"),
    );
    expect(refused({ seed: -1 })).toThrow(new RangeError('key: seed is not an integer from 0 to 2^53 - 1: -1'));
    expect(refused({ search: { rank: 0 } })).toThrow(
      new RangeError('searchTensorDecomposition: rank must be an integer ≥ 1, got 0'),
    );
    expect(events).toEqual([]);
  });

  test('tables that cannot be learnt from, with an InputError', () => {
    const told = expect.objectContaining({
      name: 'InputError',
      message: expect.stringMatching(/^data\.csv: there is no column "z"/),
    });
    expect(() => run(table, { target: 'z' })).toThrow(told);
  });
});
