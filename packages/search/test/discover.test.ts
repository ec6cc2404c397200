import { test } from '@fast-check/vitest';
import { load, predict, save } from '@neuronseek/network';
import { toJSON } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { fold, key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { splitRows } from '../src/discover/split-rows.js';
import { type DiscoverEvent, type DiscoverOptions, type DiscoverResult, discover, type Table } from '../src/index.js';
import { checkReport, gatesSummary } from './support/check-report.js';
import { published } from './support/small-model.js';
import { mixedTable, tableOf, withColumn } from './support/tables.js';

const every = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Few epochs: enough for what the report says of them, not for good models. */
const brief = { search: { method: 'gates', ...published, epochs: 12, refitEpochs: 3, rank: 1 }, epochs: 4 } as const;
const run = (table: Table, options: Partial<DiscoverOptions> = {}): DiscoverResult =>
  discover(table, { target: 'y', ...brief, ...options });

const table = mixedTable(100, 7);
/** Every bit of what was learnt. */
const bits = ({ neuron, model }: DiscoverResult): string => JSON.stringify([toJSON(neuron), save(model)]);

describe('a regression', () => {
  const result = run(table);

  test('has a consistent report', () => {
    checkReport(result, table, { target: 'y' });
    const { report } = result;
    expect([report.version, report.task, report.classes]).toEqual([2, 'regression', []]);
    expect(report.data).toMatchObject({ rows: 100, rowsWithoutTarget: 0, train: 70, validation: 10, test: 20 });
    expect(gatesSummary(report).epochs).toBe(15);
    expect(gatesSummary(report).trace.map(({ epoch }) => epoch)).toEqual(every(15).map((e) => e + 1));
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
