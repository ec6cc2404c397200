import type { Tensor } from '@neuronseek/tensor';
import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import { checkRank } from '../checks/check-rank.js';
import type { FitReport } from '../fit/fit.js';
import type { NormalizedData } from '../normalized-data.js';
import { conjugateGradients } from '../optimize/conjugate-gradients.js';
import { lbfgs } from '../optimize/lbfgs.js';
import type { MinimizeResult } from '../optimize/minimize.js';
import { type CpAlsDegeneracy, divergence, isDiverging } from './als/divergence.js';
import { startModel } from './als/model.js';
import { relativeError } from './als/relative-error.js';
import { withData } from './als/with-data.js';
import { type CpNumbers, cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';
import { finishedTensor, isAboutSigns } from './opt/finish.js';
import { largestComponent } from './opt/largest-component.js';
import { type LeastSquares, leastSquares } from './opt/objective.js';
import { type CpOptOptions, type ResolvedCpOptOptions, resolveOptions } from './opt/options.js';
import { type Parameters, parametersOf, vectorOf } from './opt/parameters.js';
import { balanced, rescaled, startFromData } from './opt/start.js';

/** What `cpOpt` returns: a CP tensor and how it came about. */
export interface CpOptResult extends CpTensor, FitReport {
  /**
   * Norm of the gradient, projected onto the bounds, of ½(‖x - model‖² + ridge·Σₙ ‖Aₙ‖²)/‖x‖² with respect to the free factors, scaled
   * so that their columns share the norm of a component of x/‖x‖ equally. Not small: the run did not stop at a minimum.
   */
  readonly gradientNorm: number;
  /** Values and gradients computed. */
  readonly evaluations: number;
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
}

/**
 * CP decomposition by minimising f = ½‖x - Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r]‖² over all factors at once, by L-BFGS or
 * nonlinear conjugate gradients.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1, rank ≥ 1 → unit columns [Iₙ, R], weights [R] ≥ 0 descending, signs as `normalizeCp` fixes them; components
 * keep their order where modes are fixed. Under finite bounds other than `lower: 0` alone the factors obey the bounds as they are
 * returned, and weights are 1. float64. The data are divided by their norm first, so their scale does not matter.
 *
 * Against `cpAls`: takes bounds, moves all factors together, and so needs fewer passes where components are collinear; more of them where they are not.
 * Finds local minima: try several keys. Status: 'converged', also where rounding allows no further decrease; 'max-iterations'; 'aborted';
 * 'degenerate' as in `cpAls`.
 *
 * Cost: two passes over x an evaluation, 4·R·size(x) flops, half as much again below an error of about 4 %, and mostly one evaluation an iteration;
 * memory: a copy of x, a second one below that error, and 2·memory·R·Σ Iₙ. (Acar, Dunlavy & Kolda 2011)
 *
 * @throws RangeError where the rank or an option is out of range, bounds stand with 'cg', x has no or an empty mode, a number is not
 * finite, or `init` does not have the shape of x and the rank; TypeError where x is not a tensor
 */
export function cpOpt(x: Tensor, rank: number, options: CpOptOptions = {}): CpOptResult {
  checkRank('cpOpt', rank);
  return withData('cpOpt', x, rank, (data, products) => {
    const resolved = resolveOptions(options, data.shape);
    const start = startingPoint(data, rank, resolved);
    const numbers = cpNumbers('cpOpt', start, { argument: 'init', shape: data.shape, rank });
    return fit(data, products, start, numbers, resolved);
  });
}

function startingPoint(data: NormalizedData, rank: number, { init, key, lower }: ResolvedCpOptOptions): CpTensor {
  if (typeof init === 'object') return init;
  return startFromData(data, rank, init, key, lower >= 0, data.norm);
}

function fit(
  data: NormalizedData,
  products: MttkrpSweep,
  start: CpTensor,
  numbers: CpNumbers,
  resolved: ResolvedCpOptOptions,
): CpOptResult {
  const { free, key } = resolved;
  const scaled = (isAboutSigns(resolved) ? balanced : rescaled)(numbers, free, data.norm);
  const parameters = parametersOf(scaled.factors, numbers.rank, free);
  const ridge = scaled.ridge.map((share) => share * resolved.ridge);
  const problem = leastSquares(data, products, parameters, ridge);
  try {
    const run = minimize(data, problem, parameters, scaled.scale ?? 1, resolved);
    const found = finishedTensor(start, parameters, scaled, data.norm, run.x, resolved, key);
    const evidence = divergence(found, run.largest);
    return {
      weights: found.weights,
      factors: found.factors,
      relativeError: errorOf(data, found, free, resolved),
      iterations: run.iterations,
      status:
        run.status === 'converged' || run.status === 'max-iterations'
          ? isDiverging(evidence)
            ? 'degenerate'
            : run.status
          : run.status,
      trace: run.errors,
      gradientNorm: run.gradientNorm,
      evaluations: run.evaluations,
      degeneracy: evidence,
    };
  } finally {
    problem.release();
  }
}

/** The run of the minimiser, with the errors and the largest component norm after each iteration. */
function minimize(
  data: NormalizedData,
  { objective, penalty, noise }: LeastSquares,
  parameters: Parameters,
  scale: number,
  { method, maxIterations, tolerance, memory, lower, upper, signal, onProgress }: ResolvedCpOptOptions,
): MinimizeResult & { readonly errors: number[]; readonly largest: number[] } {
  const errors: number[] = [];
  const largest: number[] = [];
  const unit = Math.sqrt(data.squares) || 1;
  const options = {
    maxIterations,
    // d√f = df / (2√f): the error falls by half as much of itself.
    tolerance: 2 * tolerance,
    gradientTolerance: tolerance > 0 ? 2 ** -52 : 0,
    noise,
    signal,
    onIteration: ({ iteration, value, x }: { iteration: number; value: number; x: Float64Array }): void => {
      const error = Math.sqrt(Math.max(0, 2 * value - penalty(x))) / unit;
      errors.push(error);
      largest.push(largestComponent(parameters, x));
      onProgress?.({ iteration, relativeError: error });
    },
  };
  const start = vectorOf(parameters);
  const run =
    method === 'cg'
      ? conjugateGradients(objective, start, options)
      : lbfgs(objective, start, { ...options, memory, lower: lower / scale, upper: upper / scale });
  return { ...run, errors, largest };
}

/** The error of what is returned, element by element where the formula would only show rounding. */
function errorOf(
  data: NormalizedData,
  cp: CpTensor,
  free: readonly boolean[],
  { key, tolerance }: ResolvedCpOptOptions,
): number {
  const numbers = cpNumbers('cpOpt', cp);
  return relativeError(data, startModel(numbers, free, 0, data.norm, key), undefined, tolerance);
}
