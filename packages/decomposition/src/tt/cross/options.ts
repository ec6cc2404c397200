import { showShape, type Tensor } from '@neuronseek/tensor';
import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitProgress } from '../../fit/fit.js';
import type { SampleIndices } from '../sample-indices.js';
import { rankList } from '../truncation.js';

/**
 * Elements of a tensor at `count` indices: `indices` [count, N] row-major, whole numbers from 0, an array of its own → `count` values. Called with
 * many at once, never twice with the same index.
 */
export type TtCrossFunction = (indices: Int32Array, count: number) => ArrayLike<number> | Tensor;

/** What `onProgress` of `ttCross` is told after every sweep. */
export interface TtCrossProgress extends FitProgress {
  /** Elements evaluated so far. */
  readonly evaluations: number;
  /** r₀ = 1, r₁, …, r_N = 1. */
  readonly ranks: readonly number[];
}

/** Options of `ttCross`. */
export interface TtCrossOptions {
  /** Relative error that is looked for. Default: 1e-7, but 1e-12 where `ranks` is given without it. */
  readonly eps?: number;
  /** Largest ranks: one number for all inner ones, or the list r₀ = 1, r₁, …, r_N = 1. Default: undefined, no limit. */
  readonly ranks?: number | readonly number[];
  /** Largest number of elements that are evaluated, those of the validation among them; never exceeded. Default: Infinity. */
  readonly maxEvaluations?: number;
  /** Largest number of sweeps over the modes, in one direction each. Default: 60. */
  readonly maxIterations?: number;
  /**
   * Number of random elements at which the error is estimated; at most an eighth of `maxEvaluations`, and a twentieth of the elements but
   * no fewer than 100 if there are so many. Default: 1000.
   */
  readonly validation?: number;
  /** Indices where the function is worth looking at, such as its peaks; repeated ones count once. Default: []. */
  readonly init?: SampleIndices;
  /** Decides the validation set and the probes. Default: key(0). */
  readonly key?: Key;
  /** Ends the run before the next request; the result is the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every sweep. */
  readonly onProgress?: (event: TtCrossProgress) => void;
}

/** Defaults of `ttCross`. */
export const ttCrossDefaults: Required<Omit<TtCrossOptions, 'ranks' | 'signal' | 'onProgress'>> &
  Pick<TtCrossOptions, 'ranks'> = {
  eps: 1e-7,
  ranks: undefined,
  maxEvaluations: Infinity,
  maxIterations: 60,
  validation: 1000,
  init: [],
  key: /* @__PURE__ */ keyOf(0),
};

/** Options with nothing left open. */
export interface ResolvedCrossOptions
  extends Required<Omit<TtCrossOptions, 'signal' | 'onProgress' | 'ranks'>>,
    Pick<TtCrossOptions, 'signal' | 'onProgress'> {
  /** One cap a rank. */
  readonly caps: readonly number[];
}

/** What eps is where only ranks are asked for: as far as they go. */
const RANKS_ALONE = 1e-12;

/** The options checked and completed, but for `init`. */
export function resolveCrossOptions(options: TtCrossOptions, shape: readonly number[]): ResolvedCrossOptions {
  const resolved = completeOptions('ttCross', ttCrossDefaults, options);
  const { ranks, maxEvaluations, validation } = resolved;
  const caps = ranks === undefined ? [1, ...shape.map(() => Infinity)] : rankList('ttCross', ranks, shape.length);
  const eps = options.eps ?? (options.ranks === undefined ? ttCrossDefaults.eps : RANKS_ALONE);
  if (!(eps >= 0 && eps < Infinity)) throw new RangeError(`ttCross: eps is not a finite number from 0: ${eps}`);
  if (maxEvaluations !== Infinity && !(Number.isSafeInteger(maxEvaluations) && maxEvaluations >= 1)) {
    throw new RangeError(`ttCross: maxEvaluations is not a positive integer: ${maxEvaluations}`);
  }
  if (!(Number.isSafeInteger(validation) && validation >= 0)) {
    throw new RangeError(`ttCross: validation is not an integer from 0: ${validation}`);
  }
  return { ...resolved, eps, caps };
}

/** Refuses what is no list of sizes from 1. */
export function checkCrossShape(shape: readonly number[]): void {
  if (!Array.isArray(shape)) throw new TypeError(`ttCross: shape is not a list of sizes: ${String(shape)}`);
  if (shape.length === 0) throw new RangeError('ttCross: shape needs at least one mode: it is []');
  shape.forEach((n) => {
    if (Number.isSafeInteger(n) && n >= 1 && n < 2 ** 31) return;
    throw new RangeError(`ttCross: shape has a size that is not a positive integer below 2^31: ${showShape(shape)}`);
  });
}
