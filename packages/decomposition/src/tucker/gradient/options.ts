import type { Key } from '@neuronseek/tensor/random';
import { key as keyOf } from '@neuronseek/tensor/random';
import type { FitOptions, FitReport } from '../../fit/fit.js';
import type { TuckerTensor } from '../tucker-tensor.js';

/** Options of `tuckerOpt` and `tuckerWeighted`. */
export interface TuckerOptOptions extends FitOptions {
  /** Columns of the factors: one number a mode, or one for all of them. Those above the size of their mode count as that size. */
  readonly ranks: number | readonly number[];
  /** Start: that of `stHosvd`, the projection on random factors, or a Tucker tensor, which is never written to. Default: 'stHosvd'. */
  readonly init?: 'stHosvd' | 'random' | TuckerTensor;
  /** Key of the random start. Default: key(0). */
  readonly key?: Key;
  /** Largest number of L-BFGS iterations; 0 returns the start and its error. Default: 1000. */
  readonly maxIterations?: number;
  /** Converged where two iterations running each lower the error by no more than this share of it; 0: never for that. Default: 1e-9. */
  readonly tolerance?: number;
}

/** Defaults of `tuckerOpt`. */
export const tuckerOptDefaults: Required<Omit<TuckerOptOptions, 'ranks' | 'signal' | 'onProgress'>> = {
  init: 'stHosvd',
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 1000,
  tolerance: 1e-9,
};

/** Defaults of `tuckerWeighted`. */
export const tuckerWeightedDefaults: typeof tuckerOptDefaults = tuckerOptDefaults;

/** What `tuckerOpt` and `tuckerWeighted` return: a Tucker tensor and how it came about. */
export interface TuckerOptResult extends TuckerTensor, FitReport {
  /** The sizes of the core. */
  readonly ranks: readonly number[];
  /** Norm of the gradient of ½·‖x - model‖²/‖x‖² at the last iterate, for data of norm 1. Not small: the run stopped before it reached a minimum. */
  readonly gradientNorm: number;
}
