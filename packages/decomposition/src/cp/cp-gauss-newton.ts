import type { Tensor } from '@neuronseek/tensor';
import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import { checkRank } from '../checks/check-rank.js';
import type { FitReport } from '../fit/fit.js';
import type { NormalizedData } from '../normalized-data.js';
import type { CpAlsDegeneracy } from './als/divergence.js';
import { finishedModel } from './als/finished-model.js';
import { startingPoint } from './als/starting-point.js';
import { withData } from './als/with-data.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';
import { fitModel } from './gauss-newton/fit-model.js';
import { type CpGaussNewtonOptions, resolveOptions } from './gauss-newton/options.js';
import { outcomeOf } from './gauss-newton/outcome.js';

/** What `cpGaussNewton` returns: a CP tensor and how it came about. */
export interface CpGaussNewtonResult extends CpTensor, FitReport {
  /**
   * Norm of the gradient of what is minimised, half of it and in units of ‖x‖², with respect to the free factors, each carrying the weights while
   * the columns of the others have unit norm.
   */
  readonly gradientNorm: number;
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
}

/**
 * CP decomposition by damped Gauss–Newton: x ≈ Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r], all factors moved at once.
 *
 * Solves (JᵀJ + μD)·d = -∇½‖x - model‖² for each step without forming J: JᵀJ is made of Gram matrices of the factors.
 * Conjugate gradients with the blocks Gₙ ⊗ I as preconditioner, or a Cholesky factorisation where they are slow and the parameters R·ΣIₙ at most 500.
 * Each step is bent along the second derivative of the model, which makes nearly collinear components (cosines of 0.999) come out to rounding.
 * The damping follows the gain ratio, the objective never rises; two components that have become one are bent apart. Where ALS creeps through a swamp, this does not; it finds local minima too: try several keys, or `cp`.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1, rank ≥ 1 and as large as you like → unit columns [Iₙ, R], weights [R] ≥ 0 descending, signs as `normalizeCp`
 * fixes them; components keep their order where modes are fixed. float64. Data are divided by their norm first. Up to 2²⁰ elements, errors below
 * 1e-6 and their gradients are those of the residual itself, so that exact data are fitted to 1e-15.
 *
 * Status: 'converged', also when all modes are fixed; 'max-iterations'; 'aborted'; 'degenerate': two components oppose each other (cosine below
 * -0.95) and grow without end in sight, so that the best fit of this rank may not exist.
 *
 * Cost of a step: 4·R·size(x) flops for value and gradient, and 6·N·R²·ΣIₙ for each of some twenty conjugate gradients, or (R·ΣIₙ)³/3; memory: one copy of
 * x, two of small ones. (Phan, Tichavský & Cichocki 2013; Sorber, Van Barel & De Lathauwer 2013; Transtrum & Sethna 2012)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does
 * not have the shape of x and the rank; TypeError where x is not a tensor
 */
export function cpGaussNewton(x: Tensor, rank: number, options: CpGaussNewtonOptions = {}): CpGaussNewtonResult {
  checkRank('cpGaussNewton', rank);
  return withData('cpGaussNewton', x, rank, (data, products) => fit(data, products, rank, options));
}

function fit(
  data: NormalizedData,
  products: MttkrpSweep,
  rank: number,
  options: CpGaussNewtonOptions,
): CpGaussNewtonResult {
  const { shape } = data;
  const { init, key, signal, onProgress, fixedModes, ...run } = resolveOptions(options, shape);
  const start = startingPoint('cpGaussNewton', init, data, rank, key);
  const numbers = cpNumbers('cpGaussNewton', start, { argument: 'init', shape, rank });
  const free = shape.map((_, mode) => !fixedModes.includes(mode));
  let iteration = 0;
  const fitted = fitModel(data, products, numbers, free, {
    ...run,
    key,
    isAborted: () => signal?.aborted ?? false,
    visit: (relativeError) => onProgress?.({ iteration: ++iteration, relativeError }),
  });
  const cp = fitted.trace.length > 0 ? finishedModel(fitted, start, free, data.norm) : start;
  return { weights: cp.weights, factors: cp.factors, ...outcomeOf(cp, fitted) };
}
