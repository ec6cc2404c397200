import { type Bounds, project } from './bounds.js';
import { lineSearch, type Wolfe } from './line-search.js';
import {
  type MinimizeOptions,
  type MinimizeProgress,
  type MinimizeResult,
  minimizeDefaults,
  type Objective,
} from './minimize.js';
import { createEvaluator, createPoint, dot, type Point, projectedGradientNorm } from './point.js';

/** What tells one method of descent from another. */
export interface Directions {
  /** Whether the next direction is that of steepest descent: nothing has been learnt, or all of it was forgotten. */
  readonly isFresh: () => boolean;
  /** Writes the next direction; returns the step to try first. */
  readonly next: (current: Point, gradientNorm: number, direction: Float64Array) => number;
  /** Told of a step taken. */
  readonly learn: (before: Point, after: Point, direction: Float64Array, step: number) => void;
  readonly forget: () => void;
  readonly wolfe: Wolfe;
}

/** Iterations running with a small gain that mean convergence: a single one may be a short step of an early iteration. */
const SMALL_GAINS = 2;

/** Steps along directions until the outcome is known. */
export function descend(
  objective: Objective,
  start: Float64Array,
  bounds: Bounds | undefined,
  directions: Directions,
  options: MinimizeOptions,
): MinimizeResult {
  const { maxIterations, maxEvaluations, tolerance, gradientTolerance, noise } = { ...minimizeDefaults, ...options };
  const { evaluate, count } = createEvaluator(objective);
  const direction = new Float64Array(start.length);
  let current = createPoint(start.length);
  const spare: [Point, Point] = [createPoint(start.length), createPoint(start.length)];
  const trace: number[] = [];
  let small = 0;
  let stuck = false;

  current.x.set(start);
  if (bounds !== undefined) project(current.x, bounds);
  const diverged = !evaluate(current);
  let gradientNorm = projectedGradientNorm(current, bounds);

  const outcome = (): MinimizeResult['status'] | undefined => {
    if (diverged) return 'diverged';
    if (options.signal?.aborted) return 'aborted';
    if (stuck || small >= SMALL_GAINS || gradientNorm <= gradientTolerance) return 'converged';
    if (trace.length >= maxIterations) return 'max-iterations';
    return count() >= maxEvaluations ? 'max-evaluations' : undefined;
  };

  let status = outcome();
  while (status === undefined) {
    const fresh = directions.isFresh();
    const first = directions.next(current, gradientNorm, direction);
    const slope = dot(current.gradient, direction);
    const problem = { from: current, direction, slope, first, wolfe: directions.wolfe, bounds, noise };
    const step =
      slope < 0 ? lineSearch({ ...problem, budget: maxEvaluations - count() }, { evaluate, count }, spare) : undefined;
    if (step === undefined) {
      stuck = fresh && count() < maxEvaluations;
      directions.forget();
    } else {
      const [found] = spare;
      directions.learn(current, found, direction, step);
      const gain = current.value - found.value;
      small =
        tolerance > 0 && gain <= tolerance * Math.max(Math.abs(current.value), Math.abs(found.value)) ? small + 1 : 0;
      spare[0] = current;
      current = found;
      gradientNorm = projectedGradientNorm(current, bounds);
      trace.push(current.value);
      options.onIteration?.(progress(trace.length, current, gradientNorm, count()));
    }
    status = outcome();
  }
  const { x, value } = current;
  return { x, value, gradientNorm, iterations: trace.length, evaluations: count(), status, trace };
}

function progress(iteration: number, { x, value }: Point, gradientNorm: number, evaluations: number): MinimizeProgress {
  return { iteration, value, gradientNorm, evaluations, x };
}

/** The direction of steepest descent, and a step along it that moves x by no more than its own size, or by 1 from the origin. */
export function steepestDescent({ x, gradient }: Point, gradientNorm: number, direction: Float64Array): number {
  for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i];
  return Math.min(1, (Math.sqrt(dot(x, x)) || 1) / gradientNorm);
}
