import type { LabelledTable } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';

/** What a node of a layer computes of its one argument, product of its two. */
export type EqlUnit = 'identity' | 'sin' | 'cos' | 'square' | 'product';

/** What the search reports after every network that was trained. */
export interface EqlEvent {
  /** Networks trained so far, from 1. */
  readonly network: number;
  readonly networks: number;
  /** Weight of the L1 penalty. */
  readonly lambda: number;
  /** Weights that are left after pruning, biases included; NaN where training diverged. */
  readonly active: number;
  /** Mean squared error on the rows of the search, over the target's variance. */
  readonly error: number;
}

/** Options of {@link searchEql}. */
export interface EqlOptions {
  /** Drives initial weights and which rows are held out. */
  readonly key: Key;
  /** Hidden layers. Default: 2. */
  readonly layers?: number;
  /** Nodes of every kind in a layer. Default: 2. */
  readonly copies?: number;
  /** Kinds of nodes, none named twice. Default: all of them. */
  readonly units?: readonly EqlUnit[];
  /** Weights of the L1 penalty, in units of the target's variance, each tried with every restart. Default: 0.1, 0.03, 0.01. */
  readonly lambdas?: readonly number[];
  /** Networks trained for each of them. Default: 5. */
  readonly restarts?: number;
  /** Steps of Adam a network: a quarter without penalty, then with L1. Default: 1500. */
  readonly steps?: number;
  /** Default: 0.02. */
  readonly learningRate?: number;
  /** Weights that are smaller after the L1 phase are 0 from then on. Default: 0.01. */
  readonly threshold?: number;
  /** Rows Adam looks at, drawn at random where there are more; what is left is refitted on all of them. Default: 256. */
  readonly searchRows?: number;
  /** An error below this share of the target's variance counts as exact, and ends the search. Default: 1e-24. */
  readonly exact?: number;
  /** Share of the rows held out for the choice among the networks, if there are 50 at least and no validation rows. Default: 0.2. */
  readonly heldOut?: number;
  /** Rows for the choice among the networks. Default: held out of the data. */
  readonly validation?: LabelledTable;
  /** Names of the inputs. Default: x1, x2, … */
  readonly features?: readonly string[];
  /** Checked after every network; an aborted search returns the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: EqlEvent) => void;
}

/** Defaults of {@link searchEql}. */
export const searchEqlDefaults: Required<
  Omit<EqlOptions, 'key' | 'validation' | 'features' | 'signal' | 'onProgress'>
> = {
  layers: 2,
  copies: 2,
  units: ['identity', 'sin', 'cos', 'square', 'product'],
  lambdas: [0.1, 0.03, 0.01],
  restarts: 5,
  steps: 1500,
  learningRate: 0.02,
  threshold: 0.01,
  searchRows: 256,
  exact: 1e-24,
  heldOut: 0.2,
};

/** Options with every default filled in. */
export type EqlSettings = EqlOptions & typeof searchEqlDefaults;
