import type { Bounds } from './bounds.js';
import { dot, type Evaluator, type Point } from './point.js';

/** Constants of the strong Wolfe conditions, 0 < decrease < curvature < 1. */
export interface Wolfe {
  readonly decrease: number;
  readonly curvature: number;
}

/** What a line search needs to know. */
export interface LineSearch {
  readonly from: Point;
  readonly direction: Float64Array;
  /** Derivative of the value along the direction, below 0. */
  readonly slope: number;
  /** The step tried first. */
  readonly first: number;
  readonly wolfe: Wolfe;
  readonly bounds: Bounds | undefined;
  readonly noise: number;
  /** Evaluations that may be spent. */
  readonly budget: number;
}

/** A point on the line. */
interface Sample {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** Most evaluations of one search. */
const MOST_TRIALS = 25;

/** Steps grow by at least and at most these factors while nothing bounds them. */
const GROWTH = [1.5, 10] as const;

/** A trial keeps this share of the bracket away from both of its ends. */
const MARGIN = 0.1;

/**
 * A step t with the strong Wolfe conditions for φ(t) = f(P(x + t·d)), P the projection onto the bounds:
 *
 *     φ(t) ≤ φ(0) + c₁·g(0)ᵀ(P(x + t·d) - x)      |φ'(t)| ≤ c₂·|φ'(0)|
 *
 * Growing steps until one is bracketed, then safeguarded cubic interpolation (Nocedal & Wright 2006, algorithms 3.5 and 3.6). Along a path that
 * bends at bounds φ' is that to the right, and the first condition Bertsekas's; the second one may then have no solution. Where the change
 * of φ is only noise, φ'(t) ≤ (2c₁ - 1)·φ'(0) stands for the first condition (Hager & Zhang 2005). A trial that is not finite is too long.
 *
 * Returns the step and leaves its point in spare[0]; where the trials run out, the best with sufficient decrease; undefined where there is none.
 */
export function lineSearch(problem: LineSearch, evaluator: Evaluator, spare: [Point, Point]): number | undefined {
  const { from, slope, wolfe } = problem;
  let low: Sample = { step: 0, value: from.value, slope };
  let prior = low;
  let high: Sample | undefined;
  let step = problem.first;
  let sufficient = false;
  for (let trial = 0; trial < Math.min(MOST_TRIALS, problem.budget); trial++) {
    const point = spare[1];
    const finite = moveTo(problem, step, point) && evaluator.evaluate(point);
    const sample = {
      step,
      value: finite ? point.value : Infinity,
      slope: finite ? slopeAt(problem, point) : Number.NaN,
    };
    const tolerated = problem.noise * Math.max(Math.abs(from.value), Math.abs(low.value));
    const decreases = finite && hasDecrease(problem, point);
    const isNoise =
      Math.abs(sample.value - from.value) <= tolerated && sample.slope <= (2 * wolfe.decrease - 1) * slope;
    if ((decreases || isNoise) && sample.value <= low.value + tolerated) {
      spare.reverse();
      if (Math.abs(sample.slope) <= -wolfe.curvature * slope) return step;
      const behind = high === undefined ? 1 : high.step - low.step;
      if (sample.slope * behind >= 0) high = low;
      prior = low;
      low = sample;
      sufficient = decreases;
    } else high = sample;
    step = high === undefined ? extrapolate(prior, low) : interpolate(low, high, tolerated);
    if (step === low.step || step === high?.step) break;
  }
  return sufficient ? low.step : undefined;
}

/** Puts P(x + t·d) into `point`; false where that is not finite. */
function moveTo({ from, direction, bounds }: LineSearch, step: number, { x }: Point): boolean {
  for (let i = 0; i < x.length; i++) {
    const moved = from.x[i] + step * direction[i];
    if (!Number.isFinite(moved)) return false;
    x[i] = bounds === undefined ? moved : Math.max(bounds.lower[i], Math.min(moved, bounds.upper[i]));
  }
  return true;
}

/** φ'(t): variables that are at a bound and would leave it do not move. */
function slopeAt({ direction, bounds }: LineSearch, { x, gradient }: Point): number {
  if (bounds === undefined) return dot(gradient, direction);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const d = direction[i];
    if (d < 0 ? x[i] > bounds.lower[i] : x[i] < bounds.upper[i]) sum += gradient[i] * d;
  }
  return sum;
}

/** The first of the Wolfe conditions, in the form for projected paths. */
function hasDecrease({ from, wolfe }: LineSearch, point: Point): boolean {
  const predicted = predictedChange(from, point);
  return predicted < 0 && point.value <= from.value + wolfe.decrease * predicted;
}

/** g(0)ᵀ(P(x + t·d) - x) */
function predictedChange(from: Point, { x }: Point): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += from.gradient[i] * (x[i] - from.x[i]);
  return sum;
}

/** Where the slope would be zero if it went on changing as it did since the step before, within the limits of growth. */
function extrapolate(prior: Sample, { step, slope }: Sample): number {
  const secant = slope > prior.slope ? step + ((step - prior.step) * slope) / (prior.slope - slope) : Infinity;
  return Math.max(GROWTH[0] * step, Math.min(secant, GROWTH[1] * step));
}

/** The minimiser of the cubic through both values and slopes, or where values are noise the zero of the slope; kept away from the ends. */
function interpolate(low: Sample, high: Sample, tolerated: number): number {
  const width = high.step - low.step;
  if (!Number.isFinite(high.value)) return low.step + MARGIN * width;
  const [a, b] = [low.slope * width, high.slope * width];
  const share = Math.abs(low.value - high.value) <= tolerated && b > 0 ? a / (a - b) : cubicShare(low, high, a, b);
  return low.step + width * (Number.isFinite(share) ? Math.max(MARGIN, Math.min(share, 1 - MARGIN)) : 0.5);
}

/** Position of the cubic's minimiser between both samples, as a share of their distance. */
function cubicShare(low: Sample, high: Sample, a: number, b: number): number {
  const theta = 3 * (low.value - high.value) + a + b;
  const scale = Math.max(Math.abs(theta), Math.abs(a), Math.abs(b));
  const root = scale * Math.sqrt(Math.max(0, (theta / scale) ** 2 - (a / scale) * (b / scale)));
  return 1 - (b + root - theta) / (b - a + 2 * root);
}
