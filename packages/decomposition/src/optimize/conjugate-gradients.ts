import { type Directions, descend, steepestDescent } from './descend.js';
import type { MinimizeOptions, MinimizeResult, Objective } from './minimize.js';
import { minimizeDefaults } from './minimize.js';
import { dot, type Point } from './point.js';

/** Options of `conjugateGradients`. */
export interface ConjugateGradientsOptions extends MinimizeOptions {
  /** β of Polak and Ribière, or of Hestenes and Stiefel, 0 where it would be negative. Default: 'pr+'. */
  readonly update?: 'pr+' | 'hs+';
}

/** Defaults of `conjugateGradients`. */
export const conjugateGradientsDefaults: Required<Omit<ConjugateGradientsOptions, 'signal' | 'onIteration'>> = {
  ...minimizeDefaults,
  update: 'pr+',
};

/** Tight: conjugacy rests on searches that are nearly exact (Nocedal & Wright 2006, section 5.2). */
const WOLFE = { decrease: 1e-4, curvature: 0.1 };

/** A direction this nearly orthogonal to the gradient leads nowhere: descent starts anew. */
const SMALLEST_COSINE = 1e-6;

/**
 * A local minimum of a smooth function by nonlinear conjugate gradients with a strong Wolfe line search: d = -g + β·d,
 *
 *     'pr+'  β = max(0, gᵀ(g - g')/‖g'‖²)        'hs+'  β = max(0, gᵀ(g - g')/dᵀ(g - g'))
 *
 * with g' the gradient before. Starts anew after every n iterations, and where d is hardly a direction of descent. Searches need two or three
 * evaluations; against `lbfgs` it saves memory only: 7 vectors.
 * (Polak & Ribière 1969; Hestenes & Stiefel 1952; Gilbert & Nocedal 1992)
 */
export function conjugateGradients(
  objective: Objective,
  start: Float64Array,
  options: ConjugateGradientsOptions = {},
): MinimizeResult {
  const update = options.update ?? conjugateGradientsDefaults.update;
  let since = 0;
  let beta = 0;
  let lastSlope = 0;
  let lastStep = 0;
  const directions: Directions = {
    isFresh: () => since === 0,
    next: (current, gradientNorm, direction) => {
      const { gradient } = current;
      if (since === 0) return steepestDescent(current, gradientNorm, direction);
      for (let i = 0; i < direction.length; i++) direction[i] = beta * direction[i] - gradient[i];
      const slope = dot(gradient, direction);
      if (!(slope < -SMALLEST_COSINE * gradientNorm * Math.sqrt(dot(direction, direction)))) {
        since = 0;
        return steepestDescent(current, gradientNorm, direction);
      }
      // As long a step, to first order, as the one before changed the value by.
      return (lastStep * lastSlope) / slope;
    },
    learn: (before, after, direction, step) => {
      since = since + 1 < direction.length ? since + 1 : 0;
      beta = betaOf(update, before, after, direction);
      lastSlope = dot(before.gradient, direction);
      lastStep = step;
    },
    forget: () => {
      since = 0;
    },
    wolfe: WOLFE,
  };
  return descend(objective, start, undefined, directions, options);
}

function betaOf(update: 'pr+' | 'hs+', before: Point, after: Point, direction: Float64Array): number {
  let [above, slopes, squares] = [0, 0, 0];
  for (let i = 0; i < direction.length; i++) {
    const change = after.gradient[i] - before.gradient[i];
    above += after.gradient[i] * change;
    slopes += direction[i] * change;
    squares += before.gradient[i] * before.gradient[i];
  }
  const beta = above / (update === 'pr+' ? squares : slopes);
  return beta > 0 && Number.isFinite(beta) ? beta : 0;
}
