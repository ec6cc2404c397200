import { median } from '../median.js';
import type { Group, Row, Timer } from './row.js';

/** Times of one contestant, milliseconds a call, one a round; or why there are none. */
export type Figure = readonly number[] | string;

/** What was measured for a row: plain data, since it comes from another process. */
export interface Measured {
  readonly name: string;
  readonly kernel?: Figure;
  readonly api?: Figure;
  readonly peers: Readonly<Record<string, Figure>>;
}

/** Rows whose name has this text in it; all for an empty one. */
export function chosenRows(group: Group, only: string): readonly Row[] {
  return group.rows.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
}

interface Entry {
  readonly timer: Timer | undefined;
  figure: number[] | string;
}

/** Measures some rows. A round goes through all of them and their contestants, so that a disturbance of the machine meets all alike. */
export async function runRows(rows: readonly Row[], rounds: number): Promise<Measured[]> {
  const entries: ReadonlyMap<string, Entry>[] = [];
  for (const row of rows) {
    const { kernel, api, peers } = await row.prepare();
    const all = Object.entries({ kernel, api, ...peers });
    entries.push(new Map(all.flatMap(([name, timer]) => (timer === undefined ? [] : [[name, entry(timer)]]))));
  }
  for (let round = -1; round < rounds; round++) {
    for (const row of entries) {
      for (const contestant of row.values()) await takeTurn(contestant, round);
    }
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return rows.map(({ name }, i) => {
    const figures = Object.fromEntries([...entries[i]].map(([who, { figure }]): [string, Figure] => [who, figure]));
    const { kernel, api, ...peers } = figures;
    return { name, kernel, api, peers };
  });
}

/** One that fails is out; the others go on. */
async function takeTurn(contestant: Entry, round: number): Promise<void> {
  const { timer, figure } = contestant;
  if (timer === undefined || typeof figure === 'string') return;
  try {
    const ms = await timer(round);
    if (round >= 0) figure.push(ms);
  } catch (error) {
    contestant.figure = String(error);
  }
}

const entry = (timer: Timer | string): Entry =>
  typeof timer === 'string' ? { timer: undefined, figure: timer } : { timer, figure: [] };

/** How many times as fast `ours` is as `theirs`, by medians; undefined where one was not measured. */
export function speedRatio(ours: Figure | undefined, theirs: Figure | undefined): number | undefined {
  if (ours === undefined || theirs === undefined || typeof ours === 'string' || typeof theirs === 'string')
    return undefined;
  return median(theirs) / median(ours);
}
