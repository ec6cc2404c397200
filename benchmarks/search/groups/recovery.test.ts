import { expect, test } from 'vitest';
import type { RecoveryRow } from '../recover.js';
import { type Part, summariesOf, trialsOf } from './recovery.js';

const part: Part = { variant: 'D = 10', draw: {}, least: 30, median: 1, worst: 2 };
const row = (recovered: boolean, seconds = 1, columns?: boolean): RecoveryRow => ({
  variant: 'D = 10',
  name: 'pure v0',
  seed: 1,
  truth: 'P2',
  found: 'P2',
  recovered,
  labels: true,
  fault: 'exact',
  error: 1,
  floor: 1,
  seconds,
  ...(columns === undefined ? {} : { columns }),
});

test('the fifteen targets for every seed', () => {
  const trials = trialsOf(part, [4, 5]);
  expect(trials).toHaveLength(30);
  expect(new Set(trials.map(({ name, seed }) => `${name}, ${seed}`)).size).toBe(30);
});

test('what is aimed at in 45 is as many of those that were run', () => {
  const [count] = summariesOf([part], [row(true), row(true), row(false)]);
  expect(count).toMatchObject({ reach: '≥ 30 of 45', seen: '2 of 3', met: true });
  expect(summariesOf([part], [row(true), row(false)])[0].met).toBe(false);
  expect(summariesOf([part], [{ ...row(true), variant: 'another' }])).toEqual([]);
});

test('median and worst of the seconds both count', () => {
  const met = (...seconds: readonly number[]): boolean | undefined =>
    summariesOf(
      [part],
      seconds.map((s) => row(true, s)),
    )[1].met;
  expect(met(0.5, 1, 2)).toBe(true);
  expect(met(0.5, 1, 2.1)).toBe(false);
  expect(met(0.5, 1.1, 1.9)).toBe(false);
});

test('where columns are to be named, a recovery without them is none', () => {
  const rows = [row(true, 1, true), row(true, 1, false), row(false, 1, true)];
  expect(summariesOf([{ ...part, columns: true }], rows)[0].seen).toBe('1 of 3');
  expect(summariesOf([part], rows)[0].seen).toBe('2 of 3');
});
