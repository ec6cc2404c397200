import { equivalent, print } from '@neuronseek/neurons';
import { nguyen, sampleProblem, searchGeneticProgramming } from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { median } from '../../median.js';
import { type AnyGroup, closed } from '../group.js';
import { detail, table } from '../markdown.js';

interface NguyenRow {
  readonly problem: number;
  readonly formula: string;
  readonly seed: number;
  readonly found: string;
  readonly equivalent: boolean;
  /** 'exact' where algebra decided, 'sampled' where values did. */
  readonly decided: string;
  readonly seconds: number;
}

/** Seeds of this group: the benchmark wants ten. */
const seedsEach = 10;

/** Nguyen 1 to 8 by genetic programming over the features. */
export const nguyenGroup: AnyGroup = closed<readonly NguyenRow[]>({
  name: 'nguyen',
  title: 'Symbolic regression over features: Nguyen 1–8',
  run: async ({ seeds, say }) =>
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) =>
      Array.from({ length: seedsEach }, (_, i) => {
        const problem = nguyen(number);
        const { neuron: truth, formula } = problem;
        if (truth === undefined) throw new Error(`Nguyen ${number} has no formula`);
        const seed = seeds[0] + i;
        const { train } = sampleProblem(problem, { key: key(seed) });
        const begun = performance.now();
        const result = searchGeneticProgramming(train, { key: key(seed), features: problem.features });
        const seconds = (performance.now() - begun) / 1000;
        const answer = equivalent(result.neuron, truth);
        const found = print(result.neuron, { format: 'text' });
        const row = {
          problem: number,
          formula,
          seed,
          found,
          equivalent: answer.equivalent,
          decided: answer.method,
          seconds,
        };
        say(`${row.equivalent ? 'ok  ' : 'MISS'} Nguyen ${number}, seed ${seed}: ${found}, ${seconds.toFixed(1)} s`);
        return row;
      }),
    ),
  summarise: (rows) => {
    const count = rows.filter((row) => row.equivalent).length;
    const worst = Math.max(...rows.map(({ seconds }) => seconds));
    return [
      {
        what: 'exactly recovered',
        reach: '≥ 70 of 80',
        seen: `${count} of ${rows.length}`,
        met: count * 80 >= 70 * rows.length,
      },
      { what: 'time of each', reach: '< 60 s', seen: `worst ${worst.toFixed(1)} s`, met: worst < 60 },
    ];
  },
  show: (rows) => [
    '`searchGeneticProgramming` with default options on the 20 rows of the benchmark, keys 1 to 10; recovered where `equivalent` says that formula and truth are the',
    'same function, constants as the search returns them.',
    '',
    ...table(
      ['problem', 'formula', 'recovered', 'decided', 'median s', 'worst s'],
      [...new Set(rows.map(({ problem }) => problem))].map((number) => {
        const part = rows.filter(({ problem }) => problem === number);
        const seconds = part.map((row) => row.seconds);
        return [
          `${number}`,
          `\`${part[0].formula}\``,
          `${part.filter((row) => row.equivalent).length} of ${part.length}`,
          [...new Set(part.map(({ decided }) => decided))].join(', '),
          median(seconds).toPrecision(2),
          Math.max(...seconds).toPrecision(2),
        ];
      }),
    ),
    '',
    ...detail(
      `All ${rows.length} rows`,
      table(
        ['problem', 'seed', 'found', 'recovered', 's'],
        rows.map(({ problem, seed, found, equivalent: same, seconds }) => [
          `${problem}`,
          `${seed}`,
          `\`${found}\``,
          same ? 'yes' : '**no**',
          seconds.toFixed(2),
        ]),
      ),
    ),
  ],
});
