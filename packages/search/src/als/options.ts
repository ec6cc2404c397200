import type { NeuronStructure } from '@neuronseek/neurons';
import { type Key, key } from '@neuronseek/tensor/random';

/** What the closed-form search reports after every step forward. */
export interface AlsEvent {
  /** The best structure of the step. */
  readonly structure: NeuronStructure;
  /** n·ln(RSS/n) over all outputs, or minus twice the log-likelihood. */
  readonly deviance: number;
  /** The deviance and what the terms have to earn. */
  readonly score: number;
}

/** Options of {@link searchTensorDecomposition} by its default method. */
export interface AlsOptions {
  /** In closed form; 'gates' is the published search, see GatesOptions. Default: 'als'. */
  readonly method?: 'als';
  /** Drives random starts and the choice of held-out rows. Default: key(0). */
  readonly key?: Key;
  /** Squared error, or likelihood of class probabilities. Default: 'regression'. */
  readonly task?: 'regression' | 'classification';
  /** Highest order of both streams; sets of powers number 2^maxOrder, products of high order are seldom told from noise. Default: 5. */
  readonly maxOrder?: number;
  /** Products at most, the ranks of all interactions together. Default: 4. */
  readonly maxProducts?: number;
  /** How interactions are stored, fitted and priced: as sums of products, of powers of forms, by a core and factors, or as tensor trains. Default: 'cp'. */
  readonly interaction?: 'cp' | 'symmetric' | 'tucker' | 'tt';
  /** Structures that are carried on side by side. Default: 2. */
  readonly beam?: number;
  /** Searches again in another way at most so often where the result is doubtful. Default: 3. */
  readonly retries?: number;
  /**
   * How much more than independent rows these gain in noise: the mean square of how often a row stands in the data over its mean, 2 for rows drawn with
   * replacement. Without it, terms of noise are found in a bootstrap. Default: 1.
   */
  readonly repetition?: number;
  /** Names of the inputs. Default: x1, x2, … */
  readonly features?: readonly string[];
  /** Checked between steps; an aborted search returns the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: AlsEvent) => void;
}

/** Defaults of the closed-form search. */
export const alsDefaults: Required<Omit<AlsOptions, 'method' | 'features' | 'signal' | 'onProgress'>> = {
  key: /* @__PURE__ */ key(0),
  task: 'regression',
  maxOrder: 5,
  maxProducts: 4,
  interaction: 'cp',
  beam: 2,
  retries: 3,
  repetition: 1,
};

/** Options with every default filled in. */
export type AlsSettings = AlsOptions & typeof alsDefaults;

/** Orders above 8 make 2^maxOrder sets of powers, and numbers that float64 cannot tell apart. */
export const HIGHEST_ORDER = 8;

/** Throws a RangeError naming the first option that makes no sense. */
export function checkAlsSettings(settings: AlsSettings): void {
  if (settings.task !== 'regression' && settings.task !== 'classification') {
    refuse(`task must be 'regression' or 'classification', got '${settings.task}'`);
  }
  if (!['cp', 'symmetric', 'tucker', 'tt'].includes(settings.interaction)) {
    refuse(`interaction must be 'cp', 'symmetric', 'tucker' or 'tt', got '${settings.interaction}'`);
  }
  for (const name of ['maxOrder', 'maxProducts', 'beam', 'retries'] as const) {
    const least = name === 'maxOrder' || name === 'beam' ? 1 : 0;
    if (!Number.isSafeInteger(settings[name]) || settings[name] < least)
      refuse(`${name} must be an integer ≥ ${least}, got ${settings[name]}`);
  }
  if (!(settings.repetition >= 1 && settings.repetition < Number.POSITIVE_INFINITY)) {
    refuse(`repetition must be a number ≥ 1, got ${settings.repetition}`);
  }
  if (settings.maxOrder > HIGHEST_ORDER) {
    refuse(`maxOrder must be at most ${HIGHEST_ORDER} with method 'als', got ${settings.maxOrder}`);
  }
}

function refuse(what: string): never {
  throw new RangeError(`searchTensorDecomposition: ${what}`);
}
