import type { Tensor } from '@neuronseek/tensor';
import { fold } from '@neuronseek/tensor/random';
import { checkRank } from '../checks/check-rank.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { FitReport } from '../fit/fit.js';
import { withMemory } from '../low-rank/scratch.js';
import type { CpAlsDegeneracy } from './als/divergence.js';
import type { CpTensor } from './cp-tensor.js';
import { type FittedStart, fitStart } from './weighted/fit-start.js';
import { type CpWeightedOptions, resolveOptions } from './weighted/options.js';
import { type WeightedStart, weightedStart } from './weighted/start.js';
import { type WeightedData, weightedData } from './weighted/weighted-data.js';

/** What `cpWeighted` returns: a CP tensor and how it came about. */
export interface CpWeightedResult extends CpTensor, FitReport {
  /** ‖√weights∘(x - model)‖ / ‖√weights∘x‖, over what is observed only; ‖√weights∘model‖ where x is zero there. */
  readonly relativeError: number;
  /** Relative error of every start. */
  readonly startErrors: readonly number[];
  /**
   * Norm of the gradient of ½(‖√weights∘(x - model)‖² + ridge·Σₙ ‖Aₙ‖²)/‖√weights∘x‖² with respect to the free factors, scaled so that their columns share
   * the norm of a component of x over its norm equally. Not small: the run did not stop at a minimum.
   */
  readonly gradientNorm: number;
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
}

/** Nothing is left to be found below this error. */
const EXACT = 1e-12;

/**
 * CP decomposition of data of which elements are missing or count differently: minimises
 *
 *     f = ½ Σ weights[i₀, …]·(x[i₀, …] - Σ_r λ[r] · A₀[i₀, r] ⋯ A_{N-1}[i_{N-1}, r])²
 *
 * x [I₀, …, I_{N-1}], order ≥ 1; weights of its shape, at least 0, of any dtype: 0, or false, is missing, and what x holds there is never read, be it NaN.
 * rank ≥ 1 → unit columns [Iₙ, R], weights [R] ≥ 0 descending, signs as `normalizeCp` fixes them; components keep their order where modes are fixed.
 * float64. The scales of data and weights do not matter. Rows of factors whose slices are missing altogether stay as the start has them.
 *
 * All factors move at once, by the weights themselves: what is missing is filled in for starts only. Up to 500 variables R·ΣIₙ by damped Gauss–Newton with the normal matrix of
 * what is observed, beyond by L-BFGS whose first matrix is that of separable weights. Exact data of low rank come back to rounding while there are a few times as many
 * observed elements as variables; where nine in ten are missing, take a few `starts`: more minima are local.
 *
 * Status: 'converged', also where rounding allows no further decrease; 'max-iterations'; 'aborted'; 'degenerate': two components oppose each other
 * (cosine below -0.95) and grow without end in sight.
 *
 * Cost: 6·R·size(x) flops an iteration; with few variables (N·R)² for each observed element and (R·ΣIₙ)³/3 more; memory: four tensors
 * of the size of x. (Acar, Dunlavy, Kolda & Mørup 2011; Tomasi & Bro 2005)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode or is not finite where it is observed, weights do not have the shape
 * of x, are negative, not finite or all zero, or `init` does not have the shape of x and the rank; TypeError where x or weights is not a tensor
 */
export function cpWeighted(
  x: Tensor,
  weights: Tensor,
  rank: number,
  options: CpWeightedOptions = {},
): CpWeightedResult {
  checkRank('cpWeighted', rank);
  checkTensor('cpWeighted', 'x', x);
  // In memory that is used again: garbage of this size is dear.
  return withMemory(0, 2 * x.size + 32, (_, { take }) =>
    fit(weightedData('cpWeighted', x, weights, take), rank, options),
  );
}

function fit(data: WeightedData, rank: number, options: CpWeightedOptions): CpWeightedResult {
  const resolved = resolveOptions(options, data.shape);
  const { init, signal } = resolved;
  const attempt = (s: number): FittedStart => {
    const key = s === 0 ? resolved.key : fold(resolved.key, s);
    const start: WeightedStart =
      typeof init === 'object'
        ? { cp: init, isNear: false }
        : weightedStart(data, rank, init === 'auto' && s > 0 ? 'random' : init, key, signal);
    return fitStart(data, start, rank, { ...resolved, key });
  };
  const count = typeof init === 'object' ? 1 : resolved.starts;
  let best = attempt(0);
  const startErrors = [best.result.relativeError];
  while (startErrors.length < count && best.result.relativeError >= EXACT && !signal?.aborted) {
    const next = attempt(startErrors.length);
    startErrors.push(next.result.relativeError);
    if (next.value < best.value) best = next;
  }
  return { ...best.result, startErrors };
}
