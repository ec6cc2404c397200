import type { Key } from '@neuronseek/tensor/random';

/**
 * How a fit ended.
 *
 * 'converged': another iteration would gain less than `tolerance`; 'max-iterations', 'max-evaluations': the budget is spent;
 * 'diverged': numbers left the range of float64, the result is the last good point; 'degenerate': components cancel while they grow, so
 * that the best fit of this rank may not exist; 'aborted': the signal said so, the result is the best so far.
 */
export type FitStatus = 'converged' | 'max-iterations' | 'max-evaluations' | 'diverged' | 'degenerate' | 'aborted';

/** What `onProgress` is told after every iteration. */
export interface FitProgress {
  /** Iterations done, from 1. */
  readonly iteration: number;
  readonly relativeError: number;
}

/** What every fit takes. */
export interface FitOptions {
  /** Decides every random number; equal inputs give equal bits. Default: key(0). */
  readonly key?: Key;
  /** Ends the run before the next iteration; the result is the best so far, with status 'aborted'. */
  readonly signal?: AbortSignal;
  /** Called after every iteration. */
  readonly onProgress?: (event: FitProgress) => void;
}

/** What every fit reports beside the decomposition itself; plain data. */
export interface FitReport {
  /** ‖x - model‖ / ‖x‖, never below what rounding allows to know; ‖model‖ where x is zero. */
  readonly relativeError: number;
  /** Iterations done. */
  readonly iterations: number;
  readonly status: FitStatus;
  /** Relative error after each iteration. */
  readonly trace: readonly number[];
}
