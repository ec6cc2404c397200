import { median } from '../median.js';
import { releaseResidents } from './data.js';
import type { NumPy } from './numpy.js';
import type { Group, Row, Timer } from './row.js';

/** Times of one contestant, milliseconds a call, one a round; or why there are none. */
export type Figure = readonly number[] | string;

/** What was measured for a row; the first peers are those with a floor. */
export interface Measured {
  readonly row: Row;
  readonly kernel: Figure | undefined;
  readonly api: Figure | undefined;
  readonly peers: ReadonlyMap<string, Figure>;
}

interface Entry {
  readonly timer: Timer | undefined;
  readonly figure: number[] | string;
}

/**
 * Measures the rows of a group whose name has `only` in it. A round goes through all rows and all their contestants, so that a disturbance of
 * the machine meets all of them alike.
 */
export async function runGroup(group: Group, only: string, rounds: number, numpy: NumPy): Promise<Measured[]> {
  const rows = group.rows.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  if (rows.length === 0) return [];
  const entries: ReadonlyMap<string, Entry>[] = [];
  for (const row of rows) {
    const { kernel, api, peers } = await row.prepare();
    const all = Object.entries({ kernel, api, ...peers });
    entries.push(new Map(all.flatMap(([name, timer]) => (timer === undefined ? [] : [[name, entry(timer)]]))));
  }
  for (let round = -1; round < rounds; round++) {
    for (const row of entries) {
      for (const { timer, figure } of row.values()) {
        const ms = await timer?.(round);
        if (round >= 0 && ms !== undefined && typeof figure !== 'string') figure.push(ms);
      }
    }
    process.stderr.write(round < 0 ? `${group.title}: ` : `${round + 1} `);
  }
  process.stderr.write('\n');
  releaseResidents();
  await numpy.forget();
  return rows.map((row, i) => {
    const figures = new Map([...entries[i]].map(([name, { figure }]): [string, Figure] => [name, figure]));
    const [kernel, api] = [figures.get('kernel'), figures.get('api')];
    figures.delete('kernel');
    figures.delete('api');
    return { row, kernel, api, peers: figures };
  });
}

const entry = (timer: Timer | string): Entry =>
  typeof timer === 'string' ? { timer: undefined, figure: timer } : { timer, figure: [] };

/** How many times as fast `ours` is as `theirs`, by medians; undefined where one was not measured. */
export function speedRatio(ours: Figure | undefined, theirs: Figure | undefined): number | undefined {
  if (ours === undefined || theirs === undefined || typeof ours === 'string' || typeof theirs === 'string')
    return undefined;
  return median(theirs) / median(ours);
}
