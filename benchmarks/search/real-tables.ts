import { median } from '../median.js';
import type { SplitRow, StudyRow } from './groups/tables.js';
import { detail, table } from './markdown.js';

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** A line for every table, a column for every method; all splits folded. */
export function errorLines(splits: readonly SplitRow[]): string[] {
  const methods = unique(splits.map(({ method }) => method));
  return [
    ...table(
      ['table', 'rows × inputs', ...methods],
      unique(splits.map((row) => row.table)).map((name) => {
        const own = splits.filter((row) => row.table === name);
        const medians = methods.map((method) =>
          median(own.filter((row) => row.method === method).map(({ error }) => error)),
        );
        const least = Math.min(...medians);
        return [
          name,
          `${own[0].rows} × ${own[0].inputs}`,
          ...medians.map((error) => (error === least ? `**${error.toPrecision(3)}**` : error.toPrecision(3))),
        ];
      }),
    ),
    '',
    ...detail(
      'Every split',
      table(
        ['table', 'split', 'method', 'found', 'error', 's'],
        splits.map(({ table: name, seed, method, structure, error, seconds }) => [
          name,
          `${seed}`,
          method,
          structure,
          error.toPrecision(3),
          seconds === 0 ? '' : seconds.toFixed(2),
        ]),
      ),
    ),
  ];
}

/** A line for every study: how often the most frequent structures came back. */
export function stabilityLines(studies: readonly StudyRow[]): string[] {
  const shares = (list: StudyRow['structures'], most: number): string =>
    list
      .slice(0, most)
      .map(({ name, count }) => `${name} (${count})`)
      .join('; ');
  return table(
    ['table', 'method', 'structures', 'most frequent (times)', 'terms (times)', 'Jaccard similarity of terms'],
    studies.map(({ table: name, method, counted, structures, terms, jaccard }) => [
      name,
      method,
      `${structures.length} in ${counted}`,
      shares(structures, 3),
      shares(terms, 8),
      jaccard.toPrecision(3),
    ]),
  );
}
