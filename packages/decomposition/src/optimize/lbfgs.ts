import { completeDirection, createBounds, markFree } from './bounds.js';
import { type Directions, descend, steepestDescent } from './descend.js';
import { createMemory } from './lbfgs-memory.js';
import { type MinimizeOptions, type MinimizeResult, minimizeDefaults, type Objective } from './minimize.js';
import { dot } from './point.js';

/** Options of `lbfgs`. */
export interface LbfgsOptions extends MinimizeOptions {
  /** Pairs of steps and changes of gradient that are kept. Default: 10. */
  readonly memory?: number;
  /** Lower bounds: one for all variables, or one a variable. Default: -Infinity. */
  readonly lower?: number | Float64Array;
  /** Upper bounds, alike. Default: Infinity. */
  readonly upper?: number | Float64Array;
  /**
   * Turns q, in place, into H₀·q with a positive definite H₀ close to the inverse Hessian at the point x; it may be another one in every iteration. Not
   * used where there are bounds.
   */
  readonly precondition?: (x: Float64Array, q: Float64Array) => void;
}

/** Defaults of `lbfgs`. */
export const lbfgsDefaults: Required<Omit<LbfgsOptions, 'signal' | 'onIteration' | 'precondition'>> = {
  ...minimizeDefaults,
  memory: 10,
  lower: -Infinity,
  upper: Infinity,
};

/** Loose, because the quasi-Newton step is tried first and mostly right (Nocedal & Wright 2006, section 3.1). */
const WOLFE = { decrease: 1e-4, curvature: 0.9 };

/**
 * A local minimum of a smooth function by limited-memory BFGS with a strong Wolfe line search, subject to lower ≤ x ≤ upper where given.
 *
 * Without bounds: the two-loop recursion, scaled by the last sᵀy/yᵀy; pairs without positive curvature are left out. With bounds: the two-metric
 * projection method, the recursion restricted to the variables that are not held by a bound, and a search along the projected
 * path; its limits are KKT points. `start` is not written to; it is moved into the bounds first.
 *
 * Cost an iteration: mostly one evaluation, 4·memory·n multiplications, half as much again with bounds; memory for 2·memory + 7 vectors.
 * (Liu & Nocedal 1989; Nocedal & Wright 2006, algorithms 7.4, 7.5; Bertsekas 1982)
 *
 * @throws RangeError where bounds have another length than `start` or leave no number
 */
export function lbfgs(objective: Objective, start: Float64Array, options: LbfgsOptions = {}): MinimizeResult {
  const bounds = createBounds('lbfgs', start.length, options.lower, options.upper);
  const memory = createMemory(start.length, options.memory ?? lbfgsDefaults.memory);
  const free = bounds === undefined ? undefined : new Uint8Array(start.length);
  const { precondition } = options;
  let middle: ((q: Float64Array) => void) | undefined;
  const directions: Directions = {
    isFresh: memory.isEmpty,
    next: (current, gradientNorm, direction) => {
      const { x, gradient } = current;
      if (bounds !== undefined && free !== undefined) markFree(x, gradient, bounds, gradientNorm, free);
      let first = steepestDescent(current, gradientNorm, direction);
      if (free !== undefined) for (let i = 0; i < direction.length; i++) direction[i] *= free[i];
      if (precondition !== undefined && bounds === undefined) middle = (q) => precondition(x, q);
      const scaled = memory.multiply(direction, free, middle);
      if (scaled && dot(direction, gradient) < 0) first = 1;
      else if (scaled) {
        memory.clear();
        first = steepestDescent(current, gradientNorm, direction);
      }
      if (bounds !== undefined && free !== undefined) completeDirection(x, gradient, bounds, free, direction);
      return first;
    },
    learn: memory.remember,
    forget: memory.clear,
    wolfe: WOLFE,
  };
  return descend(objective, start, bounds, directions, options);
}
