import type { Tensor } from '@neuronseek/tensor';
import { checkRank } from '../checks/check-rank.js';
import { withData } from './als/with-data.js';
import { type CpResult, fitData } from './driver/fit-data.js';
import { type CpOptions, resolveCpOptions } from './driver/options.js';

export type { CpResult } from './driver/fit-data.js';

/**
 * CP decomposition, the whole way: x ≈ Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r].
 *
 * x is compressed to the core of a truncated HOSVD (of size min(Iₙ, R + 2); of a large x, from a sample of its fibers and one step of HOOI), which is fitted
 * from one or more starts, each by a few sweeps of alternating least squares and then damped Gauss–Newton as in `cpGaussNewton`; the best one is expanded
 * and refined on x by Gauss–Newton steps, for what the compression left out. The error is that of the result on x, computed directly where a difference of squares would lie.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1, rank ≥ 1 and as large as you like → unit columns [Iₙ, R], weights [R] ≥ 0 descending, signs as `normalizeCp`
 * fixes them; components keep their order where modes are fixed. float64. Equal inputs give equal bits. `trace` is that of the best run, in errors on
 * x, then of the refinement; `onProgress` hears of the iterations of all runs.
 *
 * Status: 'converged'; 'max-iterations'; 'aborted', the best so far; 'degenerate': two components oppose each other (cosine below -0.95) and grow
 * without end in sight, so that the best fit of this rank may not exist: try a ridge or another rank. Least errors of several starts that differ are
 * local minima: more starts may find better ones.
 *
 * Cost: 2·(2·R + 9)·size(x) flops to compress, 4·R·size(x) for the gradient of each of the usual one or two steps of refinement and the one after, and the runs on the core, 4·R·Π min(Iₙ, R + 2) and a solve
 * an iteration. Memory: one copy of x and about 2·(R + 6)/Iₙ of another.
 * (Bro & Andersson 1998; Vannieuwenhoven, Vandebril & Meerbergen 2012; Phan, Tichavský & Cichocki 2013)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does
 * not have the shape of x and the rank; TypeError where x is not a tensor
 */
export function cp(x: Tensor, rank: number, options: CpOptions = {}): CpResult {
  checkRank('cp', rank);
  return withData('cp', x, rank, (data, products) =>
    fitData(data, products, rank, resolveCpOptions('cp', options, data.shape)),
  );
}
