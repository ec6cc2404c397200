import type { FitStatus } from '../fit/fit.js';

/**
 * A function to minimise: returns its value at `x` and writes its gradient, every entry of it, to `gradient`. It must write to neither `x` nor keep
 * either array: they are used again. What is not finite means "outside of the domain": the step there is shortened.
 */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** What minimisers take. */
export interface MinimizeOptions {
  /** Largest number of iterations; 0 evaluates the start only. Default: 1000. */
  readonly maxIterations?: number;
  /** No iteration begins, and no line search goes on, after so many evaluations. Default: Infinity. */
  readonly maxEvaluations?: number;
  /** Converged where two iterations running each lower the value by no more than this times its magnitude; 0: never for that. Default: 1e-10. */
  readonly tolerance?: number;
  /** Converged where the norm of the (projected) gradient is not above this. Default: 0. */
  readonly gradientTolerance?: number;
  /** Relative accuracy of the values: differences below noise·|value| count as none, and slopes decide (Hager & Zhang 2005). Default: 1e-14. */
  readonly noise?: number;
  /** Ends the run before the next iteration. */
  readonly signal?: AbortSignal;
  /** Called after every iteration. */
  readonly onIteration?: (event: MinimizeProgress) => void;
}

/** What `onIteration` is told. */
export interface MinimizeProgress {
  /** Iterations done, from 1. */
  readonly iteration: number;
  readonly value: number;
  readonly gradientNorm: number;
  readonly evaluations: number;
  /** The point; overwritten later, so neither to be kept nor written to. */
  readonly x: Float64Array;
}

/** Where a minimiser ended. */
export interface MinimizeResult {
  /** The point found, an array of its own; the start, moved into the bounds, where nothing better was found. */
  readonly x: Float64Array;
  readonly value: number;
  /** ‖P(x - gradient) - x‖, P the projection onto the bounds: the norm of the gradient where there are none. */
  readonly gradientNorm: number;
  /** Steps taken. */
  readonly iterations: number;
  readonly evaluations: number;
  /**
   * 'converged' also where not even the direction of steepest descent has a step that lowers the value: rounding, or a gradient that is not
   * that of the value (then `gradientNorm` is not small); 'diverged' only where the start has a value or gradient that is not finite.
   */
  readonly status: Exclude<FitStatus, 'degenerate'>;
  /** Value after each iteration; rises by no more than `noise` does. */
  readonly trace: readonly number[];
}

/** Defaults of the options that all minimisers share. */
export const minimizeDefaults: Required<Omit<MinimizeOptions, 'signal' | 'onIteration'>> = {
  maxIterations: 1000,
  maxEvaluations: Infinity,
  tolerance: 1e-10,
  gradientTolerance: 0,
  noise: 1e-14,
};
