import type { FitStatus } from '../../fit/fit.js';
import { type Evaluation, evaluator, isExact, largestNorm, type Objective } from './objective.js';
import { balancedFactors } from './point.js';
import { solverChoice } from './solve-step.js';
import { tryStep } from './try-step.js';

/** When to stop, and whom to tell. */
export interface DampedOptions {
  /** Steps tried at most. */
  readonly maxIterations: number;
  /** Relative decrease of the root of the objective by one step at or below which the fit counts as converged. */
  readonly tolerance: number;
  readonly isAborted: () => boolean;
  /** Told after each step of the error and of the largest component norm. */
  readonly visit: (error: number, largest: number) => void;
}

/** Where a run ended, and why. */
export interface DampedRun {
  readonly point: Evaluation;
  readonly status: FitStatus;
}

/** Damping in units of the diagonal of JᵀJ: at first, at least, and with so much of it that no step moves anything. */
const FIRST_DAMPING = 1e-2;
const LEAST_DAMPING = 1e-15;
const MOST_DAMPING = 1e16;

/** Small decreases mean convergence only where the damping is not what makes them small: near a saddle it is. */
const LIGHT_DAMPING = 1e-4;
/** After so many small decreases in a row the damping does not matter. */
const MOST_SMALL = 30;

/** Gain ratios: of a step taken, of one after which the damping rises, and those after which it falls. */
const TAKEN = 1e-4;
const POOR = 0.25;
const GOOD = 0.75;
const FINE = 0.9;

/** A decrease of this share of the objective is its rounding. */
const ROUNDING = 2 ** -46;

/** Components this much larger than the data and than at the start, while the error is far above their rounding, are on their way to infinity. */
const ENDLESS = 1e6;
const FAR = 1e-12;

/**
 * Damped Gauss–Newton with geodesic acceleration: steps d of (JᵀJ + μ·D)·d = -gradient, D the diagonal of JᵀJ bounded from below, bent by the second
 * derivative of the model along d. μ falls where the objective does as its quadratic model says, and rises where it does not. Columns are balanced
 * after each step. The objective never rises.
 *
 * Nearly collinear components are narrow curved valleys, in which straight steps are short: with the bend, which costs a second right-hand side,
 * cosines of 0.999 take a hundred steps instead of thousands. (Levenberg 1944; Marquardt 1963; Transtrum & Sethna 2012)
 */
export function levenbergMarquardt(
  objective: Objective,
  start: readonly Float64Array[],
  { maxIterations, tolerance, isAborted, visit }: DampedOptions,
): DampedRun {
  const evaluate = evaluator(objective);
  let point = evaluate(balancedFactors(start, objective.rank, objective.free));
  const endless = ENDLESS * Math.max(1, largestNorm(point));
  const choice = solverChoice(point.gradient.length);
  let damping = FIRST_DAMPING;
  let small = 0;
  let stuck = 0;
  const outcome = (iteration: number): FitStatus | undefined => {
    if (isAborted()) return 'aborted';
    if (tolerance > 0) {
      if ((small > 1 && damping <= LIGHT_DAMPING) || small > MOST_SMALL || stuck > 1 || isExact(point))
        return 'converged';
      if (largestNorm(point) > endless && point.error > FAR * largestNorm(point)) return 'degenerate';
    }
    return iteration >= maxIterations ? 'max-iterations' : undefined;
  };
  let status = outcome(0);
  for (let iteration = 1; status === undefined; iteration++) {
    const trial = tryStep(objective, evaluate, point, damping, choice);
    const decrease = trial === undefined ? 0 : point.value - trial.point.value;
    const gain = trial === undefined ? 0 : decrease / trial.predicted;
    if (trial !== undefined && decrease > 0 && gain > TAKEN) {
      const isSmall = Math.sqrt(point.value) - Math.sqrt(trial.point.value) <= tolerance * Math.sqrt(point.value);
      small = isSmall ? small + 1 : 0;
      stuck = 0;
      point = trial.point;
      if (gain > GOOD) damping = Math.max(LEAST_DAMPING, damping * (gain > FINE ? 0.2 : 0.3));
      else if (gain < POOR) damping *= 2;
    } else {
      if (damping >= MOST_DAMPING || (trial !== undefined && trial.predicted <= ROUNDING * point.value)) stuck++;
      damping = Math.min(MOST_DAMPING, 2 * damping);
    }
    visit(point.error, largestNorm(point));
    status = outcome(iteration);
  }
  return { point, status };
}
