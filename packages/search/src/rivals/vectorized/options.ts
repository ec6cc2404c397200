import type { LabelledTable } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';

/** What the search reports after every generation. */
export interface VectorizedEvent {
  /** From 1. */
  readonly generation: number;
  readonly generations: number;
  /** Formulas looked at so far. */
  readonly evaluations: number;
  /** Powers of the best formula so far, ascending. */
  readonly power: readonly number[];
  /** Mean squared error of that formula on the training rows. */
  readonly error: number;
}

/** Options of {@link searchVectorizedSR}. */
export interface VectorizedOptions {
  /** Drives everything that is drawn. */
  readonly key: Key;
  /** Formulas in a population. Default: 500. */
  readonly population?: number;
  /** Default: 20. */
  readonly generations?: number;
  /** Formulas that compete to be a parent. Default: 10. */
  readonly tournament?: number;
  /** Share of children by crossover. Default: 0.3. */
  readonly crossover?: number;
  /** Share of children by mutation; the rest are copies of their parents. Default: 0.6. */
  readonly mutation?: number;
  /** Share of the population that is kept as it is, the best formulas. Default: 0.05. */
  readonly elite?: number;
  /** Probability that a leaf is the vector and no constant. Default: 0.7. */
  readonly vectorShare?: number;
  /** Most levels of a tree. Default: 6. */
  readonly maxDepth?: number;
  /** Highest power of the vector that a formula may have. Default: 5. */
  readonly maxOrder?: number;
  /** Share of the rows held out for the reported error, if there are 50 at least and no validation rows. Default: 0.2. */
  readonly heldOut?: number;
  /** Rows for the reported error. Default: held out of the data. */
  readonly validation?: LabelledTable;
  /** Names of the inputs. Default: x1, x2, … */
  readonly features?: readonly string[];
  /** Checked after every generation; an aborted search returns the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: VectorizedEvent) => void;
}

/** Defaults of {@link searchVectorizedSR}: shares of the reference; its population of 5000 is for constants that are drawn, these are fitted. */
export const searchVectorizedSRDefaults: Required<
  Omit<VectorizedOptions, 'key' | 'validation' | 'features' | 'signal' | 'onProgress'>
> = {
  population: 500,
  generations: 20,
  tournament: 10,
  crossover: 0.3,
  mutation: 0.6,
  elite: 0.05,
  vectorShare: 0.7,
  maxDepth: 6,
  maxOrder: 5,
  heldOut: 0.2,
};

/** Options with every default filled in. */
export type VectorizedSettings = VectorizedOptions & typeof searchVectorizedSRDefaults;
