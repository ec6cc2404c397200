import type { Key } from '@neuronseek/tensor/random';
import { key as keyOf } from '@neuronseek/tensor/random';
import type { FitProgress } from '../../fit/fit.js';
import type { TuckerTensor } from '../tucker-tensor.js';

/** How long `hooi` and `tucker` go on, and who is told. */
export interface SweepOptions {
  /** Ends the run before the next sweep; the result is the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every sweep. */
  readonly onProgress?: (event: FitProgress) => void;
}

/** Options of `hooi`. */
export interface HooiOptions extends SweepOptions {
  /** Columns of the factors: one number a mode, or one for all of them. Those above the size of their mode count as that size. */
  readonly ranks: number | readonly number[];
  /** The modes to decompose, all where they are left out; the others get an identity as factor. */
  readonly modes?: readonly number[];
  /** Start: that of `stHosvd`, random factors, or a Tucker tensor, of which the factors are used and never written to. Default: 'stHosvd'. */
  readonly init?: 'stHosvd' | 'random' | TuckerTensor;
  /** Modes whose factors stay as they are in `init`, a Tucker tensor. Default: []. */
  readonly fixedModes?: readonly number[];
  /** Key of the random start. Default: key(0). */
  readonly key?: Key;
  /** Largest number of sweeps; 0 returns the start and its error. Default: 100. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one sweep at or below which the fit counts as converged; 0 runs all sweeps. Default: 1e-8. */
  readonly tolerance?: number;
}

/** Defaults of `hooi`. */
export const hooiDefaults: Required<Omit<HooiOptions, 'ranks' | 'modes' | 'signal' | 'onProgress'>> = {
  init: 'stHosvd',
  fixedModes: [],
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 100,
  tolerance: 1e-8,
};
