import type { LabelledTable } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';

/** What the search reports after every epoch. */
export interface SearchEvent {
  /** Epochs done, from 1, over search and refit together. */
  readonly epoch: number;
  readonly epochs: number;
  readonly phase: 'warm-up' | 'anneal' | 'settle' | 'refit';
  /** Mean loss over the batches of the epoch, without the penalty. */
  readonly loss: number;
  /** Weight of the penalty. */
  readonly lambda: number;
  /** Probability that each gate is open, power stream first. */
  readonly gates: readonly number[];
}

/** Options of {@link searchTensorDecomposition}. */
export interface GatesOptions {
  /** Drives initial weights, order of rows and gate noise. */
  readonly key: Key;
  /** Gates trained by gradient descent, as published; without it the search is in closed form, see AlsOptions. */
  readonly method: 'gates';
  /** Loss: squared error, or cross-entropy of class probabilities. Default: 'regression'. */
  readonly task?: 'regression' | 'classification';
  /** Highest order of both streams. Default: 5. */
  readonly maxOrder?: number;
  /** Lowest order of the interaction stream; 1 as published duplicates the linear power term. Default: 2. */
  readonly minInteractionOrder?: number;
  /** CP rank of every interaction. Default: 8. */
  readonly rank?: number;
  /** After the refit every interaction is given the lowest rank that changes its coefficients by no more than this share; 0 keeps the rank. Default: 0.01. */
  readonly rankTolerance?: number;
  /** Epochs of the search. Default: 200. */
  readonly epochs?: number;
  /** Epochs after it, on the kept terms alone, without gates and penalty. Default: 50. */
  readonly refitEpochs?: number;
  /** Rows a step. Default: 64. */
  readonly batchSize?: number;
  /** Final weight of the penalty, in units of the loss: the target should have variance 1. Default: 0.05. */
  readonly lambda?: number;
  /** Share of the epochs with closed lambda and fixed gates. Default: 0.25. */
  readonly warmUp?: number;
  /** Share of the epochs after which lambda has reached its final weight. Default: 0.75. */
  readonly annealed?: number;
  /** Learning rate of the power weights. Default: 0.005. */
  readonly powerRate?: number;
  /** Learning rate of CP factors, normalisation and gates. Default: 0.01. */
  readonly factorRate?: number;
  /** Gradients longer than this are scaled down to it. Default: 1. */
  readonly clipNorm?: number;
  /** Rows on which the best epoch of the refit is chosen. Default: none, the last one counts. */
  readonly validation?: LabelledTable;
  /** Names of the inputs. Default: x1, x2, … */
  readonly features?: readonly string[];
  /** Checked after every epoch; an aborted search returns what it has, with status 'aborted'. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: SearchEvent) => void;
}

/** Settings of the public reference (v2), except that interactions start at order 2, and a refit and a reduction of ranks follow. */
export const gatesDefaults: Required<
  Omit<GatesOptions, 'key' | 'method' | 'validation' | 'features' | 'signal' | 'onProgress'>
> = {
  task: 'regression',
  maxOrder: 5,
  minInteractionOrder: 2,
  rank: 8,
  rankTolerance: 0.01,
  epochs: 200,
  refitEpochs: 50,
  batchSize: 64,
  lambda: 0.05,
  warmUp: 0.25,
  annealed: 0.75,
  powerRate: 0.005,
  factorRate: 0.01,
  clipNorm: 1,
};

/** Options with every default filled in. */
export type GatesSettings = GatesOptions & typeof gatesDefaults;
