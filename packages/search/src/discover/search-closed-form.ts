import { printStructure } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import { alsDefaults } from '../als/options.js';
import type { AlsResult } from '../als/search-als.js';
import { searchTensorDecomposition } from '../search-tensor-decomposition.js';
import { withoutUndefined } from '../without-undefined.js';
import { type ClosedFormChoice, type DiscoverOptions, searchMethods } from './options.js';
import type { Prepared } from './prepare.js';
import type { AlsSummary, FoundTermSummary } from './report.js';
import type { Searched } from './searched.js';
import { termShares } from './term-shares.js';

/** Searches that a doubtful result may lead to, the first included: progress counts towards them. */
const tries = 1 + alsDefaults.retries;

/** The closed-form search on the training rows, and what is to be said of it. */
export function searchClosedForm(
  prepared: Prepared,
  options: DiscoverOptions,
  choice: ClosedFormChoice,
  key: Key,
): Searched {
  const { signal, onProgress } = options;
  const { train, target, inputs } = prepared;
  const settings = { ...withoutUndefined(choice), method: 'als' } as const;
  const { maxProducts = alsDefaults.maxProducts } = settings;
  // Nobody knows beforehand how many steps there will be; the bar fills by ever smaller parts.
  const total = tries * (maxProducts + 1);
  let steps = 0;
  const found = searchTensorDecomposition(train, {
    ...settings,
    key,
    task: target.task,
    features: inputs.map(({ name }) => name),
    signal,
    onProgress: ({ structure, score }) => {
      steps++;
      const detail = `${printStructure(structure) || 'no term'}: description length ${score.toFixed(1)}`;
      onProgress?.({ phase: 'search', done: total * (1 - 0.5 ** (steps / (maxProducts + 1))), total, detail });
    },
  });
  if (steps > 0) onProgress?.({ phase: 'search', done: total, total, detail: printStructure(found.structure) });
  const shares = termShares(found.neuron, train.x);
  const { status, structure, neuron, reason, trace, confirmation } = found;
  const summary: AlsSummary = {
    method: 'als',
    name: searchMethods.als,
    status,
    terms: found.terms.map((term, t): FoundTermSummary => ({ ...term, variance: shares[t], reason: whyKept(term) })),
    variables: found.variables.map((d) => inputs[d].name),
    tries: found.tries,
    ...(confirmation === undefined ? {} : { confirmation }),
    ...(reason === undefined ? {} : { doubt: reason }),
    steps: trace.map(({ structure: shape, deviance, score }) => ({
      structure: printStructure(shape),
      deviance,
      score,
    })),
  };
  return { structure, neuron, summary, remarks: remarksOn(found, inputs.length) };
}

function whyKept({ stream, rank, gain, noise }: AlsResult['terms'][number]): string {
  const what = stream === 'power' ? 'it' : rank === 1 ? 'its product' : 'its weakest product';
  return `without ${what} the deviance is ${gain.toFixed(1)} higher; in noise the best such term gains ${noise.toFixed(1)} at most, nearly always`;
}

function remarksOn({ status, reason, tries: made }: AlsResult, inputs: number): string[] {
  if (status === 'aborted') return ['The search was aborted; the structure is what it had reached by then.'];
  if (status === 'no-structure') {
    return [
      `The search found no structure in these data (${reason ?? 'no term gains more than it would in noise'}), and the network uses linear neurons instead.`,
    ];
  }
  if (reason === undefined) return [];
  const ways = made === 1 ? 'one search' : `${made} searches`;
  return [
    `The structure is to be doubted after ${ways} in ${inputs} inputs: ${reason}. Read its terms as useful here, not as true.`,
  ];
}
