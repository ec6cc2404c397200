import type { Shape } from '@neuronseek/tensor';
import { key as keyOf } from '@neuronseek/tensor/random';
import { checkModes } from '../../checks/check-modes.js';
import { checkRidge } from '../../checks/check-ridge.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';

/** Options of `cpOpt`. */
export interface CpOptOptions extends FitOptions {
  /** Limited-memory BFGS, or nonlinear conjugate gradients (Polak–Ribière), which know no bounds. Default: 'lbfgs'. */
  readonly method?: 'lbfgs' | 'cg';
  /**
   * Start: 'random' or 'svd' as in `initializeCp`, the singular vectors mixed with 1 % of random directions, magnitudes of them where `lower` is at
   * least 0; or a CP tensor, which is never written to; entries of its free factors outside of the bounds are moved to them. Default: 'random'.
   */
  readonly init?: CpInitMethod | CpTensor;
  /** Largest number of iterations; 0 returns the start and its error. Default: 2000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error that each of two iterations running stays at or below where the fit counts as converged; 0 never. Default: 1e-8. */
  readonly tolerance?: number;
  /** Adds ridge · Σₙ ‖Aₙ‖² to ‖x - model‖², Aₙ the factors with the weights taken into them, in units of the data. Default: 0. */
  readonly ridge?: number;
  /** Modes whose factors stay as they are in `init`, any number of them. Default: []. */
  readonly fixedModes?: readonly number[];
  /** Lower bound of every entry of the free factors Aₙ, the weights taken into them; below `upper`. Default: -Infinity. */
  readonly lower?: number;
  /** Upper bound, alike. Default: Infinity. */
  readonly upper?: number;
  /** Pairs of vectors that 'lbfgs' keeps. Default: 10. */
  readonly memory?: number;
}

/** Defaults of `cpOpt`. */
export const cpOptDefaults: Required<Omit<CpOptOptions, 'signal' | 'onProgress'>> = {
  method: 'lbfgs',
  init: 'random',
  maxIterations: 2000,
  tolerance: 1e-8,
  ridge: 0,
  fixedModes: [],
  lower: -Infinity,
  upper: Infinity,
  memory: 10,
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open, and for each mode whether it is free. */
export type ResolvedCpOptOptions = typeof cpOptDefaults &
  Pick<CpOptOptions, 'signal' | 'onProgress'> & { readonly free: readonly boolean[] };

/** The options checked and completed; a CP tensor as `init` is checked where it is used. */
export function resolveOptions(options: CpOptOptions, shape: Shape): ResolvedCpOptOptions {
  const resolved = completeOptions('cpOpt', cpOptDefaults, options);
  const { method, init, ridge, fixedModes, lower, upper, memory } = resolved;
  if (method !== 'lbfgs' && method !== 'cg') {
    throw new RangeError(`cpOpt: method is not 'lbfgs' or 'cg': ${String(method)}`);
  }
  if (init !== 'random' && init !== 'svd' && (typeof init !== 'object' || init === null)) {
    throw new RangeError(`cpOpt: init is not 'random', 'svd' or a CP tensor: ${String(init)}`);
  }
  checkRidge('cpOpt', ridge);
  checkBounds('cpOpt', lower, upper);
  if (method === 'cg' && (lower > -Infinity || upper < Infinity)) {
    throw new RangeError(`cpOpt: bounds need method 'lbfgs': method is 'cg', bounds are ${lower} and ${upper}`);
  }
  if (!Number.isSafeInteger(memory) || memory < 1) {
    throw new RangeError(`cpOpt: memory is not a positive integer: ${memory}`);
  }
  checkModes('cpOpt', 'fixedModes', fixedModes, shape.length);
  return { ...resolved, free: shape.map((_, mode) => !fixedModes.includes(mode)) };
}

/** Refuses bounds that leave no interval. */
export function checkBounds(name: string, lower: number, upper: number): void {
  if (!(lower < upper)) throw new RangeError(`${name}: lower is not below upper: ${lower} and ${upper}`);
}
