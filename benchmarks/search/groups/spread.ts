import {
  type NamedSearch,
  type SearchFunction,
  searchMetaSymNet,
  stability,
  syntheticProblem,
} from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { median } from '../../median.js';
import { type AnyGroup, closed } from '../group.js';
import { table } from '../markdown.js';
import { squaredError } from '../recover.js';

interface SpreadRow {
  readonly method: string;
  readonly counted: number;
  readonly structures: readonly { readonly name: string; readonly count: number }[];
  /** Test errors over the noise floor, one a run. */
  readonly ratios: readonly number[];
  readonly jaccard: number;
  /** Seconds of each run. */
  readonly seconds: readonly number[];
}

/** Keys of every method on the same rows. */
const keys = 20;
const target = 'hybrid v4';

/** Few enough that the slowest method takes half a minute. */
const size = { inputs: 5, rows: 500 };

const methods: readonly { readonly name: string; readonly search: NamedSearch | SearchFunction }[] = [
  { name: 'als', search: { method: 'als' } },
  { name: 'gates', search: { method: 'gates' } },
  { name: 'TN-SR', search: { method: 'vectorized' } },
  { name: 'genetic programming', search: { method: 'genetic' } },
  { name: 'EQL', search: { method: 'eql' } },
  { name: 'MetaSymNet', search: (data, { key: own }) => searchMetaSymNet(data, { key: own }) },
];

/** How much the answer depends on the key. */
export const spreadGroup: AnyGroup = closed<readonly SpreadRow[]>({
  name: 'spread',
  title: 'Twenty keys on one data set, all methods',
  run: async ({ seeds, say }) => {
    const { train, test, truth } = syntheticProblem(target, { key: key(seeds[0]), ...size });
    const rows: SpreadRow[] = [];
    for (const { name, search } of methods) {
      const seconds: number[] = [];
      let last = performance.now();
      const report = await stability(search, train, {
        key: key(seeds[0]),
        bootstraps: 0,
        seeds: keys,
        onProgress: ({ done }) => {
          const now = performance.now();
          seconds.push((now - last) / 1000);
          last = now;
          if (done % 5 === 0) say(`${name}: ${done} of ${keys}`);
        },
      });
      const ratios = report.runs.flatMap(({ neuron }) =>
        neuron === undefined ? [] : [squaredError(neuron, test) / truth.noiseFloor],
      );
      const structures = report.structures.map(({ name: text, count }) => ({ name: text, count }));
      rows.push({ method: name, counted: report.counted, structures, ratios, jaccard: report.jaccard, seconds });
      say(`${name}: ${structures.length} structures in ${report.counted}, ${median(seconds).toFixed(1)} s each`);
    }
    return rows;
  },
  summarise: (rows) =>
    rows.map(({ method, counted, structures }) => {
      const most = structures[0]?.count ?? 0;
      const aimed = method === 'als';
      return {
        what: method,
        reach: aimed ? `identical in ${keys} of ${keys}` : '',
        seen: `${most} of ${counted} alike`,
        met: aimed ? most === keys : undefined,
      };
    }),
  show: (rows) => [
    `'${target}' (P2 I3), ${size.inputs} inputs, ${size.rows} rows, base noise; default options, only the key differs. Formulas are alike where they have the same terms, constants aside.`,
    '',
    ...table(
      [
        'method',
        'different structures',
        'most frequent (times)',
        'test error / noise floor: least, median, most',
        'Jaccard',
        'median s',
      ],
      rows.map(({ method, counted, structures, ratios, jaccard, seconds }) => [
        method,
        `${structures.length} in ${counted}`,
        structures[0] === undefined ? '' : `${shorter(structures[0].name)} (${structures[0].count})`,
        [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toPrecision(3)).join(', '),
        jaccard.toPrecision(3),
        median(seconds).toPrecision(2),
      ]),
    ),
  ],
});

/** Formulas can be long. */
function shorter(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
