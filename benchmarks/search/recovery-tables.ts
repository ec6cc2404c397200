import { median } from '../median.js';
import { detail, table } from './markdown.js';
import type { RecoveryRow } from './recover.js';

/** Rows of a group by variant, in the order in which they came. */
export function byVariant(rows: readonly RecoveryRow[]): Map<string, RecoveryRow[]> {
  const parts = new Map<string, RecoveryRow[]>();
  for (const row of rows) parts.set(row.variant, [...(parts.get(row.variant) ?? []), row]);
  return parts;
}

/** How many there are of how many. */
export function countOf(rows: readonly RecoveryRow[], holds: (row: RecoveryRow) => boolean): string {
  return `${rows.filter(holds).length} of ${rows.length}`;
}

/** Median and largest of the seconds, as text. */
export function timesOf(rows: readonly RecoveryRow[]): string {
  const seconds = rows.map((row) => row.seconds);
  return `median ${median(seconds).toPrecision(2)} s, worst ${Math.max(...seconds).toPrecision(2)} s`;
}

/** For every variant a line, then what was missed, then all rows folded. */
export function recoveryTables(rows: readonly RecoveryRow[]): string[] {
  const variants = [...byVariant(rows)];
  const missed = rows.filter((row) => !row.recovered);
  return [
    ...table(
      ['part', 'recovered', 'index sets right', 'seconds', 'test error / noise floor'],
      variants.map(([variant, part]) => [
        variant,
        countOf(part, (row) => row.recovered),
        countOf(part, (row) => row.labels),
        timesOf(part),
        ratiosOf(part),
      ]),
    ),
    '',
    missed.length === 0 ? 'Nothing was missed.' : 'Missed:',
    '',
    ...missed.map((row) => `* ${missText(row)}`),
    ...(missed.length === 0 ? [] : ['']),
    ...detail(
      `All ${rows.length} rows`,
      table(['part', 'target', 'seed', 'truth', 'found', 'recovered', 'test error', '/ floor', 's'], rows.map(cells)),
    ),
  ];
}

function cells(row: RecoveryRow): string[] {
  const { variant, name, seed, truth, found, recovered, error, floor, seconds } = row;
  const verdict = recovered ? 'yes' : '**no**';
  return [
    variant,
    name,
    `${seed}`,
    truth,
    found,
    verdict,
    error.toPrecision(3),
    (error / floor).toPrecision(3),
    seconds.toFixed(2),
  ];
}

function missText({ variant, name, seed, truth, found, error, floor, reason }: RecoveryRow): string {
  const why = reason === undefined ? '' : `; the search says: ${reason}`;
  return `${variant}, ${name}, seed ${seed}: ${truth} found as ${found}, test error ${(error / floor).toPrecision(3)} × floor${why}`;
}

function ratiosOf(rows: readonly RecoveryRow[]): string {
  const ratios = rows.map(({ error, floor }) => error / floor);
  return `median ${median(ratios).toPrecision(3)}, worst ${Math.max(...ratios).toPrecision(3)}`;
}
