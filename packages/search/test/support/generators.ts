import type { LabelledTable } from '@neuronseek/network';
import { key } from '@neuronseek/tensor/random';
import { noiseProblem, syntheticProblem, syntheticProblems } from '../../src/problems/synthetic.js';

/** A synthetic target of NeuronSeek's benchmark, with the orders that are in it. */
export interface SyntheticCase {
  readonly name: string;
  readonly power: readonly number[];
  readonly interaction: readonly number[];
}

/** The fifteen targets of the public code. */
export const syntheticCases: readonly SyntheticCase[] = syntheticProblems.map((name) => {
  const { truth } = syntheticProblem(name, { inputs: 2, rows: 2, testRows: 1, key: key(0) });
  return { name, power: truth.power, interaction: truth.interaction.map(({ order }) => order) };
});

export function syntheticCase(name: string): SyntheticCase {
  const found = syntheticCases.find((c) => c.name === name);
  if (!found) throw new RangeError(`syntheticCase: there is no ${name}`);
  return found;
}

/** No target at all. */
export const noise: SyntheticCase = { name: 'noise', power: [], interaction: [] };

/** Rows of a target: `rows` for training, `testRows` (500) for the test. */
export interface Generated {
  readonly train: LabelledTable;
  readonly test: LabelledTable;
}

/** Draws X ~ N(0, I) and the standardised target of the case. */
export function generate(
  { name }: Pick<SyntheticCase, 'name'>,
  { seed, ...sizes }: { inputs: number; rows: number; seed: number; testRows?: number },
): Generated {
  const options = { ...sizes, key: key(seed) };
  return name === noise.name ? noiseProblem({ ...options, baseNoise: 0.01 }) : syntheticProblem(name, options);
}
