import { type Shape, showShape } from '@neuronseek/tensor';
import { key as keyOf } from '@neuronseek/tensor/random';
import { checkModes } from '../../checks/check-modes.js';
import { checkRidge } from '../../checks/check-ridge.js';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions } from '../../fit/fit.js';
import type { CpTensor } from '../cp-tensor.js';

/**
 * Where a run of `cp` starts: 'gevd', a generalised eigenvalue problem, where two modes have at least as many rows as the rank; 'svd', singular
 * vectors mixed with 1 % of random directions; 'random', normal draws.
 */
export type CpStart = 'gevd' | 'svd' | 'random';

/** Options of `cp`. */
export interface CpOptions extends FitOptions {
  /**
   * Runs, one from each start in the list; the random draws of each are its own. 'auto' is 'gevd', 'svd', then 'random' up to three times, until one run is
   * exact, GEVD began within a tenth of the error below 0.3 at which it ended, or two end at the same error to six digits. Default: 'auto'.
   */
  readonly starts?: 'auto' | readonly CpStart[];
  /** A start of your own, the only one then; never written to. Default: undefined. */
  readonly init?: CpTensor;
  /** Decides the random numbers of the starts; those of the compression are the same for every key. Default: key(0). */
  readonly key?: FitOptions['key'];
  /** Iterations of each run on the compressed data, at most; 0 returns the first start and its error. Default: 1000. */
  readonly maxIterations?: number;
  /** Relative decrease of the error at or below which undamped steps count as converged; 0 runs all iterations. Default: 1e-6. */
  readonly tolerance?: number;
  /**
   * Whether to fit the core of a truncated HOSVD first, of size min(Iₙ, rank + 2) in each mode or of the sizes given; not done where it would not be at least
   * twice as small as x, nor with fixed modes. Default: true.
   */
  readonly compress?: boolean | readonly number[];
  /** As in `cpGaussNewton`: adds ridge · Σₙ ‖Aₙ‖² to ‖x - model‖². Default: 0. */
  readonly ridge?: number;
  /** Modes whose factors stay as they are in `init`. Default: []. */
  readonly fixedModes?: readonly number[];
}

/** Defaults of `cp`. */
export const cpDefaults: Required<Omit<CpOptions, 'init' | 'signal' | 'onProgress'>> & Pick<CpOptions, 'init'> = {
  starts: 'auto',
  init: undefined,
  key: /* @__PURE__ */ keyOf(0),
  maxIterations: 1000,
  tolerance: 1e-6,
  compress: true,
  ridge: 0,
  fixedModes: [],
};

/** Options with nothing left open. */
export type ResolvedCpOptions = typeof cpDefaults & Pick<CpOptions, 'signal' | 'onProgress'>;

const STARTS: readonly unknown[] = ['gevd', 'svd', 'random'];

/** The options checked and completed; `init` is checked where it is used. */
export function resolveCpOptions(name: string, options: CpOptions, shape: Shape): ResolvedCpOptions {
  const resolved = completeOptions(name, cpDefaults, options);
  const { starts, init, compress, ridge, fixedModes } = resolved;
  const isList = Array.isArray(starts) && starts.length > 0 && starts.every((start) => STARTS.includes(start));
  if (starts !== 'auto' && !isList) {
    throw new RangeError(
      `${name}: starts is not 'auto' or a list of 'gevd', 'svd' and 'random': ${JSON.stringify(starts)}`,
    );
  }
  if (init !== undefined && (typeof init !== 'object' || init === null)) {
    throw new TypeError(`${name}: init is not a CP tensor { weights, factors }: ${String(init)}`);
  }
  checkRidge(name, ridge);
  checkModes(name, 'fixedModes', fixedModes, shape.length);
  if (fixedModes.length > 0 && init === undefined) {
    throw new RangeError(`${name}: fixedModes needs init: fixedModes is [${fixedModes.join(', ')}], init is undefined`);
  }
  if (typeof compress !== 'boolean') checkCoreSizes(name, compress, shape);
  return resolved;
}

function checkCoreSizes(name: string, sizes: readonly number[], shape: Shape): void {
  const fits =
    Array.isArray(sizes) &&
    sizes.length === shape.length &&
    sizes.every((size, m) => Number.isSafeInteger(size) && size >= 1 && size <= shape[m]);
  if (fits) return;
  throw new RangeError(
    `${name}: compress is neither a boolean nor one size from 1 to that of x a mode: it is ${JSON.stringify(sizes)}, x has shape ${showShape(shape)}`,
  );
}
