import { expect, test } from 'vitest';
import { closed, type Summary } from './group.js';
import { detail, table } from './markdown.js';
import { page } from './page.js';
import { parseArguments } from './parse-arguments.js';
import type { RecoveryRow } from './recover.js';
import { recoveryTables } from './recovery-tables.js';

const provenance = {
  cpu: 'a processor',
  cores: 2,
  loads: [0.5, 1],
  versions: 'Node v0, commit abc',
  date: '2026-01-01',
  seeds: [1, 2, 3],
  minutes: 1.25,
};

function sectionOf(name: string, met: boolean | undefined): ReturnType<ReturnType<typeof closed>['section']> {
  const summary: Summary = { what: 'everything', reach: '≥ 2 of 3', seen: '1 of 3', met };
  const group = closed<readonly number[]>({
    name,
    title: `Title of ${name}`,
    run: async () => [1],
    summarise: () => [summary],
    show: (data) => [`data: ${data}`],
  });
  return group.section(JSON.stringify({ provenance, data: [4, 5] }));
}

test('the page has a line in the overview and a part for every group', () => {
  const text = page([sectionOf('d10', true), sectionOf('rows', undefined)]);
  expect(text).toContain('| [d10](#d10) | everything | ≥ 2 of 3 | 1 of 3 | yes |');
  expect(text).toContain('| [rows](#rows) | everything | ≥ 2 of 3 | 1 of 3 |  |');
  expect(text).toContain(
    '<a id="rows"></a>\n\n## Title of rows\n\na processor, 2 cores; Node v0, commit abc. 2026-01-01.',
  );
  expect(text).toContain('data: 4,5');
});

test('what stays below points to its decision, where there is one', () => {
  expect(page([sectionOf('noise', false)])).toContain('**no**, see [0021](decisions/0021-when-a-term-is-one.md)');
  expect(page([sectionOf('noise', true)])).not.toContain('0021');
  expect(page([sectionOf('d10', false)])).toContain('| **no** |');
});

const row: RecoveryRow = {
  variant: 'D = 10',
  name: 'hybrid v2',
  seed: 3,
  truth: 'P3 I2',
  found: 'P3',
  recovered: false,
  labels: false,
  fault: 'missing',
  error: 0.02,
  floor: 0.01,
  seconds: 0.5,
};

test('misses are named, and all rows folded', () => {
  const lines = recoveryTables([row, { ...row, name: 'pure v1', recovered: true, labels: true, seconds: 1.5 }]);
  expect(lines).toContain('| D = 10 | 1 of 2 | 1 of 2 | median 1.0 s, worst 1.5 s | median 2.00, worst 2.00 |');
  expect(lines.filter((line) => line.startsWith('* '))).toEqual([
    '* D = 10, hybrid v2, seed 3: P3 I2 found as P3, test error 2.00 × floor',
  ]);
  expect(lines).toContain('<summary>All 2 rows</summary>');
});

test('tables escape bars, and details leave an empty line for Markdown', () => {
  expect(table(['a'], [['x|y']])).toEqual(['| a |', '| --- |', '| x\\|y |']);
  expect(detail('t', ['l'])).toEqual(['<details>', '<summary>t</summary>', '', 'l', '', '</details>']);
});

test('arguments: names in any order, the seeds of the page by default', () => {
  const known = ['d10', 'noise'];
  expect(parseArguments([], known)).toEqual({ names: known, seeds: [1, 2, 3], committed: true });
  expect(parseArguments(['--seeds', '4,5', 'noise'], known)).toEqual({
    names: ['noise'],
    seeds: [4, 5],
    committed: false,
  });
  expect(parseArguments(['page'], known).names).toEqual([]);
  expect(() => parseArguments(['d11'], known)).toThrow('groups are d10, noise, or page: got d11');
  expect(() => parseArguments(['--seeds', 'x'], known)).toThrow('--seeds needs integers from 1');
});
