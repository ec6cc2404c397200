import { toJSON } from '@neuronseek/neurons';
import { stability, syntheticProblem } from '@neuronseek/search';
import { configure } from '@neuronseek/tensor/parallel';
import { key } from '@neuronseek/tensor/random';
import { median } from '../../median.js';
import { type AnyGroup, closed } from '../group.js';
import { table } from '../markdown.js';

interface ThreadsRow {
  readonly what: string;
  /** Seconds, by rounds. */
  readonly one: readonly number[];
  readonly two: readonly number[];
  /** Whether all rounds on one thread and on two found the same. */
  readonly same: boolean;
}

/** Rounds, after some that are not counted: threads start, and each compiles for itself. */
const [rounds, warm] = [3, 1];
const size = { rows: 1000 };

const studies = [
  { what: '8 bootstraps', bootstraps: 8, seeds: 1 },
  { what: '20 seeds', bootstraps: 0, seeds: 20 },
];

/** Whole runs on two threads, in turn with the same on one. */
export const threadsGroup: AnyGroup = closed<readonly ThreadsRow[]>({
  name: 'threads',
  title: 'Seeds and bootstraps on two threads',
  run: async ({ seeds, say }) => {
    const { train } = syntheticProblem('hybrid v4', { key: key(seeds[0]), ...size });
    const rows: ThreadsRow[] = [];
    // Once: a change ends the threads, and to start them takes longer here, where each brings a loader of TypeScript with it.
    configure({ threads: 2 });
    for (const { what, ...counts } of studies) {
      const found = new Set<string>();
      const time = async (threads: number): Promise<number> => {
        const begun = performance.now();
        const { runs } = await stability({ method: 'als' }, train, { ...counts, key: key(7), threads });
        const seconds = (performance.now() - begun) / 1000;
        found.add(JSON.stringify(runs.map(({ status, neuron }) => [status, neuron && toJSON(neuron)])));
        return seconds;
      };
      const [one, two]: [number[], number[]] = [[], []];
      for (let round = -warm; round < rounds; round++) {
        const times = [await time(1), await time(2)];
        if (round < 0) continue;
        one.push(times[0]);
        two.push(times[1]);
        say(`${what}: ${times.map((seconds) => `${seconds.toFixed(2)} s`).join(', ')}`);
      }
      rows.push({ what, one, two, same: found.size === 1 });
    }
    configure({ threads: 1 });
    return rows;
  },
  summarise: (rows) =>
    rows.map(({ what, one, two }) => {
      const ratio = median(one) / median(two);
      return { what, reach: '≥ 1.7 ×', seen: `${ratio.toPrecision(3)} ×`, met: ratio >= 1.7 };
    }),
  show: (rows) => [
    "`stability({ method: 'als' }, …)` on 'hybrid v4', 1,000 rows and 10 inputs, by one thread and by two in turn; medians of the rounds.",
    '',
    ...table(
      ['study', 'one thread, s', 'two threads, s', 'ratio', 'same bits'],
      rows.map(({ what, one, two, same }) => [
        what,
        median(one).toPrecision(3),
        median(two).toPrecision(3),
        (median(one) / median(two)).toPrecision(3),
        same ? 'yes' : '**no**',
      ]),
    ),
  ],
});
