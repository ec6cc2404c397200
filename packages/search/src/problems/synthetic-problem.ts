import type { LabelledTable } from '@neuronseek/network';
import type { InteractionStructure, PolynomialNeuron } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import type { InputDistribution } from './distribution.js';

/** Options of the generators of targets that are polynomial neurons. */
export interface SyntheticOptions {
  /** Drives everything that is drawn. */
  readonly key: Key;
  /** D: columns of x. Default: 10. */
  readonly inputs?: number;
  /** Rows to search in. Default: 2000. */
  readonly rows?: number;
  /** Rows kept aside. Default: 500. */
  readonly testRows?: number;
  /** Default: 'normal'. */
  readonly distribution?: InputDistribution;
  /** How many columns the target depends on; which ones is drawn, and said in the truth. Default: all. */
  readonly relevant?: number;
  /** Standard deviation of the noise that is in the target before it is standardised; classes have none. Default: 0.01. */
  readonly baseNoise?: number;
  /** Standard deviation of noise added to the standardised target, in training and test rows alike; 0 for classes. Default: 0. */
  readonly noise?: number;
  /** For a target of class probabilities, 2 or 3 classes, drawn from the logistic model of the formula. Default: 'regression'. */
  readonly classes?: 'regression' | 2 | 3;
  /** What standardised scores of classes are multiplied by: the larger, the fewer labels contradict the formula. Default: 4. */
  readonly steepness?: number;
}

/** Defaults of the options, where there are any. */
export const syntheticDefaults: Required<Omit<SyntheticOptions, 'key' | 'relevant'>> = {
  inputs: 10,
  rows: 2000,
  testRows: 500,
  distribution: 'normal',
  baseNoise: 0.01,
  noise: 0,
  classes: 'regression',
  steepness: 4,
};

/** What is known of a generated target. */
export interface SyntheticTruth {
  /** Orders of the power stream. */
  readonly power: readonly number[];
  /** Orders and ranks of the interaction stream. */
  readonly interaction: readonly InteractionStructure[];
  /** Columns that the target depends on, from 0, ascending. */
  readonly relevant: readonly number[];
  /**
   * Regression: the mean squared error that the truth itself is expected to have, (baseNoise/deviation)² + noise², in units of the standardised target.
   * Classes: the mean over the test rows of the entropy of the true probabilities, which is the cross-entropy that the truth is expected to have.
   */
  readonly noiseFloor: number;
  /** The target without noise: regression, the standardised target; classes, the logits. */
  readonly neuron: PolynomialNeuron;
}

/** A generated data set, and what is in it. */
export interface SyntheticProblem {
  readonly name: string;
  /** x [rows, D]; y [rows, 1], or [rows, classes] with a 1 in the column of the label. */
  readonly train: LabelledTable;
  readonly test: LabelledTable;
  readonly truth: SyntheticTruth;
  /** The numbers by which the target of a regression, or the score of each class, was standardised over all rows. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}
