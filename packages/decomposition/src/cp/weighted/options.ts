import type { Shape } from '@neuronseek/tensor';
import { key as keyOf } from '@neuronseek/tensor/random';
import { checkModes } from '../../checks/check-modes.js';
import { checkRidge } from '../../checks/check-ridge.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';

/** Options of `cpWeighted`. */
export interface CpWeightedOptions extends FitOptions {
  /**
   * Start: 'random' or 'svd' as in `initializeCp`, of weights∘x over the mean weight and improved by twenty sweeps of alternating least squares on it, which is x
   * without bias where elements are missing at random; or a CP tensor, which is never written to. 'auto' is 'random' but for the first start where x has at
   * least 2¹⁸ elements and less than 0.3 of the largest weight is missing on average: there it is the fit of a core as by `cp`, of x compressed with what is missing filled in. Default: 'auto'.
   */
  readonly init?: 'auto' | CpInitMethod | CpTensor;
  /** Starts tried, each with random numbers of its own, of which the best is returned; none follows one that is exact. Default: 1. */
  readonly starts?: number;
  /** Largest number of iterations from one start; 0 returns the start and its error. Default: 1000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error that each of two iterations running stays at or below where the fit counts as converged; 0 never. Default: 1e-8. */
  readonly tolerance?: number;
  /**
   * Adds ridge · Σₙ ‖Aₙ‖² to ‖√weights∘(x - model)‖², Aₙ the free factors in units of the data, a component's norm spread evenly over them, where the sum is
   * smallest. Default: 0.
   */
  readonly ridge?: number;
  /** Modes whose factors stay as they are in `init`, any number of them. Default: []. */
  readonly fixedModes?: readonly number[];
}

/** Defaults of `cpWeighted`. */
export const cpWeightedDefaults: Required<Omit<CpWeightedOptions, 'signal' | 'onProgress'>> = {
  init: 'auto',
  starts: 1,
  maxIterations: 1000,
  tolerance: 1e-8,
  ridge: 0,
  fixedModes: [],
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open, and for each mode whether it is free. */
export type ResolvedCpWeightedOptions = typeof cpWeightedDefaults &
  Pick<CpWeightedOptions, 'signal' | 'onProgress'> & { readonly free: readonly boolean[] };

/** The options checked and completed; a CP tensor as `init` is checked where it is used. */
export function resolveOptions(options: CpWeightedOptions, shape: Shape): ResolvedCpWeightedOptions {
  const resolved = completeOptions('cpWeighted', cpWeightedDefaults, options);
  const { init, starts, ridge, fixedModes } = resolved;
  if (init !== 'auto' && init !== 'random' && init !== 'svd' && (typeof init !== 'object' || init === null)) {
    throw new RangeError(`cpWeighted: init is not 'auto', 'random', 'svd' or a CP tensor: ${String(init)}`);
  }
  if (!Number.isSafeInteger(starts) || starts < 1) {
    throw new RangeError(`cpWeighted: starts is not a positive integer: ${starts}`);
  }
  checkRidge('cpWeighted', ridge);
  checkModes('cpWeighted', 'fixedModes', fixedModes, shape.length);
  return { ...resolved, free: shape.map((_, mode) => !fixedModes.includes(mode)) };
}
