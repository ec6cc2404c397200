import type { LabelledTable } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';
import { type GeneFunction, geneFunctions } from '../programs/opcodes.js';

/** What the search reports after every tree that was trained. */
export interface MetaSymNetEvent {
  /** Trees trained so far, from 1. */
  readonly tree: number;
  readonly trees: number;
  /** Levels of functions in the tree. */
  readonly levels: number;
  /** Mean squared error of the soft tree at the end of its training, over the target's variance. */
  readonly softError: number;
  /** The same of the best discretised formula so far, on the rows of the search. */
  readonly error: number;
}

/** Options of {@link searchMetaSymNet}. */
export interface MetaSymNetOptions {
  /** Drives everything that is drawn. */
  readonly key: Key;
  /** Functions that a node may become. Default: all of them. */
  readonly functions?: readonly GeneFunction[];
  /** Most levels of functions; trees are grown level by level. Default: 3. */
  readonly maxLevels?: number;
  /** Trees trained for every number of levels. Default: 18. */
  readonly restarts?: number;
  /** Steps of Adam for each tree. Default: 300. */
  readonly steps?: number;
  /** Default: 0.05. */
  readonly learningRate?: number;
  /** Final weight of the entropy of the choices, in units of the error's share of the variance. Default: 0.1. */
  readonly entropy?: number;
  /** Rows the search looks at, drawn at random where there are more. Default: 256. */
  readonly searchRows?: number;
  /** An error below this share of the target's variance counts as exact, and ends the search. Default: 1e-24. */
  readonly exact?: number;
  /** Share of the rows held out for the choice among the formulas, if there are 50 at least and no validation rows. Default: 0.2. */
  readonly heldOut?: number;
  /** Rows for the choice among the formulas. Default: held out of the data. */
  readonly validation?: LabelledTable;
  /** Names of the inputs. Default: x1, x2, … */
  readonly features?: readonly string[];
  /** Checked after every tree; an aborted search returns the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: MetaSymNetEvent) => void;
}

/** Defaults of {@link searchMetaSymNet}. */
export const searchMetaSymNetDefaults: Required<
  Omit<MetaSymNetOptions, 'key' | 'validation' | 'features' | 'signal' | 'onProgress'>
> = {
  functions: geneFunctions,
  maxLevels: 3,
  restarts: 18,
  steps: 300,
  learningRate: 0.05,
  entropy: 0.1,
  searchRows: 256,
  exact: 1e-24,
  heldOut: 0.2,
};

/** Options with every default filled in. */
export type MetaSymNetSettings = MetaSymNetOptions & typeof searchMetaSymNetDefaults;
