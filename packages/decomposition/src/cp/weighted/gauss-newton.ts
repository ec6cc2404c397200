import { cholesky, norm2, triangularSolve } from '@neuronseek/tensor/kernels';
import type { FitStatus } from '../../fit/fit.js';
import { dot } from '../../optimize/point.js';
import { balancedFactors } from '../gauss-newton/point.js';
import { factorsAt, parametersOf, vectorOf } from '../opt/parameters.js';
import { weightedNormal } from './dense-normal.js';
import type { WeightedLeastSquares } from './objective.js';

/** When to stop, and whom to tell. */
export interface WeightedRunOptions {
  readonly maxIterations: number;
  readonly tolerance: number;
  /** Whether the start is near the end, so that early steps need not be short. Default: false. */
  readonly isNear?: boolean;
  readonly signal?: AbortSignal;
  /** Told after each iteration of the value and the point. */
  readonly visit: (value: number, x: Float64Array) => void;
}

/** Where a run ended, and why. */
export interface WeightedRun {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  readonly status: FitStatus;
}

/**
 * Damping in units of the diagonal of JᵀWJ. Much of it at first, given up slowly: where nine in ten elements are missing, long early steps end in local minima more
 * often.
 */
const FIRST_DAMPING = 1;
const LEAST_DAMPING = 1e-12;
const MOST_DAMPING = 1e16;

/** Small decreases mean convergence only where the damping is not what makes them small, or where there are many in a row. */
const LIGHT_DAMPING = 1e-6;
const MOST_SMALL = 30;

/** Gain ratios: of a step taken, of one after which the damping rises, and of one after which it falls. */
const TAKEN = 1e-4;
const POOR = 0.25;
const GOOD = 0.75;
const LESS = 0.5;

/** Rows that hardly anything is observed of are damped as if they had this share of the largest diagonal element. */
const LEAST_SHARE = 1e-3;

/** A decrease of this share of the value, and a value of so many squares of rounding, are rounding. */
const ROUNDING = 2 ** -46;
const EXACT = 2 ** -100;

/**
 * Damped Gauss–Newton with the normal matrix of the observed elements, for few variables: steps d of (JᵀWJ + μ·D)·d = -gradient, D its diagonal
 * bounded from below; μ follows the gain ratio. Columns are balanced after each step. The value never rises.
 * (Levenberg 1944; Marquardt 1963; Tomasi & Bro 2005)
 */
export function weightedGaussNewton(
  problem: WeightedLeastSquares,
  start: Float64Array,
  { maxIterations, tolerance, signal, visit }: WeightedRunOptions,
): WeightedRun {
  const { parameters } = problem;
  let x = start;
  let gradient = new Float64Array(x.length);
  let spare = new Float64Array(x.length);
  let value = problem.evaluate(x, gradient);
  let damping = FIRST_DAMPING;
  let [small, stuck] = [0, 0];
  let normal: Float64Array | undefined;

  const outcome = (iteration: number): FitStatus | undefined => {
    if (signal?.aborted) return 'aborted';
    if (x.length === 0) return 'converged';
    const settled = (small > 1 && damping <= LIGHT_DAMPING) || small > MOST_SMALL || stuck > 1 || value <= EXACT;
    if (tolerance > 0 && settled) return 'converged';
    return iteration >= maxIterations ? 'max-iterations' : undefined;
  };
  let status = outcome(0);
  for (let iteration = 1; status === undefined; iteration++) {
    normal ??= withRidge(weightedNormal(problem.data, parameters, x), problem.ridge);
    const step = solveDamped(normal, gradient, damping);
    // With d the solution, the quadratic model falls by ½dᵀ(μD·d - gradient).
    const predicted = step === undefined ? 0 : (step.damped - dot(gradient, step.d)) / 2;
    const moved = step === undefined ? x : balance(x.map((v, q) => v + step.d[q]));
    const found = step === undefined ? value : problem.evaluate(moved, spare);
    const gain = (value - found) / predicted;
    if (value > found && gain > TAKEN) {
      small = Math.sqrt(value) - Math.sqrt(found) <= tolerance * Math.sqrt(value) ? small + 1 : 0;
      stuck = 0;
      [x, value] = [moved, found];
      [gradient, spare] = [spare, gradient];
      normal = undefined;
      if (gain > GOOD) damping = Math.max(LEAST_DAMPING, damping * LESS);
      else if (gain < POOR) damping *= 2;
    } else {
      if (damping >= MOST_DAMPING || (step !== undefined && predicted <= ROUNDING * value)) stuck++;
      damping = Math.min(MOST_DAMPING, 4 * damping);
    }
    visit(value, x);
    status = outcome(iteration);
  }
  return { x, value, gradientNorm: norm2(gradient.length, gradient, 0, 1), status };

  function balance(v: Float64Array): Float64Array {
    const { rank, free } = parameters;
    return vectorOf(parametersOf(balancedFactors(factorsAt(parameters, v), rank, free), rank, free));
  }
}

function withRidge(matrix: Float64Array, ridge: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length);
  for (let q = 0; q < size; q++) matrix[q * size + q] += ridge[q % ridge.length];
  return matrix;
}

/** The damped step and μ·dᵀDd; undefined where the matrix is not positive definite to working accuracy. */
function solveDamped(
  normal: Float64Array,
  gradient: Float64Array,
  damping: number,
): { readonly d: Float64Array; readonly damped: number } | undefined {
  const size = gradient.length;
  const matrix = normal.slice();
  const diagonal = Float64Array.from(gradient, (_, q) => normal[q * size + q]);
  const least = (diagonal.reduce((a, b) => Math.max(a, b), 0) || 1) * LEAST_SHARE;
  for (let q = 0; q < size; q++) {
    diagonal[q] = Math.max(diagonal[q], least);
    matrix[q * size + q] += damping * diagonal[q];
  }
  if (cholesky(size, matrix, 0) !== -1) return undefined;
  const d = gradient.map((value) => -value);
  triangularSolve(size, 1, matrix, 0, true, false, false, d, 0);
  triangularSolve(size, 1, matrix, 0, true, true, false, d, 0);
  let damped = 0;
  for (let q = 0; q < size; q++) damped += damping * diagonal[q] * d[q] * d[q];
  return d.every(Number.isFinite) ? { d, damped } : undefined;
}
