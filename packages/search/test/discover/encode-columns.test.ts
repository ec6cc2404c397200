import { fc, test } from '@fast-check/vitest';
import { expectClose, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { encodeColumn } from '../../src/discover/encode-columns.js';
import type { Column } from '../../src/index.js';

const column = (values: Column['values']): Column => ({ name: 'c', values });
const every = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('numbers', () => {
  test.prop([
    fc.array(value({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 }),
    fc.infiniteStream(fc.boolean()),
  ])(
    'training values become mean 0 and deviation 1; others follow the same line, limited to the same range',
    (values, stream) => {
      const train = every(values.length).filter((i) => i < 2 || stream.next().value === true);
      const known = train.map((i) => values[i]);
      fc.pre(Math.max(...known) > Math.min(...known));
      const { inputs, summary } = encodeColumn(column(values), train);
      expect(inputs).toHaveLength(1);
      const [{ scale, values: out }] = inputs;
      expect([summary.kind, summary.inputs, summary.missing, scale.name]).toEqual(['number', ['c'], 0, 'c']);
      const seen = train.map((i) => out[i]);
      const mean = seen.reduce((sum, v) => sum + v, 0) / seen.length;
      const square = seen.reduce((sum, v) => sum + v * v, 0) / seen.length;
      // The mean is rounded at the size of the values, and that is divided by the deviation.
      const size = 1 + Math.max(...known.map(Math.abs)) / scale.deviation;
      expectClose([mean, square], [0, 1], { factor: 8 * values.length, scale: size * size });
      const expected = values.map((v) => (Math.min(Math.max(v, scale.low), scale.high) - scale.mean) / scale.deviation);
      expectClose(out, expected, { factor: 0 });
    },
  );

  /** NumPy's default. */
  const quantileOf = (sorted: readonly number[], share: number): number => {
    const at = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
    return below + (at - Math.floor(at)) * (above - below);
  };

  test.prop([
    fc.array(fc.oneof(value({ min: -1000, max: 1000 }), value({ min: -1, max: 1 })), { minLength: 3, maxLength: 60 }),
  ])('the limits are the range of the training values, or half a percent of them where some are far out', (values) => {
    fc.pre(new Set(values).size > 2);
    const [{ scale }] = encodeColumn(column(values), every(values.length)).inputs;
    const sorted = [...values].sort((a, b) => a - b);
    const [first, third] = [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)];
    const far = 3 * (third - first);
    const [least, most] = [sorted[0], sorted[sorted.length - 1]];
    // On the fence itself rounding decides.
    fc.pre([first - far - least, most - third - far].every((gap) => Math.abs(gap) > 1e-9));
    const low = least < first - far ? quantileOf(sorted, 0.005) : least;
    const high = most > third + far ? quantileOf(sorted, 0.995) : most;
    fc.pre(low < high);
    expectClose([scale.low, scale.high], [low, high], { factor: 64, scale: 1000 });
  });

  test('of 0 … 1000 all stay as they are, and an outlier in a test row is pulled in', () => {
    const { inputs, summary } = encodeColumn(column([...every(1001), 1e12, -1e12, 500]), every(1001));
    const [{ scale, values }] = inputs;
    expect([scale.low, scale.high]).toEqual([0, 1000]);
    expect(summary.note).toBe('standardised');
    expect(values[1001]).toBe(values[1000]);
    expect(values[1002]).toBe(values[0]);
    expectClose([values[1003]], [0], { factor: 4, scale: 1 });
  });

  test('a side with an outlier in a training row loses half a percent, the other side nothing', () => {
    const { inputs, summary } = encodeColumn(column([...every(1000), 1e9]), every(1001));
    const [{ scale }] = inputs;
    expect([scale.low, scale.high]).toEqual([0, 995]);
    expect(summary.note).toBe('standardised, limited to 0 … 995');
  });

  test('a column that is constant but for a few rows keeps those rows', () => {
    const values = every(400).map((i) => Number(i === 7));
    const [{ scale, values: out }] = encodeColumn(column(values), every(400)).inputs;
    expect([scale.low, scale.high]).toEqual([0, 1]);
    expect(out[7]).toBeGreaterThan(19);
  });

  test('missing cells become the training mean, which is 0', () => {
    const { inputs, summary } = encodeColumn(column([1, null, 3, 5, null]), [0, 1, 2, 3]);
    expect([inputs[0].values[1], inputs[0].values[4]]).toEqual([0, 0]);
    expect(summary).toMatchObject({ kind: 'number', missing: 2, filledWith: 'the training mean, 3' });
  });

  test.each([1e-200, 1e-12, 1, 1e12, 1e149])('a scale of %d changes nothing after standardising', (unit) => {
    const values = [1, 2, 4, 8, 16, 32];
    const [plain] = encodeColumn(column(values), every(6)).inputs;
    const [scaled] = encodeColumn(column(values.map((v) => v * unit)), every(6)).inputs;
    expectClose(scaled.values, plain.values, { factor: 64 });
  });

  test.each([
    ['the same in every training row', [2, 2, 2, 5], [0, 1, 2]],
    ['the same in every training row', [2, null, 2, 5], [0, 1, 2]],
    ['missing in every training row', [null, null, null, 5], [0, 1, 2]],
  ])('left out: %s', (why, values, train) => {
    const { inputs, summary } = encodeColumn(column(values), train);
    expect(inputs).toEqual([]);
    expect(summary).toEqual({
      name: 'c',
      kind: 'dropped',
      missing: values.filter((v) => v === null).length,
      note: `left out: ${why}`,
      inputs: [],
    });
  });
});

describe('dates', () => {
  test('become years with fractions, standardised', () => {
    const { inputs, summary } = encodeColumn(column(['2000-01-01', '2002-01-01', null, '2001-01-01']), [0, 1, 2]);
    expect(summary).toEqual({
      name: 'c',
      kind: 'date',
      missing: 1,
      filledWith: 'the training mean, 2001',
      note: 'dates as years with fractions, standardised',
      inputs: ['c'],
    });
    expectClose([inputs[0].scale.mean], [2001], { factor: 2 });
    expectClose(inputs[0].values, [-1, 1, 0, 0], { factor: 2 ** 12, scale: 1 });
  });

  test('times within one day differ', () => {
    const { summary } = encodeColumn(column(['2000-01-01T08:00', '2000-01-01T09:30', '2000-01-01T17:00']), [0, 1, 2]);
    expect(summary.kind).toBe('date');
  });

  test('a single text among them makes categories of all', () => {
    expect(encodeColumn(column(['2000-01-01', '2002-01-01', 'unknown']), [0, 1, 2]).summary.kind).toBe('category');
  });
});

describe('categories', () => {
  const cells = ['b', 'a', 'b', 'c', 'b', 'a', null, 'new', 'b'];
  const train = [0, 1, 2, 3, 4, 5, 6];
  const { inputs, summary } = encodeColumn(column(cells), train);

  test('one indicator for each level of the training rows but the most frequent', () => {
    expect(summary).toEqual({
      name: 'c',
      kind: 'category',
      missing: 1,
      filledWith: 'a category of its own, "(missing)"',
      note: 'categories, one indicator each against the most frequent, "b"',
      inputs: ['c=a', 'c=(missing)', 'c=c'],
    });
    inputs.forEach(({ scale, values }, k) => {
      const level = ['a', '(missing)', 'c'][k];
      const share = [2, 1, 1][k] / 7;
      expectClose([scale.mean, scale.deviation], [share, Math.sqrt(share * (1 - share))], { factor: 8 });
      const expected = cells.map(
        (v) => (Number((v ?? '(missing)') === level) - share) / Math.sqrt(share * (1 - share)),
      );
      expectClose(values, expected, { factor: 16 });
    });
  });

  test('a level that training rows do not have looks like the most frequent', () => {
    for (const { values } of inputs) expect(values[7]).toBe(values[8]);
  });

  test('ties of frequency are broken by name, not by the row they come first', () => {
    const names = (values: string[]): readonly string[] => encodeColumn(column(values), every(4)).summary.inputs;
    expect(names(['x', 'y', 'y', 'x'])).toEqual(['c=y']);
    expect(names(['y', 'x', 'x', 'y'])).toEqual(['c=y']);
  });

  test('text with more than twelve levels in the training rows is left out; levels elsewhere do not count', () => {
    const many = every(20).map((i) => `t${i}`);
    expect(encodeColumn(column(many), every(13)).summary).toEqual({
      name: 'c',
      kind: 'dropped',
      missing: 0,
      note: 'left out: text with 13 different values in the training rows, more than 12',
      inputs: [],
    });
    expect(encodeColumn(column(many), every(12)).inputs).toHaveLength(11);
  });

  test('text that is the same in every training row is left out', () => {
    expect(encodeColumn(column(['a', 'a', 'b']), [0, 1]).summary.note).toBe('left out: the same in every training row');
  });

  test('numbers and text in one column are categories', () => {
    expect(encodeColumn(column([1, 'x', 1, 2]), every(4)).summary.inputs).toEqual(['c=2', 'c=x']);
  });
});
