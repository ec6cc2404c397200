import { createHash } from 'node:crypto';
import { treeLeaves } from '@neuronseek/tensor';
import { discover } from '../../src/index.js';
import { mixedTable } from './tables.js';

/** A hash over every bit of the neuron, of the network and of its predictions that `discover` makes of a small table. */
export function hashOfDiscovery(seed: number): string {
  const { neuron, model, report } = discover(mixedTable(120, 5), {
    target: 'y',
    seed,
    search: { epochs: 40, refitEpochs: 10, rank: 2 },
    epochs: 10,
  });
  const hash = createHash('sha256');
  for (const leaf of treeLeaves([neuron, model.variables])) {
    hash.update(leaf.shape.join()).update(Float64Array.from(leaf.toTypedArray()));
  }
  // Numbers survive JSON bit for bit; the report holds the predictions.
  return hash.update(JSON.stringify([neuron.features, report])).digest('hex');
}
