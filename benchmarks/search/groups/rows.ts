import { spawnSync } from 'node:child_process';
import { searchTensorDecomposition, syntheticProblem, syntheticProblems } from '@neuronseek/search';
import { configure } from '@neuronseek/tensor/parallel';
import { key } from '@neuronseek/tensor/random';
import { median } from '../../median.js';
import { type AnyGroup, closed } from '../group.js';
import { detail, table } from '../markdown.js';
import { type RecoveryRow, rowOf } from '../recover.js';
import { countOf } from '../recovery-tables.js';

interface SizeRow extends RecoveryRow {
  readonly rows: number;
  /** Peak of the resident memory of the process, and that before the search, in MiB. */
  readonly peak: number;
  readonly before: number;
}

/** A few targets where all would take an hour: one of each kind, two of the dearest. */
const few = ['pure v2', 'interact v3', 'hybrid v0', 'hybrid v4'];
const sizes = [300, 500, 1000, 2000, 10_000, 100_000, 1_000_000].map((rows) => ({
  rows,
  names: rows > 10_000 ? few : syntheticProblems,
}));

/** Marks a process that measures one size; what follows are rows, name and seed. */
export const sizeChild = '--one-size';

/** One search in a process of its own, printed as JSON. */
export function runSizeChild(rows: number, name: string, seed: number): void {
  configure({ threads: 1 });
  searchTensorDecomposition(syntheticProblem(name, { key: key(seed), rows: 300 }).train, { method: 'als' });
  const problem = syntheticProblem(name, { key: key(seed), rows });
  const before = process.memoryUsage().rss / 2 ** 20;
  const begun = performance.now();
  const result = searchTensorDecomposition(problem.train, { method: 'als' });
  const seconds = (performance.now() - begun) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  const row = rowOf({ variant: `n = ${rows}`, name, seed }, problem, result, seconds);
  console.log(JSON.stringify({ ...row, rows, peak, before } satisfies SizeRow));
}

/** Seconds and memory over the number of rows. */
export const rowsGroup: AnyGroup = closed<readonly SizeRow[]>({
  name: 'rows',
  title: 'From 300 to 10⁶ rows, D = 10',
  run: async ({ seeds, say }) =>
    sizes.flatMap(({ rows, names }) =>
      names.map((name) => {
        const args = [...process.execArgv, process.argv[1], sizeChild, `${rows}`, name, `${seeds[0]}`];
        const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
        if (run.status !== 0) throw new Error(`${rows} rows, ${name}: ${run.stderr}`);
        const row: SizeRow = JSON.parse(run.stdout);
        say(
          `${row.recovered ? 'ok  ' : 'MISS'} ${rows} rows, ${name}: ${row.seconds.toFixed(2)} s, ${row.peak.toFixed(0)} MiB`,
        );
        return row;
      }),
    ),
  summarise: (all) => {
    const large = all.filter(({ rows }) => rows === 1_000_000);
    const [seconds, peak] = [Math.max(...large.map((row) => row.seconds)), Math.max(...large.map((row) => row.peak))];
    return [
      {
        what: '10⁶ rows, worst',
        reach: '< 60 s and < 1.5 GB',
        seen: `${seconds.toPrecision(3)} s, ${gigabytes(peak)} GB`,
        met: seconds < 60 && peak * 2 ** 20 < 1.5e9,
      },
      { what: 'recovered at all sizes', reach: '', seen: countOf(all, (row) => row.recovered), met: undefined },
    ];
  },
  show: (all) => [
    `Every search in a process of its own, warm; up to 10⁴ rows all fifteen targets, then ${few.join(', ')}. Memory is the peak of the whole process, the data`,
    'and their generation included.',
    '',
    ...table(
      ['rows', 'recovered', 'median s', 'worst s', 'µs a row (median)', 'peak memory, worst', 'before the search'],
      sizes.flatMap(({ rows }) => {
        const part = all.filter((row) => row.rows === rows);
        if (part.length === 0) return [];
        const middle = median(part.map((row) => row.seconds));
        return [
          [
            rows.toLocaleString('en'),
            countOf(part, (row) => row.recovered),
            middle.toPrecision(3),
            Math.max(...part.map((row) => row.seconds)).toPrecision(3),
            ((1e6 * middle) / rows).toFixed(0),
            `${gigabytes(Math.max(...part.map((row) => row.peak)))} GB`,
            `${gigabytes(Math.max(...part.map((row) => row.before)))} GB`,
          ],
        ];
      }),
    ),
    '',
    ...detail(
      'All rows',
      table(
        ['rows', 'target', 'truth', 'found', 'recovered', '/ floor', 's', 'GB'],
        all.map((row) => [
          row.rows.toLocaleString('en'),
          row.name,
          row.truth,
          row.found,
          row.recovered ? 'yes' : '**no**',
          (row.error / row.floor).toPrecision(3),
          row.seconds.toFixed(2),
          gigabytes(row.peak),
        ]),
      ),
    ),
  ],
});

const gigabytes = (mebibytes: number): string => ((mebibytes * 2 ** 20) / 1e9).toPrecision(3);
