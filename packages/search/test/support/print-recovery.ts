import { mse } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import { key } from '@neuronseek/tensor/random';
import { searchTensorDecomposition } from '../../src/index.js';
import { generate, syntheticCases } from './generators.js';

// A program of its own: what the search with its defaults finds in the fifteen synthetic targets. Prints the table of the README.
// npx tsx --tsconfig tsconfig.json packages/search/test/support/print-recovery.ts

const tally = { exact: 0, 'too much': 0, missing: 0 };
const rows = syntheticCases.map((synthetic, seed) => {
  const { train, test } = generate(synthetic, { inputs: 10, rows: 2000, seed });
  const { structure, neuron } = searchTensorDecomposition(train, { method: 'gates', key: key(seed) });
  const orders = structure.interaction.map(({ order }) => order);
  const complete =
    synthetic.power.every((k) => structure.power.includes(k)) && synthetic.interaction.every((k) => orders.includes(k));
  const count = synthetic.power.length + synthetic.interaction.length;
  const verdict = !complete ? 'missing' : count === structure.power.length + orders.length ? 'exact' : 'too much';
  tally[verdict]++;
  const streams = (power: readonly number[], interaction: readonly number[]): string =>
    [...power.map((k) => `P${k}`), ...interaction.map((k) => `I${k}`)].join(' ');
  const error = mse(evaluate(neuron, test.x), test.y).item().toFixed(4);
  const cells = [synthetic.name, streams(synthetic.power, synthetic.interaction), streams(structure.power, orders)];
  return `| ${[...cells, verdict, error].join(' | ')} |`;
});
process.stdout.write(`${rows.join('\n')}\n${JSON.stringify(tally)}\n`);
