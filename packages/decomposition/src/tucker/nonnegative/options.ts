import type { Key } from '@neuronseek/tensor/random';
import { key as keyOf } from '@neuronseek/tensor/random';
import type { FitOptions } from '../../fit/fit.js';
import type { TuckerTensor } from '../tucker-tensor.js';

/** Options of `tuckerNonnegative`. */
export interface TuckerNonnegativeOptions extends FitOptions {
  /** Columns of the factors: one number a mode, or one for all of them. Those above the size of their mode count as that size. */
  readonly ranks: number | readonly number[];
  /**
   * Start: 'stHosvd', the magnitudes of what that finds; 'random', uniform entries; or a Tucker tensor without negative entries, which
   * is never written to. Default: 'stHosvd'.
   */
  readonly init?: 'stHosvd' | 'random' | TuckerTensor;
  /** Key of the random start. Default: key(0). */
  readonly key?: Key;
  /** Largest number of passes over a factor, and of gradient steps of the core, while their products with the data are at hand. Default: 20. */
  readonly innerIterations?: number;
  /** Largest number of sweeps; 0 returns the start and its error. Default: 1000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one sweep at or below which the fit counts as converged; 0 runs all sweeps. Default: 1e-7. */
  readonly tolerance?: number;
}

/** Defaults of `tuckerNonnegative`. */
export const tuckerNonnegativeDefaults: Required<Omit<TuckerNonnegativeOptions, 'ranks' | 'signal' | 'onProgress'>> = {
  init: 'stHosvd',
  key: /* @__PURE__ */ keyOf(0),
  innerIterations: 20,
  maxIterations: 1000,
  tolerance: 1e-7,
};
