import { searchTensorDecomposition, syntheticProblem, syntheticProblems } from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { lineChart } from 'neuronseek';
import { ranksRight } from '../verdict.js';

const noises = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];
const seeds = [411, 412, 413];

/** Targets by what is in them; hybrid v2 alone, whose product is 0.007 % of the variance. */
const kinds = [
  { label: 'powers', belongs: (name: string) => name.startsWith('pure'), tone: 'ink', dashed: false },
  { label: 'products', belongs: (name: string) => name.startsWith('interact'), tone: 'ink', dashed: true },
  {
    label: 'both',
    belongs: (name: string) => name.startsWith('hybrid') && name !== 'hybrid v2',
    tone: 'accent',
    dashed: false,
  },
  {
    label: 'both, the product tiny (hybrid v2)',
    belongs: (name: string) => name === 'hybrid v2',
    tone: 'muted',
    dashed: false,
  },
] as const;

/** The share of targets whose structure is found, ranks included, by the noise that is added. */
export function recoveryAgainstNoise(): string {
  const found = noises.map((noise) =>
    seeds.flatMap((seed) =>
      syntheticProblems.map((name) => {
        const { train, truth } = syntheticProblem(name, { key: key(seed), noise });
        return { name, right: ranksRight(truth, searchTensorDecomposition(train, { method: 'als' }).structure) };
      }),
    ),
  );
  return lineChart({
    title: 'Structures found against noise, 10 inputs, 2,000 rows',
    xLabel: 'added noise, % of the deviation of the target',
    yLabel: '% of the structures that are found exactly',
    yBounds: [0, 100],
    yScale: 'linear',
    width: 560,
    height: 320,
    series: kinds.map(({ label, belongs, tone, dashed }) => ({
      label,
      tone,
      dashed,
      points: noises.map((noise, i) => {
        const own = found[i].filter(({ name }) => belongs(name));
        return [100 * noise, (100 * own.filter(({ right }) => right).length) / own.length] as const;
      }),
    })),
  });
}
