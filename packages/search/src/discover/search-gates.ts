import { crossEntropy, mse } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import type { SearchResult } from '../gates/result.js';
import { searchTensorDecomposition } from '../search-tensor-decomposition.js';
import { withoutUndefined } from '../without-undefined.js';
import { type DiscoverOptions, type GatesChoice, searchMethods } from './options.js';
import type { Prepared } from './prepare.js';
import type { GatesSummary } from './report.js';
import { searchPlan } from './search-plan.js';
import type { Searched } from './searched.js';

/** A search with orders up to `maxOrder`, and the loss of its neuron on the validation rows. */
export interface TriedOrder {
  readonly maxOrder: number;
  readonly validation: number;
}

/** Highest orders that are tried, the published one last. */
const ladder: readonly number[] = [2, 3, 5];
/** Epochs of the search that the report draws. */
const mostEpochs = 400;

/** The gated search, and what is to be said of it. */
export function searchGates(prepared: Prepared, options: DiscoverOptions, choice: GatesChoice, key: Key): Searched {
  const { found, tried } = searchOrders(prepared, options, choice, key);
  const { structure, neuron, status, terms, trace } = found;
  const summary: GatesSummary = {
    method: 'gates',
    name: searchMethods.gates,
    status,
    epochs: trace.length,
    terms,
    trace: thin(trace).map(({ epoch, loss, lambda, gates }) => ({ epoch, loss, lambda, gates })),
  };
  return { structure, neuron, summary, remarks: remarksOn(found, tried, choice) };
}

/**
 * Runs the search once for every highest order and keeps the one whose neuron is best on the validation rows. The penalty of the published
 * search is paid on training loss alone, so in a small table it keeps high orders that have merely learnt the rows by heart.
 * Ties go to the lower order. After an abort the status is 'aborted', whichever search is kept. A `maxOrder` in the options is used as it is.
 */
export function searchOrders(
  prepared: Prepared,
  options: DiscoverOptions,
  choice: GatesChoice,
  key: Key,
): { readonly found: SearchResult; readonly tried: readonly TriedOrder[] } {
  const { signal, onProgress } = options;
  const settings = withoutUndefined(choice);
  const { train, validation, target, inputs } = prepared;
  const lossOf = target.task === 'regression' ? mse : crossEntropy;
  const orders = settings.maxOrder === undefined ? ladder : [settings.maxOrder];
  const tried: TriedOrder[] = [];
  let aborted = false;
  let best: { readonly found: SearchResult; readonly loss: number } | undefined;
  for (const maxOrder of orders) {
    const found = searchTensorDecomposition(train, {
      ...searchPlan(prepared),
      ...settings,
      method: 'gates',
      maxOrder,
      validation,
      key,
      task: target.task,
      features: inputs.map(({ name }) => name),
      signal,
      onProgress: ({ epoch, epochs, phase, loss, gates }) => {
        const open = gates.filter((p) => p > 0.5).length;
        const detail = `orders up to ${maxOrder}, ${phase}: loss ${loss.toFixed(4)}, ${open} of ${gates.length} gates open`;
        onProgress?.({ phase: 'search', done: tried.length * epochs + epoch, total: orders.length * epochs, detail });
      },
    });
    const loss = lossOf(evaluate(found.neuron, validation.x), validation.y).item();
    tried.push({ maxOrder, validation: loss });
    if (!best || loss < best.loss) best = { found, loss };
    aborted = found.status === 'aborted';
    if (aborted) break;
  }
  if (!best) throw new RangeError('searchOrders: no order to try');
  return { found: aborted ? { ...best.found, status: 'aborted' } : best.found, tried };
}

function remarksOn({ status, structure }: SearchResult, tried: readonly TriedOrder[], choice: GatesChoice): string[] {
  const list: string[] = [];
  const { power, interaction } = structure;
  const empty = power.length + interaction.length === 0;
  if (status === 'no-structure') {
    list.push(
      'No term was worth its penalty: the search found no structure in these data, and the network uses linear neurons instead.',
    );
  } else if (!empty && choice.evaluation !== 'fits' && (choice.trialSteps ?? (choice.paper ? 0 : 1)) === 0) {
    list.push(
      'The structure comes from one run of the gate search with one seed. On synthetic data that method keeps false terms beside true ones (its public reference recovers 1 of 15 structures exactly), so read a kept term as "useful here", not as "true".',
    );
  }
  if (status === 'diverged') {
    const instead = empty ? ', and the network uses linear neurons instead' : '';
    list.push(`The search ended early because its loss was no longer finite${instead}.`);
  }
  if (status === 'aborted') list.push('The search was aborted; the structure is what it had reached by then.');
  if (tried.length > 1) {
    const losses = tried.map(({ maxOrder, validation }) => `${validation.toFixed(3)} up to ${maxOrder}`).join(', ');
    list.push(`The highest order was chosen on the validation rows; loss of the neuron there: ${losses}.`);
  }
  return list;
}

/** At most `mostEpochs` entries, evenly spaced, the last one included. */
function thin<T>(trace: readonly T[]): T[] {
  const step = Math.max(1, Math.ceil(trace.length / mostEpochs));
  return trace.filter((_, i) => (trace.length - 1 - i) % step === 0);
}
