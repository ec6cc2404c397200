import type { NeuronStructure } from '@neuronseek/neurons';

/** How far from the noise floor the test error of a recovery may be. */
export const worstRatio = 3;

/** What a search came to on a target that is known. */
export interface Outcome {
  readonly truth: NeuronStructure;
  readonly found: NeuronStructure;
  /** Test error and that of the truth: mean squared, or the mean cross-entropy of classes. */
  readonly error: number;
  readonly floor: number;
  /** Whether the index sets alone count, as with classes. */
  readonly labelsOnly?: boolean;
}

/** 'P1 P3 I2×2': powers 1 and 3, an interaction of order 2 and rank 2; 'none' without terms. */
export function structureText({ power, interaction }: NeuronStructure): string {
  const powers = ascending(power).map((order) => `P${order}`);
  const products = [...interaction].sort((a, b) => a.order - b.order);
  const rest = products.map(({ order, rank }) => `I${order}${rank === 1 ? '' : `×${rank}`}`);
  return [...powers, ...rest].join(' ') || 'none';
}

/** Whether both index sets are right: the orders of the powers and of the interactions. */
export function labelsRight(truth: NeuronStructure, found: NeuronStructure): boolean {
  return labels(truth) === labels(found);
}

/** Whether ranks are right too. */
export function ranksRight(truth: NeuronStructure, found: NeuronStructure): boolean {
  return labelsRight(truth, found) && totalRank(truth) === totalRank(found);
}

/** A recovery: index sets and total rank are right, and the function is, by its test error. */
export function isRecovered({ truth, found, error, floor, labelsOnly = false }: Outcome): boolean {
  if (labelsOnly) return labelsRight(truth, found);
  return ranksRight(truth, found) && error <= worstRatio * floor;
}

/** What is wrong with the index sets. */
export type Fault = 'exact' | 'too much' | 'missing';

/** 'missing' where a true term was not found, else 'too much' where a false one was. */
export function faultOf(truth: NeuronStructure, found: NeuronStructure): Fault {
  const [wanted, got] = [terms(truth), terms(found)];
  if (wanted.some((term) => !got.includes(term))) return 'missing';
  return got.length > wanted.length ? 'too much' : 'exact';
}

const ascending = (orders: readonly number[]): number[] => [...new Set(orders)].sort((a, b) => a - b);

function terms({ power, interaction }: NeuronStructure): string[] {
  const products = ascending(interaction.map(({ order }) => order));
  return [...ascending(power).map((order) => `P${order}`), ...products.map((order) => `I${order}`)];
}

const labels = (structure: NeuronStructure): string => terms(structure).join(' ');

const totalRank = ({ interaction }: NeuronStructure): number => interaction.reduce((sum, { rank }) => sum + rank, 0);
