import { mse } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import { key } from '@neuronseek/tensor/random';
import { searchTensorDecomposition, syntheticProblem, syntheticProblems } from '../../src/index.js';

// A program of its own: what the gates find in the fifteen synthetic targets, mended and as published. Prints the table of the README.
// npx tsx --tsconfig tsconfig.json packages/search/test/support/print-recovery.ts

const tally = { mended: 0, published: 0 };
const rows = syntheticProblems.map((name, seed) => {
  const { train, test, truth } = syntheticProblem(name, { key: key(seed), inputs: 10, rows: 2000, testRows: 500 });
  const streams = (
    power: readonly number[],
    interaction: readonly { readonly order: number; readonly rank: number }[],
  ): string =>
    [...power.map((k) => `P${k}`), ...interaction.map((i) => `I${i.order}${i.rank > 1 ? `×${i.rank}` : ''}`)].join(' ');
  const wanted = streams(truth.power, truth.interaction);
  const cells = (['mended', 'published'] as const).flatMap((form) => {
    const paper = form === 'published';
    const { structure, neuron } = searchTensorDecomposition(train, { method: 'gates', paper, key: key(seed) });
    const error = mse(evaluate(neuron, test.x), test.y).item() / truth.noiseFloor;
    const found = streams(structure.power, structure.interaction);
    tally[form] += Number(found === wanted && error <= 3);
    return [found, error.toPrecision(2)];
  });
  return `| ${[name, wanted, ...cells].join(' | ')} |`;
});
process.stdout.write(`${rows.join('\n')}\n${JSON.stringify(tally)}\n`);
