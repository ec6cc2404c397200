import { noiseProblem, searchTensorDecomposition } from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { type AnyGroup, closed } from '../group.js';
import { table } from '../markdown.js';
import { structureText } from '../verdict.js';

interface NullRow {
  readonly seed: number;
  readonly status: string;
  readonly found: string;
  readonly seconds: number;
}

const draws = 100;

/** A target that has nothing to do with the inputs: the answer is that there is no structure. */
export const nullGroup: AnyGroup = closed<readonly NullRow[]>({
  name: 'null',
  title: 'No structure at all',
  run: async ({ seeds, say }) =>
    Array.from({ length: draws }, (_, i) => {
      const seed = 1000 * seeds[0] + i;
      const { train } = noiseProblem({ key: key(seed) });
      const begun = performance.now();
      const { status, structure } = searchTensorDecomposition(train, { method: 'als' });
      const row = { seed, status, found: structureText(structure), seconds: (performance.now() - begun) / 1000 };
      if (status !== 'no-structure') say(`MISS seed ${seed}: ${row.found}`);
      else if (i % 10 === 9) say(`${i + 1} of ${draws}`);
      return row;
    }),
  summarise: (rows) => {
    const count = rows.filter(({ status }) => status === 'no-structure').length;
    return [
      { what: 'noise', reach: '"no structure" in ≥ 97 of 100', seen: `${count} of ${rows.length}`, met: count >= 97 },
    ];
  },
  show: (rows) => {
    const wrong = rows.filter(({ status }) => status !== 'no-structure');
    return [
      `${rows.length} draws of a target N(0, 1) beside ten inputs, 2,000 rows; seeds ${rows[0].seed} to ${rows.at(-1)?.seed}.`,
      '',
      ...(wrong.length === 0
        ? ['"no structure" in all.']
        : table(
            ['seed', 'found', 's'],
            wrong.map(({ seed, found, seconds }) => [`${seed}`, found, seconds.toFixed(2)]),
          )),
    ];
  },
});
