import type { LabelledTable } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';

/** What the search reports after every epoch. */
export interface SearchEvent {
  /** Epochs done, from 1, over search, trials and refit together. */
  readonly epoch: number;
  /** How many there will be; before and during trials at most. */
  readonly epochs: number;
  readonly phase: 'warm-up' | 'anneal' | 'settle' | 'trial' | 'refit';
  /** Mean loss over the batches of the epoch, without the penalty. */
  readonly loss: number;
  /** Weight of the penalty. */
  readonly lambda: number;
  /** Probability that each gate is open, power stream first; 0 once it was closed on trial, or while that is tried. */
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
  /** Lowest order of the interaction stream; 1 duplicates the linear power term. Default: 2, with `paper` 1. */
  readonly minInteractionOrder?: number;
  /** CP rank of every interaction; trials close products that are not needed. Default: 8. */
  readonly rank?: number;
  /** After the refit every interaction is given the lowest rank that changes its coefficients by no more than this share; 0 keeps the rank. Default: 0. */
  readonly rankTolerance?: number;
  /** Epochs of the search. Default: 200. */
  readonly epochs?: number;
  /** Epochs after it, on the kept terms alone, without gates and penalty. Default: 50. */
  readonly refitEpochs?: number;
  /** Rows a step. Default: 64. */
  readonly batchSize?: number;
  /**
   * The published search as it is: targets as given, terms normalised over batches, interactions from order 1 on, the same penalty on every term, gates judged by
   * their probability alone, and ranks as they were searched with. Any of it can be changed by its own option. Default: false.
   */
  readonly paper?: boolean;
  /** Whether regression targets are standardised for the search, and the neuron put back into their units. Default: true, with `paper` false. */
  readonly scaleTarget?: boolean;
  /** Whether the bias is trained; else the offsets of the terms stand in for it. Default: true, with `paper` false. */
  readonly trainBias?: boolean;
  /**
   * What an open gate pays. 'terms': `lambda` in units of the loss, the same for each. 'parameters': `lambda` times the p·ln(n)/(2n) that its p parameters,
   * of an interaction those of one product, cost by the Bayesian information criterion, against half the logarithm of the squared error. Default: 'parameters', with `paper` 'terms'.
   */
  readonly penalty?: 'parameters' | 'terms';
  /**
   * What terms are normalised by. 'batch': mean and variance of the batch, throughout. 'rows': of the batch during the warm-up, and then of all rows as they
   * stood at its end, at the beginning of each trial and of the refit. Default: 'rows', with `paper` 'batch'.
   */
  readonly normalization?: 'batch' | 'rows';
  /**
   * Steps of each trial to do without open gates; 0: none is made. A trial closes gates, of a power, of all products of an order or of some of them, trains the
   * rest on, and keeps them closed if ½·ln(error) (or the cross-entropy, or with `penalty: 'terms'` the loss) and the prices of all open gates are less then.
   * Default: 1280, with `paper` 0.
   */
  readonly trialSteps?: number;
  /**
   * What decides on a term whose gate is open. 'gates': that it is, after the trials if there are any. 'fits': no trials but closed-form fits without gates
   * and noise, which start from the powers and forms behind open gates; a term has to gain more than the best term of its kind gains in noise. Default: 'gates'.
   */
  readonly evaluation?: 'fits' | 'gates';
  /** Final weight of the penalty. Default: 1; with `paper` 0.05. */
  readonly lambda?: number;
  /** Share of the epochs with lambda 0 and gates that are not trained, but noisy as ever. Default: 0.25. */
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

type Defaulted = Required<Omit<GatesOptions, 'key' | 'method' | 'validation' | 'features' | 'signal' | 'onProgress'>>;

/** The search with its known flaws mended. */
export const gatesDefaults: Defaulted = {
  task: 'regression',
  paper: false,
  scaleTarget: true,
  trainBias: true,
  penalty: 'parameters',
  normalization: 'rows',
  trialSteps: 1280,
  evaluation: 'gates',
  maxOrder: 5,
  minInteractionOrder: 2,
  rank: 8,
  rankTolerance: 0,
  epochs: 200,
  refitEpochs: 50,
  batchSize: 64,
  lambda: 1,
  warmUp: 0.25,
  annealed: 0.75,
  powerRate: 0.005,
  factorRate: 0.01,
  clipNorm: 1,
};

/** What `paper: true` sets: the public reference (v2), with its retraining on the kept terms. */
export const paperDefaults: Defaulted = {
  ...gatesDefaults,
  paper: true,
  scaleTarget: false,
  trainBias: false,
  penalty: 'terms',
  normalization: 'batch',
  trialSteps: 0,
  minInteractionOrder: 1,
  lambda: 0.05,
};

/** Options with every default filled in. */
export type GatesSettings = GatesOptions & typeof gatesDefaults;
