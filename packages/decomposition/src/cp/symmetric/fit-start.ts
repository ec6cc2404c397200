import { cholesky, mttkrp, norm2, triangularSolve } from '@neuronseek/tensor/kernels';
import { pow } from '@neuronseek/tensor/math';
import type { FitStatus } from '../../fit/fit.js';
import { cpResidual } from '../../kernels/cp-residual/index.js';
import type { NormalizedData } from '../../normalized-data.js';
import { unitColumns } from '../unit-columns.js';
import { normalEquations, type SymmetricModel } from './normal-equations.js';
import type { ResolvedCpSymmetricOptions } from './options.js';

/** One start, as far as it came. */
export interface SymmetricFit {
  readonly model: SymmetricModel;
  readonly relativeError: number;
  readonly trace: readonly number[];
  /** The largest |λ| after each iteration. */
  readonly largest: readonly number[];
  readonly status: FitStatus;
}

/** Damping of the first step, in units of the largest diagonal entry of JᵀJ. */
const FIRST_DAMPING = 1e-3;

/** Damping beyond which no step leads down: the model is a minimum to rounding. */
const MOST_DAMPING = 1e16;

/**
 * Levenberg–Marquardt steps from one start, the damping steered by the gain ratio (Nielsen 1999). Columns have unit norm between
 * steps; along the scalings that change nothing the damping alone decides.
 */
export function fitStart(
  data: NormalizedData,
  start: SymmetricModel,
  { maxIterations, tolerance, signal, onProgress }: ResolvedCpSymmetricOptions,
): SymmetricFit {
  const trace: number[] = [];
  const largest: number[] = [];
  let model = start;
  let error = errorOf(data, model);
  let damping = FIRST_DAMPING;
  let growth = 2;
  const done = (status: FitStatus): SymmetricFit => ({ model, relativeError: error, trace, largest, status });
  for (;;) {
    if (signal?.aborted) return done('aborted');
    if (trace.length >= maxIterations) return done('max-iterations');
    const equations = normalEquations(model, contraction(data, model));
    const before = error;
    while (damping < MOST_DAMPING) {
      const trial = step(model, equations, damping);
      const trialError = trial === undefined ? Infinity : errorOf(data, trial.model);
      const gain = trial === undefined ? -1 : (error * error - trialError * trialError) / (2 * trial.predicted);
      if (trial !== undefined && trialError < error) {
        model = trial.model;
        error = trialError;
        damping = Math.max(1e-16, damping * Math.max(1 / 3, 1 - (2 * gain - 1) ** 3));
        growth = 2;
        break;
      }
      damping *= growth;
      growth *= 2;
    }
    trace.push(error);
    largest.push(model.weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0));
    onProgress?.({ iteration: trace.length, relativeError: error });
    if (damping >= MOST_DAMPING || error === 0 || (tolerance > 0 && before - error <= tolerance * before)) {
      return done('converged');
    }
  }
}

/** ‖x - model‖, every element subtracted. */
function errorOf({ elements, shape }: NormalizedData, { columns, weights, order }: SymmetricModel): number {
  const error = cpResidual(elements, shape, weights, new Array<Float64Array>(order).fill(columns));
  return Number.isNaN(error) ? Infinity : error;
}

/** x contracted with a_r in every mode but the first. */
function contraction(
  { elements, shape }: NormalizedData,
  { columns, rank, order, size }: SymmetricModel,
): Float64Array {
  const out = new Float64Array(size * rank);
  mttkrp(elements, shape, new Array<Float64Array>(order).fill(columns), rank, 0, out);
  return out;
}

/** The damped step and the decrease of half the squared error that the linear model promises; undefined where the damping is too small to solve. */
function step(
  { order, size, rank, columns, weights }: SymmetricModel,
  { matrix, gradient }: ReturnType<typeof normalEquations>,
  damping: number,
): { model: SymmetricModel; predicted: number } | undefined {
  const p = gradient.length;
  let scale = 0;
  for (let q = 0; q < p; q++) scale = Math.max(scale, matrix[q * p + q]);
  const added = damping * (scale || 1);
  const factor = matrix.slice();
  for (let q = 0; q < p; q++) factor[q * p + q] += added;
  if (cholesky(p, factor, 0) !== -1) return undefined;
  const d = gradient.map((value) => -value);
  triangularSolve(p, 1, factor, 0, true, false, false, d, 0);
  triangularSolve(p, 1, factor, 0, true, true, false, d, 0);
  let predicted = 0;
  for (let q = 0; q < p; q++) predicted += 0.5 * d[q] * (added * d[q] - gradient[q]);
  const moved = columns.map((value, q) => value + d[(q % rank) * size + Math.floor(q / rank)]);
  const { unit, norms } = unitColumns(moved, rank);
  const next = weights.map((weight, r) => (weight + d[size * rank + r]) * pow(norms[r], order));
  if (!Number.isFinite(norm2(rank, next, 0, 1)) || !(predicted > 0)) return undefined;
  return { model: { order, size, rank, columns: unit, weights: next }, predicted };
}
