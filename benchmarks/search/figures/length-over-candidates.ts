import { syntheticProblem } from '@neuronseek/search';
import { flatten } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { lineChart } from 'neuronseek';
import { createMemory } from '../../../packages/search/src/als/memory.js';
import { powerMoments } from '../../../packages/search/src/als/power-stream.js';
import { createProblem, whiten } from '../../../packages/search/src/als/problem.js';
import { propose } from '../../../packages/search/src/als/propose.js';
import { regression } from '../../../packages/search/src/als/response.js';
import { spectra } from '../../../packages/search/src/als/spectra.js';
import {
  type Context,
  emptyState,
  polish,
  residualOf,
  type State,
  withAtoms,
} from '../../../packages/search/src/als/state.js';
import { dots } from './themed.js';

const maxOrder = 5;
const noise = 0.3;

/** Orders of the products of a candidate; every set of powers is tried beside each. */
const products: readonly (readonly number[])[] = [[], [2], [3], [4], [2, 3], [3, 3]];

/** Deviance and description length of 192 structures, by their number of terms, for one target. */
export function lengthOverCandidates(): string {
  const { train } = syntheticProblem('hybrid v4', { key: key(405), rows: 500, noise });
  const memory = createMemory();
  const states = candidates(contextOf(memory, train));
  memory.release();
  const count = ({ powers, orders }: State): number => powers.length + orders.length;
  const most = Math.max(...states.map(count));
  const best = (of: (state: State) => number): [number, number][] =>
    Array.from({ length: most + 1 }, (_, terms) => [
      terms,
      Math.min(...states.filter((state) => count(state) === terms).map(of)),
    ]);
  return lineChart({
    title: `Description length of ${states.length} structures, target P2 I3 with 30 % noise, 500 rows`,
    xLabel: 'terms of the structure (powers and products)',
    yLabel: 'deviance and description length, half nats',
    yScale: 'linear',
    width: 560,
    height: 340,
    series: [
      { label: 'a structure (dots)', points: dots(states.map((state) => [count(state), state.score])), tone: 'muted' },
      { label: 'deviance of the best', points: best(({ deviance }) => deviance), tone: 'ink', dashed: true },
      { label: 'description length of the best', points: best(({ score }) => score), tone: 'accent' },
    ],
  });
}

function contextOf(
  memory: ReturnType<typeof createMemory>,
  { x, y }: ReturnType<typeof syntheticProblem>['train'],
): Context {
  const [rows, inputs] = x.shape;
  const values = flatten(x);
  const target = Float64Array.from(flatten(y));
  const mean = target.reduce((sum, v) => sum + v, 0) / rows;
  const deviation = Math.sqrt(target.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows);
  const response = regression([target.map((v) => (v - mean) / deviation)]);
  const at = (i: number, d: number): number => values[i * inputs + d];
  const problem = createProblem(memory, rows, inputs, maxOrder, at, response.likelihoods, 1);
  const moments = powerMoments(problem);
  return { problem, response, whitened: whiten(problem), moments, thin: undefined, key: key(0) };
}

/** Every set of powers beside every list of products, which are added one at a time. */
function candidates(context: Context): State[] {
  const sets = Array.from({ length: 2 ** maxOrder }, (_, bits) =>
    Array.from({ length: maxOrder }, (_, k) => k + 1).filter((order) => bits & (1 << (order - 1))),
  );
  return products.flatMap((orders) =>
    sets.map((powers) => {
      const start = polish(context, emptyState(context), {}, powers);
      return orders.reduce((state, order, depth) => {
        const [{ values, errors }] = residualOf(context, state);
        const center = values.reduce((sum, v) => sum + v, 0) / values.length;
        const target = { values: values.map((v) => v - center), roots: undefined };
        const effort = { starts: () => 12, kept: 4, lifted: 2 };
        const found = spectra(context.problem, context.whitened, errors);
        const { atom } = propose(context.problem, target, order, found, effort, key(depth));
        return polish(context, { parameters: withAtoms(state.parameters, [atom]) }, {}, powers);
      }, start);
    }),
  );
}
