import { fc, test } from '@fast-check/vitest';
import { expectSameBits, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { argsortRows, sortRows, topRows } from './index.js';

const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const element = value({ min: -3, max: 3, special });
// Few distinct values, so that there are ties, and lengths beyond a run of the merge sort.
const row = fc.array(fc.oneof(fc.integer({ min: -2, max: 2 }), element), { maxLength: 70 });

/** Stable order by definition: NaN last or first, equal numbers as they stand. */
function order(values: readonly number[], descending: boolean, nanFirst: boolean): number[] {
  const numbers = values.flatMap((v, i) => (Number.isNaN(v) ? [] : [i]));
  const nans = values.flatMap((v, i) => (Number.isNaN(v) ? [i] : []));
  const before = (i: number, j: number): boolean => (descending ? values[i] > values[j] : values[i] < values[j]);
  numbers.sort((i, j) => (before(i, j) ? -1 : before(j, i) ? 1 : i - j));
  return nanFirst ? [...nans, ...numbers] : [...numbers, ...nans];
}

describe('sorting of rows', () => {
  test.prop([row, row, fc.boolean(), fc.boolean()])('argsortRows is stable', (first, second, descending, nanFirst) => {
    const n = Math.min(first.length, second.length);
    const rows = [first.slice(0, n), second.slice(0, n)];
    const out = new Int32Array(2 * n);
    argsortRows(out, Float64Array.from(rows.flat()), 2, n, descending, nanFirst);
    expect([...out]).toEqual(rows.flatMap((values) => order(values, descending, nanFirst)));
  });

  test.prop([row, fc.boolean()])('sortRows puts numbers in order and NaN last', (values, descending) => {
    const x = Float64Array.from([...values, ...values]);
    sortRows(x, 2, values.length, descending);
    const expected = order(values, descending, false).map((i) => values[i] + 0);
    expectSameBits(
      x.map((v) => v + 0),
      [...expected, ...expected],
    );
    // Between −0 and 0 the sign decides.
    const zeros = [...x.subarray(0, values.length)].filter((v) => v === 0).map((v) => Object.is(v, -0));
    expect(zeros).toEqual([...zeros].sort((a, b) => (descending ? Number(a) - Number(b) : Number(b) - Number(a))));
  });

  test.prop([
    fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), element), { minLength: 1, maxLength: 90 }),
    fc.nat(90),
  ])('topRows are the first of a descending order, whichever way they are found', (values, wanted) => {
    const n = values.length;
    const k = Math.min(wanted, n);
    const out = new Int32Array(2 * k);
    topRows(out, Float64Array.from([...values, ...values]), 2, n, k);
    const expected = order(values, true, true).slice(0, k);
    expect([...out]).toEqual([...expected, ...expected]);
  });

  test('many elements', () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 613);
    const out = new Int32Array(5000);
    argsortRows(out, Int32Array.from(values), 1, 5000, false, false);
    expect([...out]).toEqual(order(values, false, false));
  });
});
