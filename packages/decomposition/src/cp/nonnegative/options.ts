import type { Shape } from '@neuronseek/tensor';
import { key as keyOf } from '@neuronseek/tensor/random';
import { checkModes } from '../../checks/check-modes.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';

/** Options of `cpNonnegative`. */
export interface CpNonnegativeOptions extends FitOptions {
  /**
   * Update of a nonnegative factor: 'hals', column by column, exact for each; or 'mu', multiplicative, which keeps every entry above 0
   * and is slower. Default: 'hals'.
   */
  readonly method?: 'hals' | 'mu';
  /** Start: 'random', uniform entries, or a CP tensor, which is never written to. Default: 'random'. */
  readonly init?: 'random' | CpTensor;
  /** Modes whose factors are held nonnegative; the others are solved for by least squares. Default: 'all'. */
  readonly modes?: 'all' | readonly number[];
  /** Modes whose factors stay as they are in `init`. Default: []. */
  readonly fixedModes?: readonly number[];
  /** Largest number of passes over the columns of a factor while its products with the data are at hand. Default: 20. */
  readonly innerIterations?: number;
  /** Largest number of sweeps; 0 returns the start and its error. Default: 2000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error by one sweep at or below which the fit counts as converged; 0 runs all sweeps. Default: 1e-8. */
  readonly tolerance?: number;
}

/** Defaults of `cpNonnegative`. */
export const cpNonnegativeDefaults: Required<Omit<CpNonnegativeOptions, 'signal' | 'onProgress'>> = {
  method: 'hals',
  init: 'random',
  modes: 'all',
  fixedModes: [],
  innerIterations: 20,
  maxIterations: 2000,
  tolerance: 1e-8,
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open, and for each mode whether it is nonnegative and whether it is free. */
export type ResolvedCpNonnegativeOptions = typeof cpNonnegativeDefaults &
  Pick<CpNonnegativeOptions, 'signal' | 'onProgress'> & {
    readonly nonnegative: readonly boolean[];
    readonly free: readonly boolean[];
  };

/** The options checked and completed; the numbers of `init` are checked where it is used. */
export function resolveOptions(options: CpNonnegativeOptions, shape: Shape): ResolvedCpNonnegativeOptions {
  const resolved = completeOptions('cpNonnegative', cpNonnegativeDefaults, options);
  const { method, init, modes, fixedModes, innerIterations } = resolved;
  if (method !== 'hals' && method !== 'mu') {
    throw new RangeError(`cpNonnegative: method is not 'hals' or 'mu': ${String(method)}`);
  }
  if (init !== 'random' && (typeof init !== 'object' || init === null)) {
    throw new RangeError(`cpNonnegative: init is not 'random' or a CP tensor: ${String(init)}`);
  }
  if (!Number.isSafeInteger(innerIterations) || innerIterations < 1) {
    throw new RangeError(`cpNonnegative: innerIterations is not a positive integer: ${innerIterations}`);
  }
  const named = modes === 'all' ? shape.map((_, mode) => mode) : modes;
  checkModes('cpNonnegative', 'modes', named, shape.length);
  checkModes('cpNonnegative', 'fixedModes', fixedModes, shape.length);
  return {
    ...resolved,
    nonnegative: shape.map((_, mode) => named.includes(mode)),
    free: shape.map((_, mode) => !fixedModes.includes(mode)),
  };
}
