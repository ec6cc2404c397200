import { evaluate, type Neuron, print } from '@neuronseek/neurons';
import {
  type FoundNeuron,
  type NamedSearch,
  searchTensorDecomposition,
  searchVectorizedSR,
  stability,
} from '@neuronseek/search';
import { concat, matmul, ones, type Tensor } from '@neuronseek/tensor';
import { lstsq } from '@neuronseek/tensor/linalg';
import { type Key, key } from '@neuronseek/tensor/random';
import { type AnyGroup, closed, type RunContext } from '../group.js';
import { loadTable, type NumericTable, type SplitTable, splitTable } from '../load-table.js';
import { errorLines, stabilityLines } from '../real-tables.js';
import { structureText } from '../verdict.js';

/** What a method came to on one split of a table. */
export interface SplitRow {
  readonly table: string;
  readonly rows: number;
  readonly inputs: number;
  readonly method: string;
  readonly seed: number;
  readonly structure: string;
  /** Mean squared error of the test rows over the variance of their target. */
  readonly error: number;
  readonly seconds: number;
}

/** How often structures came back over bootstraps of the training rows of the first split. */
export interface StudyRow {
  readonly table: string;
  readonly method: string;
  readonly counted: number;
  readonly structures: readonly { readonly name: string; readonly count: number }[];
  readonly terms: readonly { readonly name: string; readonly count: number }[];
  readonly jaccard: number;
}

interface TablesData {
  readonly splits: readonly SplitRow[];
  readonly studies: readonly StudyRow[];
  readonly skipped: readonly string[];
}

const names = ['airfoil_self_noise', 'concrete', 'diabetes', 'energy_heating', 'power_plant', 'yacht'];

/** The searches, by the names that `stability` knows. */
const methods: readonly {
  readonly name: string;
  readonly search: NamedSearch;
  readonly run: (data: SplitTable['train'], own: Key) => FoundNeuron;
}[] = [
  {
    name: 'als',
    search: { method: 'als' },
    run: (data, own) => searchTensorDecomposition(data, { method: 'als', key: own }),
  },
  {
    name: 'gates',
    search: { method: 'gates' },
    run: (data, own) => searchTensorDecomposition(data, { method: 'gates', key: own }),
  },
  { name: 'TN-SR', search: { method: 'vectorized' }, run: (data, own) => searchVectorizedSR(data, { key: own }) },
];

const bootstraps = 20;

async function runTable(
  name: string,
  table: NumericTable,
  { seeds, say }: RunContext,
): Promise<Omit<TablesData, 'skipped'>> {
  const size = { table: name, rows: table.rows.length, inputs: table.columns.length - 1 };
  const splits = seeds.flatMap((seed) => {
    const { train, test } = splitTable(table, key(seed));
    const rows = methods.map(({ name: method, run }): SplitRow => {
      const begun = performance.now();
      const { neuron } = run(train, key(seed));
      const seconds = (performance.now() - begun) / 1000;
      const error = shareLeft(evaluate(neuron, test.x), test.y);
      return { ...size, method, seed, structure: textOf(neuron), error, seconds };
    });
    const error = shareLeft(linearPrediction(train, test.x), test.y);
    return [...rows, { ...size, method: 'linear regression', seed, structure: 'P1', error, seconds: 0 }];
  });
  for (const { method, seed, structure, error } of splits)
    say(`${name}, seed ${seed}, ${method}: ${error.toPrecision(3)}, ${structure}`);
  const studies: StudyRow[] = [];
  const { train } = splitTable(table, key(seeds[0]));
  for (const { name: method, search } of methods) {
    const { counted, structures, terms, jaccard } = await stability(search, train, { key: key(seeds[0]), bootstraps });
    const short = (list: typeof structures): StudyRow['structures'] =>
      list.map(({ name: text, count }) => ({ name: text, count }));
    studies.push({ table: name, method, counted, structures: short(structures), terms: short(terms), jaccard });
    say(`${name}, ${method}: ${structures[0]?.name} in ${structures[0]?.count} of ${counted}`);
  }
  return { splits, studies };
}

/** Six tables of measurements: structures, how stable they are, and what they predict. */
export const tablesGroup: AnyGroup = closed<TablesData>({
  name: 'tables',
  title: 'Real tables',
  run: async (context) => {
    const parts: Omit<TablesData, 'skipped'>[] = [];
    const skipped: string[] = [];
    for (const name of names) {
      const table = loadTable(name);
      if (typeof table === 'string') {
        context.say(`skipped: ${name} (${table})`);
        skipped.push(name);
      } else {
        parts.push(await runTable(name, table, context));
      }
    }
    if (parts.length === 0) return 'the tables are absent';
    return { splits: parts.flatMap(({ splits }) => splits), studies: parts.flatMap(({ studies }) => studies), skipped };
  },
  summarise: ({ splits }) => {
    const done = new Set(splits.map(({ table }) => table)).size;
    return [
      {
        what: 'tables',
        reach: 'structures, frequencies and errors shown',
        seen: `${done} of ${names.length}`,
        met: done === names.length,
      },
    ];
  },
  show: ({ splits, studies, skipped }) => [
    'Columns and target standardised by the training rows. Error: mean squared error of a fifth of the rows, held out, over the variance of their target (1 − R²), medians over',
    'the splits. Frequencies: searches of 20 bootstraps of the training rows of the first split.',
    ...(skipped.length === 0 ? [] : ['', `Skipped, because absent: ${skipped.join(', ')}.`]),
    '',
    ...errorLines(splits),
    '',
    ...stabilityLines(studies),
  ],
});

function linearPrediction({ x, y }: SplitTable['train'], at: Tensor): Tensor {
  const withConstant = (t: Tensor): Tensor => concat([t, ones([t.shape[0], 1])], { axis: 1 });
  return matmul(withConstant(at), lstsq(withConstant(x), y).solution);
}

function shareLeft(predicted: Tensor, target: Tensor): number {
  const [got, want] = [predicted.toTypedArray(), target.toTypedArray()].map((values) => Array.from(values, Number));
  const mean = want.reduce((sum, v) => sum + v, 0) / want.length;
  const squares = (f: (v: number, i: number) => number): number => want.reduce((sum, v, i) => sum + f(v, i) ** 2, 0);
  return squares((v, i) => v - got[i]) / squares((v) => v - mean);
}

/** Terms of a polynomial neuron, or the formula. */
function textOf(neuron: Neuron): string {
  if (neuron.kind === 'expression') return print(neuron, { format: 'pretty' });
  const interaction = neuron.interaction.flatMap((i) => ('rank' in i ? [{ order: i.order, rank: i.rank }] : []));
  return structureText({ power: neuron.power.map(({ order }) => order), interaction });
}
