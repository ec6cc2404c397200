import type { Shape } from '@neuronseek/tensor';
import { key as keyOf } from '@neuronseek/tensor/random';
import { checkModes } from '../../checks/check-modes.js';
import { checkRidge } from '../../checks/check-ridge.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';

/** Options of `cpGaussNewton`. */
export interface CpGaussNewtonOptions extends FitOptions {
  /**
   * Start: 'random' or 'svd' as in `initializeCp`, the singular vectors mixed with 1 % of random directions, or a CP tensor, which is
   * never written to. Default: 'random'.
   */
  readonly init?: CpInitMethod | CpTensor;
  /** Key of the random start. Default: key(0). */
  readonly key?: FitOptions['key'];
  /** Sweeps and Gauss–Newton steps tried, together at most; 0 returns the start and its error. Default: 1000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error at or below which undamped steps count as converged; 0 runs all iterations. Default: 1e-8. */
  readonly tolerance?: number;
  /** Sweeps of alternating least squares before the first step. Default: 3. */
  readonly sweeps?: number;
  /**
   * Adds ridge · Σₙ ‖Aₙ‖² to ‖x - model‖², Aₙ the free factors in units of the data, a component's norm spread evenly over them, where the sum is
   * smallest. Default: 0.
   */
  readonly ridge?: number;
  /** Modes whose factors stay as they are in `init`, any number of them. Default: []. */
  readonly fixedModes?: readonly number[];
}

/** Defaults of `cpGaussNewton`. */
export const cpGaussNewtonDefaults: Required<Omit<CpGaussNewtonOptions, 'signal' | 'onProgress'>> = {
  init: 'random',
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 1000,
  tolerance: 1e-8,
  sweeps: 3,
  ridge: 0,
  fixedModes: [],
};

/** Options with nothing left open. */
export type ResolvedOptions = typeof cpGaussNewtonDefaults & Pick<CpGaussNewtonOptions, 'signal' | 'onProgress'>;

/** The options checked and completed; `init` is checked where it is used. */
export function resolveOptions(options: CpGaussNewtonOptions, shape: Shape): ResolvedOptions {
  const resolved = completeOptions('cpGaussNewton', cpGaussNewtonDefaults, options);
  checkCount('cpGaussNewton', 'sweeps', resolved.sweeps);
  checkRidge('cpGaussNewton', resolved.ridge);
  checkModes('cpGaussNewton', 'fixedModes', resolved.fixedModes, shape.length);
  return resolved;
}

/** Refuses what is not an integer from 0. */
export function checkCount(name: string, option: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(`${name}: ${option} is not an integer from 0: ${value}`);
}
