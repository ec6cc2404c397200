import { lbfgs } from '../../optimize/lbfgs.js';
import type { WeightedRun, WeightedRunOptions } from './gauss-newton.js';
import type { WeightedLeastSquares } from './objective.js';
import { separableStep } from './separable-step.js';

/** Damping of the preconditioner in units of its diagonal: at first and at most, and at least. */
const MOST_DAMPING = 1;
const LEAST_DAMPING = 1e-6;

/** At first from a start that is near the end. */
const NEAR_DAMPING = 1e-2;

/** What the damping is multiplied by after an iteration of one evaluation, and after one that had to shorten or stretch its step. */
const LESS = 0.4;
const MORE = 4;

/** Relative accuracy of the values. */
const NOISE = 1e-12;

/**
 * L-BFGS over all variables, whose first matrix is the damped inverse of the normal matrix of separable weights: Gauss–Newton where elements are missing at
 * random, corrected by what the gradients say about the weights as they are. A third of the iterations of plain L-BFGS, mostly one evaluation each.
 */
export function weightedQuasiNewton(
  problem: WeightedLeastSquares,
  start: Float64Array,
  { maxIterations, tolerance, isNear = false, signal, visit }: WeightedRunOptions,
): WeightedRun {
  let evaluations = 0;
  let damping = isNear ? NEAR_DAMPING : MOST_DAMPING;
  return lbfgs(
    (x, gradient) => {
      evaluations++;
      return problem.evaluate(x, gradient);
    },
    start,
    {
      maxIterations,
      // d√f = df / (2√f): the error falls by half as much of itself.
      tolerance: 2 * tolerance,
      gradientTolerance: tolerance > 0 ? 2 ** -52 : 0,
      noise: NOISE,
      signal,
      precondition: (x, q) => {
        damping = evaluations > 1 ? Math.min(MOST_DAMPING, damping * MORE) : Math.max(LEAST_DAMPING, damping * LESS);
        evaluations = 0;
        separableStep(problem, x, q, damping);
      },
      onIteration: ({ value, x }) => visit(value, x),
    },
  );
}
