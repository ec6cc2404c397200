import { createHash, type Hash } from 'node:crypto';
import { treeLeaves } from '@neuronseek/tensor';
import { type DiscoverOptions, discover } from '../../src/index.js';
import { mixedTable } from './tables.js';

/** A hash over every bit of the neuron, of the network and of its predictions that `discover` makes of a small table, by either search. */
export function hashOfDiscovery(seed: number): string {
  const hash = createHash('sha256');
  for (const search of [{}, { method: 'gates', epochs: 40, trialSteps: 80, refitEpochs: 10, rank: 2 }] as const)
    update(hash, seed, search);
  return hash.digest('hex');
}

function update(hash: Hash, seed: number, search: DiscoverOptions['search']): void {
  const { neuron, model, report } = discover(mixedTable(120, 5), {
    target: 'y',
    seed,
    search,
    epochs: 10,
  });
  for (const leaf of treeLeaves([neuron, model.variables])) {
    hash.update(leaf.shape.join()).update(Float64Array.from(leaf.toTypedArray()));
  }
  // Numbers survive JSON bit for bit; the report holds the predictions.
  hash.update(JSON.stringify([neuron.features, report]));
}
