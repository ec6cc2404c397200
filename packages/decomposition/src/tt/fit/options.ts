import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import type { FitProgress } from '../../fit/fit.js';
import type { TtTensor } from '../tt-tensor.js';
import type { SampleValues } from './samples.js';

/** What `onProgress` of `ttAls` is told after every sweep. */
export interface TtAlsProgress extends FitProgress {
  /** Error at the samples that are held back; undefined where there are none. */
  readonly heldOutError: number | undefined;
  readonly ranks: readonly number[];
}

/** Options of `ttAls`. */
export interface TtAlsOptions {
  /** Ranks: one number for all inner ones, or the list r₀ = 1, r₁, …, r_N = 1. Default: undefined, chosen by the held-out samples. */
  readonly ranks?: number | readonly number[];
  /** Largest rank that is tried where they are chosen. Default: 10. */
  readonly maxRank?: number;
  /** Share of the samples that is held back, to choose ranks and the sweep to stop at; 0 fits all. Default: 0.1. */
  readonly holdOut?: number;
  /** Weights of the samples, from 0. Default: undefined, all equal. */
  readonly weights?: SampleValues;
  /** Added to the diagonals of the normal matrices, in units of their mean entry. Default: 1e-10. */
  readonly ridge?: number;
  /** A start, which is never written to; larger ranks asked for are added to it. Default: undefined, the constant 1. */
  readonly init?: TtTensor;
  /** Decides the samples held back and the directions in which ranks grow. Default: key(0). */
  readonly key?: Key;
  /** Largest number of sweeps over the modes, in one direction each. Default: 300. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one sweep at or below which the fit counts as converged; 0 runs all sweeps. Default: 1e-5. */
  readonly tolerance?: number;
  /** Ends the run before the next sweep; the result is the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every sweep. */
  readonly onProgress?: (event: TtAlsProgress) => void;
}

/** Defaults of `ttAls`. */
export const ttAlsDefaults: Required<Omit<TtAlsOptions, 'ranks' | 'weights' | 'init' | 'signal' | 'onProgress'>> &
  Pick<TtAlsOptions, 'ranks' | 'weights' | 'init'> = {
  ranks: undefined,
  maxRank: 10,
  holdOut: 0.1,
  weights: undefined,
  ridge: 1e-10,
  init: undefined,
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 300,
  tolerance: 1e-5,
};
