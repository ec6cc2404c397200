import type { LabelledTable } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';
import { type GeneFunction, geneFunctions } from '../programs/opcodes.js';

/** What the search reports after every generation. */
export interface GeneticEvent {
  /** From 1; every one is a population of its own, started anew. */
  readonly island: number;
  /** From 1. */
  readonly generation: number;
  /** Formulas evaluated so far, over all islands. */
  readonly evaluations: number;
  /** Least mean squared error on the training rows so far, over that of the best constant. */
  readonly error: number;
}

/** Options of {@link searchGeneticProgramming}. */
export interface GeneticOptions {
  /** Drives everything that is drawn. */
  readonly key: Key;
  /** Functions that formulas are made of; none may be named twice. Default: all of them. */
  readonly functions?: readonly GeneFunction[];
  /** New formulas a generation. Default: 1000. */
  readonly population?: number;
  /** Formulas kept for every number of nodes and of constants. Default: 8. */
  readonly nicheSize?: number;
  /** Generations of an island of the last round; half as many in the round before, and so on. Default: 40. */
  readonly generations?: number;
  /** How often every vocabulary has an island, a population from a key of its own; the search ends with the first island that is exact. Default: 3. */
  readonly rounds?: number;
  /** Formulas that compete to be a parent; the one with the least error wins. Default: 4. */
  readonly tournament?: number;
  /** Most nodes of a formula. Default: 24. */
  readonly maxSize?: number;
  /** Most nodes from root to leaf. Default: 9. */
  readonly maxDepth?: number;
  /** Most constants that are fitted in a formula. Default: 6. */
  readonly maxConstants?: number;
  /** Evaluations that a new formula may spend on its constants. Default: 6. */
  readonly constantSteps?: number;
  /** Small formulas that are enumerated, to be put where they fit what is missing. Default: 1000. */
  readonly library?: number;
  /** Rows the search looks at, drawn at random where there are more; the formulas of the front are refitted on all of them. Default: 256. */
  readonly searchRows?: number;
  /** An error below this share of the target's variance counts as exact, and ends the search. Default: 1e-24. */
  readonly exact?: number;
  /** Share of the rows held out for the choice among the front, if there are 50 at least and no validation rows. Default: 0.2. */
  readonly heldOut?: number;
  /** Rows for the choice among the front. Default: held out of the data. */
  readonly validation?: LabelledTable;
  /** Names of the inputs. Default: x1, x2, … */
  readonly features?: readonly string[];
  /** Checked after every generation; an aborted search returns the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: GeneticEvent) => void;
}

/** Defaults of {@link searchGeneticProgramming}. */
export const searchGeneticProgrammingDefaults: Required<
  Omit<GeneticOptions, 'key' | 'validation' | 'features' | 'signal' | 'onProgress'>
> = {
  functions: geneFunctions,
  population: 1000,
  nicheSize: 8,
  generations: 40,
  rounds: 3,
  tournament: 4,
  maxSize: 24,
  maxDepth: 9,
  maxConstants: 6,
  constantSteps: 6,
  library: 1000,
  searchRows: 256,
  exact: 1e-24,
  heldOut: 0.2,
};

/** Options with every default filled in. */
export type GeneticSettings = GeneticOptions & typeof searchGeneticProgrammingDefaults;
