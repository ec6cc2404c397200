import { log2 } from '@neuronseek/tensor/math';
import { key as keyOf } from '@neuronseek/tensor/random';
import { checkBoolean } from '../../checks/check-boolean.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';

/** Options of `cpRandomized`. */
export interface CpRandomizedOptions extends FitOptions {
  /** How rows of the least squares problems are drawn: by leverage scores of the factors, or all alike. Default: 'leverage'. */
  readonly method?: 'leverage' | 'uniform';
  /**
   * Rows drawn for each least squares problem. Each mode adds about rank/(2·samples) of it to the error.
   * Default: undefined, the larger of 256 and ⌈10·rank·log₂(2·rank)⌉.
   */
  readonly samples?: number;
  /** Whether rows of a probability of at least 1/samples are taken once, with weight 1, instead of being drawn. Default: true. */
  readonly deterministic?: boolean;
  /** Start: 'random' or 'svd' as in `cpAls`, the latter reading all of x, or a CP tensor, which is never written to. Default: 'random'. */
  readonly init?: CpInitMethod | CpTensor;
  /** Largest number of epochs; 0 returns the start and its error. Default: 200. */
  readonly maxIterations?: number;
  /** Sweeps over all modes in an epoch. Default: 5. */
  readonly sweeps?: number;
  /**
   * An epoch counts as an improvement where the estimated error falls by more than this times the best one so far; 0 runs all epochs. Default: 1e-4.
   */
  readonly tolerance?: number;
  /** Epochs running without improvement after which the fit counts as converged. Default: 3. */
  readonly patience?: number;
  /** Elements, drawn once, that the error is estimated on after each epoch; all of them where there are no more. Default: 16384. */
  readonly errorSamples?: number;
}

/** Defaults of `cpRandomized`. */
export const cpRandomizedDefaults: Pick<CpRandomizedOptions, 'samples'> &
  Required<Omit<CpRandomizedOptions, 'samples' | 'signal' | 'onProgress'>> = {
  method: 'leverage',
  samples: undefined,
  deterministic: true,
  init: 'random',
  maxIterations: 200,
  sweeps: 5,
  tolerance: 1e-4,
  patience: 3,
  errorSamples: 16384,
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open. */
export type ResolvedCpRandomizedOptions = Required<typeof cpRandomizedDefaults> &
  Pick<CpRandomizedOptions, 'signal' | 'onProgress'> & { readonly samples: number };

/** Least number of rows drawn by default: with less the work outside of the products prevails. */
const LEAST_SAMPLES = 256;

/** The options checked and completed; `init` is checked where it is used. */
export function resolveOptions(options: CpRandomizedOptions, rank: number): ResolvedCpRandomizedOptions {
  const resolved = completeOptions('cpRandomized', cpRandomizedDefaults, options);
  const { method, deterministic, sweeps, patience, errorSamples } = resolved;
  if (method !== 'leverage' && method !== 'uniform') {
    throw new RangeError(`cpRandomized: method is not 'leverage' or 'uniform': ${String(method)}`);
  }
  checkBoolean('cpRandomized', 'deterministic', deterministic);
  const samples = resolved.samples ?? Math.max(LEAST_SAMPLES, Math.ceil(10 * rank * log2(2 * rank)));
  for (const [option, value] of Object.entries({ samples, sweeps, patience, errorSamples })) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new RangeError(`cpRandomized: ${option} is not a positive integer: ${value}`);
  }
  return { ...resolved, samples };
}
