import { test } from '@fast-check/vitest';
import { fold, key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { splitRows } from '../src/discover/split-rows.js';
import { type DiscoverEvent, type DiscoverOptions, type DiscoverResult, discover, type Table } from '../src/index.js';
import { checkReport, gatesSummary } from './support/check-report.js';
import { published } from './support/small-model.js';
import { mixedTable, withColumn } from './support/tables.js';

const every = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Few epochs: enough for what the report says of them, not for good models. */
const brief = { search: { method: 'gates', ...published, epochs: 12, refitEpochs: 3, rank: 1 }, epochs: 4 } as const;
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
    expect(gatesSummary(report).terms.every(({ kept }) => !kept)).toBe(true);
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
    expect(gatesSummary(report).epochs).toBe(3);
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
    expect(gatesSummary(result.report).trace).toEqual([]);
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
    expect(refused({ search: { method: 'gates', rank: 0 } })).toThrow(
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
