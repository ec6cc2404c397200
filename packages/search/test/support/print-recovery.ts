import { mse } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import { key } from '@neuronseek/tensor/random';
import { searchTensorDecomposition, syntheticProblem, syntheticProblems } from '../../src/index.js';

// A program of its own: what the gates find in the fifteen synthetic targets, mended and as published, and how often they recover. Without keys it prints the
// table of the README, a key for each target; with keys all targets with each of them.
// npx tsx --tsconfig tsconfig.json packages/search/test/support/print-recovery.ts [key …]

const keys = process.argv.slice(2).map(Number);
if (!keys.every(Number.isSafeInteger))
  throw new RangeError(`print-recovery: keys must be integers: ${process.argv.slice(2).join(' ')}`);
const trials = syntheticProblems.flatMap((name, i) => (keys.length === 0 ? [i] : keys).map((seed) => ({ name, seed })));

const tally = { problems: trials.length, mended: 0, published: 0 };
process.stdout.write('| target      | terms in it | found, mended | error | found, `paper: true` | error |\n');
for (const { name, seed } of trials) {
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
  process.stdout.write(`| ${[keys.length === 0 ? name : `${name}, key ${seed}`, wanted, ...cells].join(' | ')} |\n`);
}
process.stdout.write(`${JSON.stringify(tally)}\n`);
