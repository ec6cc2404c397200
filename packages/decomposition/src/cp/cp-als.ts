import type { Tensor } from '@neuronseek/tensor';
import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import { checkRank } from '../checks/check-rank.js';
import type { FitReport, FitStatus } from '../fit/fit.js';
import type { NormalizedData } from '../normalized-data.js';
import { type CpAlsDegeneracy, divergence, isDiverging } from './als/divergence.js';
import { finishedModel } from './als/finished-model.js';
import { gradientNorm } from './als/gradient-norm.js';
import { lineSearch } from './als/line-search.js';
import { type AlsModel, penalty, startModel } from './als/model.js';
import { type CpAlsOptions, cpAlsDefaults, type ResolvedCpAlsOptions, resolveOptions } from './als/options.js';
import { relativeError } from './als/relative-error.js';
import { startingPoint } from './als/starting-point.js';
import { sweep } from './als/sweep.js';
import { withData } from './als/with-data.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';

/** What `cpAls` returns: a CP tensor and how it came about. */
export interface CpAlsResult extends CpTensor, FitReport {
  /**
   * Norm of the gradient of ½‖x - model‖²/‖x‖² with respect to the free factors, each carrying the weights while the columns of the others
   * have unit norm; under a ridge, of ½(‖x - model‖² + ridge·Σₙ ‖Aₙ‖²)/‖x‖² with respect to the Aₙ. Not small: the run stopped in a
   * swamp, not at a minimum.
   */
  readonly gradientNorm: number;
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
}

/**
 * CP decomposition by alternating least squares: x ≈ Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r], one factor solved for at a time.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1 (a vector is fitted exactly by any rank), rank ≥ 1 and as large as you like → unit columns
 * [Iₙ, R], weights [R] ≥ 0 descending, signs as `normalizeCp` fixes them; components keep their order where modes are fixed. float64.
 * The data are divided by their norm first, so their scale does not matter. Least squares of least norm where a Gram matrix
 * is singular: repeated components, ranks above the data's, zero and constant tensors give finite factors.
 *
 * Status: 'converged' when the error (under a ridge, the root of the penalised objective) no longer falls by more than `tolerance` of
 * itself, or when all modes are fixed; 'max-iterations';
 * 'aborted', or 'degenerate': two components oppose each other (cosine below -0.95) and the largest one grows without slowing
 * down, so that the best fit of this rank may not exist. ALS is slow for nearly collinear components and finds local
 * minima: try several keys.
 *
 * Cost: two passes over x a sweep, 4·R·size(x) flops, half as much again where the error is so small that it must be computed
 * directly; `lineSearch` adds to that; memory: one copy of x. (Carroll & Chang 1970; Harshman 1970; Kolda & Bader 2009, section 3.4)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does
 * not have the shape of x and the rank; TypeError where x is not a tensor
 */
export function cpAls(x: Tensor, rank: number, options: CpAlsOptions = {}): CpAlsResult {
  return fitAls('cpAls', x, rank, options);
}

/** `cpAls`, in whose errors stands the name of the function that was called. */
export function fitAls(name: string, x: Tensor, rank: number, options: CpAlsOptions): CpAlsResult {
  checkRank(name, rank);
  return withData(name, x, rank, (data, products) => fit(name, data, products, rank, options));
}

function fit(
  name: string,
  data: NormalizedData,
  products: MttkrpSweep,
  rank: number,
  options: CpAlsOptions,
): CpAlsResult {
  const { shape } = data;
  const resolved = resolveOptions(name, options, shape);
  const start = startingPoint(name, resolved.init, data, rank, resolved.key);
  const numbers = cpNumbers(name, start, { argument: 'init', shape, rank });
  const free = shape.map((_, mode) => !resolved.fixedModes.includes(mode));
  const model = startModel(numbers, free, resolved.ridge, data.norm, resolved.key);

  const run = iterate(data, products, model, free, resolved);

  const cp = run.trace.length > 0 ? finishedModel(model, start, free, data.norm) : start;
  const evidence = divergence(cp, run.largest);
  return {
    weights: cp.weights,
    factors: cp.factors,
    relativeError: run.trace.at(-1) ?? relativeError(data, model, undefined, resolved.tolerance),
    iterations: run.trace.length,
    status: run.status !== 'aborted' && isDiverging(evidence) ? 'degenerate' : run.status,
    trace: run.trace,
    gradientNorm: gradientNorm(products, model, free),
    degeneracy: evidence,
  };
}

/** Sweeps until the outcome is known. */
function iterate(
  data: NormalizedData,
  products: MttkrpSweep,
  model: AlsModel,
  free: readonly boolean[],
  { maxIterations, tolerance, lineSearch: isExtrapolated, signal, onProgress }: ResolvedCpAlsOptions,
): { status: FitStatus; trace: number[]; largest: number[] } {
  const accuracy = tolerance || cpAlsDefaults.tolerance;
  const extrapolate = isExtrapolated ? lineSearch(data, model, free, accuracy) : undefined;
  const trace: number[] = [];
  const largest: number[] = [];
  let objective = Infinity;
  let settled = !free.includes(true);
  const outcome = (): FitStatus | undefined => {
    if (signal?.aborted) return 'aborted';
    if (settled) return 'converged';
    return trace.length >= maxIterations ? 'max-iterations' : undefined;
  };
  let status = outcome();
  while (status === undefined) {
    const last = sweep(products, model, free);
    let error = relativeError(data, model, last, accuracy);
    if (last !== undefined) error = extrapolate?.(last, error) ?? error;
    trace.push(error);
    largest.push(model.weights.reduce((a, b) => Math.max(a, b), 0));
    onProgress?.({ iteration: trace.length, relativeError: error });
    // Each solve lowers the objective; one that does not fall any more has reached rounding. Under a ridge the error alone may rise.
    const before = objective;
    objective = Math.sqrt(error * error + penalty(model));
    settled = tolerance > 0 && trace.length > 1 && before - objective <= tolerance * before;
    status = outcome();
  }
  return { status, trace, largest };
}
