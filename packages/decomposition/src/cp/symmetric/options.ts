import { key as keyOf } from '@neuronseek/tensor/random';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';

/** Options of `cpSymmetric`. */
export interface CpSymmetricOptions extends FitOptions {
  /**
   * Start: 'random', or a CP tensor whose factors are all the same, which is never written to. Default: 'random', the first start
   * being the singular vectors of the unfolding.
   */
  readonly init?: 'random' | CpTensor;
  /** Starts tried, the best of which is returned; a given `init` is the only one. Default: 5. */
  readonly starts?: number;
  /** Largest number of iterations of each start; 0 returns the first start and its error. Default: 200. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one iteration at or below which a fit counts as converged; 0 runs all. Default: 1e-10. */
  readonly tolerance?: number;
}

/** Defaults of `cpSymmetric`. */
export const cpSymmetricDefaults: Required<Omit<CpSymmetricOptions, 'signal' | 'onProgress'>> = {
  init: 'random',
  starts: 5,
  maxIterations: 200,
  tolerance: 1e-10,
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open. */
export type ResolvedCpSymmetricOptions = typeof cpSymmetricDefaults & Pick<CpSymmetricOptions, 'signal' | 'onProgress'>;

export function resolveOptions(options: CpSymmetricOptions): ResolvedCpSymmetricOptions {
  const resolved = completeOptions('cpSymmetric', cpSymmetricDefaults, options);
  const { init, starts } = resolved;
  if (!Number.isSafeInteger(starts) || starts < 1) {
    throw new RangeError(`cpSymmetric: starts is not a positive integer: ${starts}`);
  }
  if (init !== 'random' && (typeof init !== 'object' || init === null)) {
    throw new RangeError(`cpSymmetric: init is not 'random' or a CP tensor: ${String(init)}`);
  }
  return resolved;
}
