import { crossEntropy, mse } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import { type SearchResult, searchTensorDecomposition } from '../search-tensor-decomposition.js';
import { withoutUndefined } from '../without-undefined.js';
import type { DiscoverOptions } from './options.js';
import type { Prepared } from './prepare.js';
import { searchPlan } from './search-plan.js';

/** A search with orders up to `maxOrder`, and the loss of its neuron on the validation rows. */
export interface TriedOrder {
  readonly maxOrder: number;
  readonly validation: number;
}

/** Highest orders that are tried, the published one last. */
const ladder: readonly number[] = [2, 3, 5];

/**
 * Runs the search once for every highest order and keeps the one whose neuron is best on the validation rows. The penalty of the published
 * search is paid on training loss alone, so in a small table it keeps high orders that have merely learnt the rows by heart.
 * Ties go to the lower order. After an abort the status is 'aborted', whichever search is kept. A `maxOrder` in the options is used as it is.
 */
export function searchOrders(
  prepared: Prepared,
  options: DiscoverOptions,
  key: Key,
): { readonly found: SearchResult; readonly tried: readonly TriedOrder[] } {
  const { signal, onProgress } = options;
  const settings = withoutUndefined(options.search ?? {});
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
