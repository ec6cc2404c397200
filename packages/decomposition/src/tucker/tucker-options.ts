import { key as keyOf } from '@neuronseek/tensor/random';
import type { SweepOptions } from './hooi/options.js';
import type { TuckerSize } from './size-options.js';
import type { hosvdDefaults, TruncationOptions } from './truncation-options.js';

/** How far `tucker` goes beyond truncation. */
export interface TuckerSweepOptions extends SweepOptions {
  /** Largest number of HOOI sweeps; 0 truncates only. Default: 20. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one sweep at or below which the fit counts as converged; 0 runs all sweeps. Default: 1e-6. */
  readonly tolerance?: number;
}

/** Options of `tucker`. */
export type TuckerOptions = TuckerSize & TruncationOptions & TuckerSweepOptions;

/** Defaults of `tucker`. */
export const tuckerDefaults: typeof hosvdDefaults & Required<Omit<TuckerSweepOptions, keyof SweepOptions>> = {
  method: 'exact',
  oversampling: 8,
  powerIterations: 1,
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 20,
  tolerance: 1e-6,
};
