import type { Shape } from '@neuronseek/tensor';
import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { checkBoolean } from '../../checks/check-boolean.js';
import { checkModes } from '../../checks/check-modes.js';
import { checkRidge } from '../../checks/check-ridge.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitProgress } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';

/** Options of `cpAls`. */
export interface CpAlsOptions {
  /**
   * Start: 'random' or 'svd' as in `initializeCp`, the singular vectors mixed with 1 % of random directions, or a CP tensor, which is
   * never written to. Default: 'random'.
   */
  readonly init?: CpInitMethod | CpTensor;
  /** Key of the random start. Default: key(0). */
  readonly key?: Key;
  /** Largest number of sweeps; 0 returns the start and its error. Default: 2000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one sweep at or below which the fit counts as converged; 0 runs all sweeps. Default: 1e-8. */
  readonly tolerance?: number;
  /** Adds ridge · Σₙ ‖Aₙ‖² to ‖x - model‖², Aₙ the factors with the weights taken into them, in units of the data. Default: 0. */
  readonly ridge?: number;
  /**
   * Extrapolates every second sweep to where the error is least along what it changed: fewer sweeps through swamps, each half as expensive again for order 3.
   * Not with a ridge. Default: false.
   */
  readonly lineSearch?: boolean;
  /** Modes whose factors stay as they are in `init`, any number of them. Default: []. */
  readonly fixedModes?: readonly number[];
  /** Ends the run before the next sweep; the result is the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every sweep. */
  readonly onProgress?: (event: FitProgress) => void;
}

/** Defaults of `cpAls`. */
export const cpAlsDefaults: Required<Omit<CpAlsOptions, 'signal' | 'onProgress'>> = {
  init: 'random',
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 2000,
  tolerance: 1e-8,
  ridge: 0,
  lineSearch: false,
  fixedModes: [],
};

/** Options with nothing left open. */
export type ResolvedCpAlsOptions = typeof cpAlsDefaults & Pick<CpAlsOptions, 'signal' | 'onProgress'>;

/** The options checked and completed; `init` is checked where it is used. */
export function resolveOptions(name: string, options: CpAlsOptions, shape: Shape): ResolvedCpAlsOptions {
  const resolved = completeOptions(name, cpAlsDefaults, options);
  const { ridge, lineSearch, fixedModes } = resolved;
  checkRidge(name, ridge);
  checkBoolean(name, 'lineSearch', lineSearch);
  if (lineSearch && ridge > 0) throw new RangeError(`${name}: lineSearch does not go with a ridge: ridge is ${ridge}`);
  checkModes(name, 'fixedModes', fixedModes, shape.length);
  return resolved;
}
