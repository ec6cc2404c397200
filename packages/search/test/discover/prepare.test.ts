import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type Prepared, prepare } from '../../src/discover/prepare.js';
import { splitRows } from '../../src/discover/split-rows.js';
import { type Column, InputError, type Table } from '../../src/index.js';
import { mixedTable, tableOf, withColumn } from '../support/tables.js';

const every = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const run = (table: Table, task?: 'regression' | 'classification', target = 'y'): Prepared =>
  prepare(table, target, task, key(1));

describe('splitRows', () => {
  test.prop([fc.uniqueArray(fc.nat(), { minLength: 20, maxLength: 200 }), fc.nat()])(
    'every row is in one part; 20 % are for the test, 10 % for validation, both rounded',
    (rows, seed) => {
      const { train, validation, test: held } = splitRows(rows, key(seed));
      expect([...train, ...validation, ...held].sort((a, b) => a - b)).toEqual([...rows].sort((a, b) => a - b));
      expect(held).toHaveLength(Math.round(rows.length / 5));
      expect(validation).toHaveLength(Math.round(rows.length / 10));
      expect(splitRows(rows, key(seed)).test).toEqual(held);
    },
  );
});

describe('prepare', () => {
  const table = mixedTable(80, 3);
  const { test: held, validation } = splitRows(every(80), key(1));
  const unseen = [...held, ...validation];

  test.prop([fc.constantFrom('a', 'b', 'kind', 'day'), fc.infiniteStream(fc.integer({ min: -1e6, max: 1e6 }))])(
    'cells of rows that are not for training change nothing that is fitted',
    (name, stream) => {
      const before = run(table);
      const values = (table.columns.find((column) => column.name === name)?.values ?? []).map((v, row) => {
        const n = Number(stream.next().value);
        if (!unseen.includes(row)) return v;
        if (name === 'kind') return `level ${n}`;
        return name === 'day' ? `${1000 + Math.abs(n % 9000)}-01-01` : n;
      });
      const after = run(withColumn(table, name, values));
      expect(after.inputs).toEqual(before.inputs);
      expect(after.target).toEqual(before.target);
      expect(after.train).toEqual(before.train);
      expect(after.summary).toEqual(before.summary);
    },
  );

  test('targets of rows that are not for training change nothing but themselves', () => {
    const y = table.columns[4].values.map((v, row) => (unseen.includes(row) ? 1e6 + row : v));
    const [before, after] = [run(table), run(withColumn(table, 'y', y))];
    expect([after.inputs, after.target, after.train]).toEqual([before.inputs, before.target, before.train]);
    expect(Array.from(after.test.actual)).toEqual(held.map((row) => 1e6 + row));
  });

  test('rows, inputs and targets are where they belong', () => {
    const { train, validation: chosen, test: last, inputs, target, summary } = run(table);
    expect([train, chosen, last].map(({ x, y, actual }) => [x.shape, y.shape, actual.length])).toEqual(
      [56, 8, 16].map((n) => [[n, 5], [n, 1], n]),
    );
    expect(summary).toMatchObject({ rows: 80, rowsWithoutTarget: 0, train: 56, validation: 8, test: 16 });
    expect(summary.inputs).toEqual(['a', 'b', 'kind=q', 'kind=r', 'day']);
    expect(summary.columns.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'a: number',
      'b: number',
      'kind: category',
      'day: date',
      'y: target',
    ]);
    if (target.task !== 'regression') throw new Error('expected regression');
    const y = Array.from(train.y.toTypedArray());
    expectClose(
      y.map((v) => v * target.deviation + target.mean),
      train.actual,
      { factor: 8 },
    );
    const [mean, square] = [y, y.map((v) => v * v)].map((list) => list.reduce((sum, v) => sum + v, 0) / 56);
    expectClose([mean, square], [0, 1], { factor: 56 * 8, scale: 50 });
    // A row at a time, by the scales: the first test row.
    const cells = table.columns.map(({ values }) => values[held[0]]);
    const a = Math.min(Math.max(Number(cells[0]), inputs[0].low), inputs[0].high);
    expect(last.x.toTypedArray()[0]).toBe((a - inputs[0].mean) / inputs[0].deviation);
    expect(last.actual[0]).toBe(cells[4]);
  });

  test('rows without a target are left out and counted', () => {
    const y = table.columns[4].values.map((v, row) => (row % 4 === 0 ? null : v));
    const { summary, train } = run(withColumn(table, 'y', y));
    expect(summary).toMatchObject({ rows: 80, rowsWithoutTarget: 20, train: 42, validation: 6, test: 12 });
    expect(train.actual.every(Number.isFinite)).toBe(true);
    expect(summary.columns[4].missing).toBe(20);
  });

  test('class numbers and indicators follow the labels in order', () => {
    const y = every(80).map((i) => [10, 9, 100][i % 3]);
    const { target, train, summary } = run(withColumn(table, 'y', y), 'classification');
    expect(target).toEqual({ task: 'classification', classes: ['9', '10', '100'] });
    expect(train.y.shape).toEqual([56, 3]);
    const rows = train.y.toTypedArray();
    train.actual.forEach((c, i) => {
      expect(Array.from(rows.slice(3 * i, 3 * i + 3))).toEqual([0, 1, 2].map((k) => Number(k === c)));
    });
    expect(summary.columns[4].note).toBe('to be predicted; classes 9, 10, 100');
  });

  describe('chooses the task', () => {
    const of = (y: Column['values'], task?: 'regression' | 'classification'): string =>
      run(withColumn(table, 'y', y), task).target.task;
    test.each<[string, Column['values'], 'regression' | 'classification' | undefined, string]>([
      ['numbers', every(80), undefined, 'regression'],
      ['0 and 1', every(80).map((i) => i % 2), undefined, 'classification'],
      ['three numbers', every(80).map((i) => i % 3), undefined, 'regression'],
      ['three numbers as asked', every(80).map((i) => i % 3), 'classification', 'classification'],
      ['0 and 1 as asked', every(80).map((i) => i % 2), 'regression', 'regression'],
      ['text', every(80).map((i) => `t${i % 3}`), undefined, 'classification'],
      [
        'as many numbers as texts',
        every(80).map((i) => (i % 2 === 0 ? '7' : `t${i % 3}`)),
        undefined,
        'classification',
      ],
      ['numbers as text', every(80).map((i) => `${i}.5`), undefined, 'regression'],
    ])('%s', (_what, y, task, expected) => {
      expect(of(y, task)).toBe(expected);
    });
  });

  test('huge and tiny targets are standardised like others', () => {
    const of = (unit: number): Float64Array =>
      Float64Array.from(
        run(
          withColumn(
            table,
            'y',
            every(80).map((i) => (i % 7) * unit),
          ),
        ).train.y.toTypedArray(),
      );
    for (const unit of [1e12, 1e149, 1e-200]) expectClose(of(unit), of(1), { factor: 64 });
  });
});

describe('refuses in one sentence', () => {
  const table = mixedTable(30, 1);
  const y = (values: Column['values']): Table => withColumn(table, 'y', values);
  const stray = every(30).map((i) => (i === 4 ? 'n.a.' : String(i)));
  const cases: [string, Table, { target?: string; task?: 'regression' | 'classification' }, string][] = [
    [
      'an unknown target',
      table,
      { target: 'z' },
      'there is no column "z" to predict; expected one of "a", "b", "kind", "day", "y"',
    ],
    ['a table without columns', tableOf({}), {}, 'there are no columns; expected "y" and others to predict it from'],
    [
      'a target without values',
      y(every(30).map(() => null)),
      {},
      'the target column "y" has no values; expected at least 20',
    ],
    [
      'text among numbers of the target',
      y(stray),
      {},
      'line 6, column "y": expected a number in the target, got "n.a."',
    ],
    [
      'a target of text as a regression',
      table,
      { target: 'kind', task: 'regression' },
      `line 2, column "kind": expected a number in the target, got ${JSON.stringify(table.columns[2].values[0])}`,
    ],
    [
      'a constant target',
      y(every(30).map(() => 7)),
      {},
      'the target column "y" is 7 in every row; expected different values',
    ],
    [
      'a constant target of text',
      y(every(30).map((i) => (i === 3 ? null : 'yes'))),
      {},
      'the target column "y" is "yes" in every row; expected different values',
    ],
    [
      'one class written as number and as text',
      y(every(30).map((i) => (i < 15 ? 1 : '1'))),
      {},
      'the target column "y" is 1 in every row; expected different values',
    ],
    [
      'too many classes of text',
      y(every(30).map((i) => `t${i}`)),
      {},
      'the target column "y" has 30 different values; expected at most 20 classes',
    ],
    [
      'too many classes of numbers',
      y(every(30)),
      { task: 'classification' },
      'the target column "y" has 30 different values; expected at most 20 classes, or --task regression',
    ],
    [
      'a column without values',
      withColumn(
        table,
        'b',
        every(30).map(() => null),
      ),
      {},
      'column "b" has no value in any of its 30 rows; expected at least one, or no such column',
    ],
    [
      'too few rows with a target',
      y(every(30).map((i) => (i < 11 ? null : i))),
      {},
      '19 rows have a value in the target column "y"; expected at least 20',
    ],
    [
      'nothing to predict from',
      tableOf({ c: every(30).map(() => 1), y: every(30) }),
      {},
      'no column is left to predict "y" from; expected one that varies',
    ],
    [
      'NaN',
      withColumn(
        table,
        'a',
        every(30).map((i) => (i === 9 ? Number.NaN : i)),
      ),
      {},
      'line 11, column "a": expected a finite number, got NaN',
    ],
    [
      'infinity',
      y(every(30).map((i) => (i === 0 ? Number.NEGATIVE_INFINITY : i))),
      {},
      'line 2, column "y": expected a finite number, got -Infinity',
    ],
    [
      'numbers whose squares overflow',
      withColumn(
        table,
        'a',
        every(30).map((i) => i * 1e150),
      ),
      {},
      'line 4, column "a": expected a number between -1e+150 and 1e+150, got 2e+150',
    ],
    [
      'a name twice',
      { ...table, columns: [...table.columns, table.columns[0]] },
      {},
      'expected columns with different names, got "a" twice',
    ],
    [
      'a blank name',
      { ...table, columns: [...table.columns, { name: ' ', values: every(30) }] },
      {},
      'expected a name for column 6, got an empty one',
    ],
    ['ragged columns', withColumn(table, 'b', every(29)), {}, 'column "b": expected 30 cells, one a row, got 29'],
    ['rows without lines', { ...table, lines: [] }, {}, 'expected a line number for each of 30 rows, got 0'],
    [
      'two inputs of one name',
      { ...table, columns: [...table.columns, { name: 'kind=q', values: every(30) }] },
      {},
      'two inputs would be called "kind=q", a column and a value of another; expected different names',
    ],
  ];
  test.each(cases)('%s', (_what, bad, { target = 'y', task }, message) => {
    const told = expect.objectContaining({ name: 'InputError', message: `data.csv: ${message}` });
    expect(() => run(bad, task, target)).toThrow(told);
  });

  test('a target that differs only outside the training rows', () => {
    const { test: held } = splitRows(every(30), key(1));
    // 0.1 is no binary number: the mean of equal ones is rounded and differs from them.
    const values = every(30).map((i) => (i === held[0] ? 5 : 0.1));
    expect(() => run(y(values), 'regression')).toThrow(
      new InputError('data.csv: the target column "y" is the same in all 21 training rows; expected different values'),
    );
  });
});
