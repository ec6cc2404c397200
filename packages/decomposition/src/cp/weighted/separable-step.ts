import { normalMatrixOf } from '../gauss-newton/normal-matrix.js';
import { stepSolver } from '../gauss-newton/solve-step.js';
import { factorsAt } from '../opt/parameters.js';
import type { WeightedLeastSquares } from './objective.js';

/** Slices of which less than this share of the average is observed are taken as if it were this share, so that their steps stay short. */
const LEAST_SLICE = 1e-3;

/** Diagonal elements of the matrix below this share of the largest are damped as if they had it. */
const LEAST_SHARE = 1e-3;

/** What conjugate gradients leave of the right-hand side: what is solved is near the truth only. */
const ACCURACY = 0.1;

/**
 * q = (JᵀŴJ + μ·D + ridge)⁻¹·q in place, Ŵ the rank-one tensor closest to w and D the diagonal: the normal matrix as if what is observed were spread
 * evenly over each slice. With Ŵ = mean·u₀ ∘ … ∘ u_{N-1} the substitution dₙ = diag(uₙ)^(-½)·sₙ turns it into that of an unweighted fit at the factors
 * diag(uₙ)^½·Aₙ, which is made of R × R matrices. False, and q as it was, where that does not work out.
 *
 * Where elements are missing at random JᵀWJ is close to this, the closer the more are observed of each slice.
 */
export function separableStep(
  { data, parameters, ridge }: WeightedLeastSquares,
  x: Float64Array,
  q: Float64Array,
  damping: number,
): boolean {
  const { rank, free, offsets } = parameters;
  const roots = data.slices.map((slice) => slice.map((u) => Math.sqrt(Math.max(u, LEAST_SLICE))));
  const scaled = factorsAt(parameters, x).map((a, n) => a.map((v, p) => v * roots[n][Math.floor(p / rank)]));
  const normal = normalMatrixOf(scaled, rank, free);
  const largest = normal.grams.reduce((most, gram, n) => {
    for (let r = 0; r < rank && free[n]; r++) most = Math.max(most, gram[r * (rank + 1)]);
    return most;
  }, 0);
  const added = new Float64Array(q.length);
  const b = new Float64Array(q.length);
  scaled.forEach((a, n) => {
    if (!free[n]) return;
    for (let p = 0; p < a.length; p++) {
      const [r, root] = [p % rank, roots[n][Math.floor(p / rank)]];
      const diagonal = Math.max(normal.grams[n][r * (rank + 1)], LEAST_SHARE * (largest || 1));
      added[offsets[n] + p] = damping * diagonal + ridge[r] / (data.mean * root * root);
      b[offsets[n] + p] = q[offsets[n] + p] / (data.mean * root);
    }
  });
  const solution = stepSolver(normal, added)?.solve(b, ACCURACY);
  if (solution === undefined) return false;
  scaled.forEach((a, n) => {
    if (!free[n]) return;
    for (let p = 0; p < a.length; p++) q[offsets[n] + p] = solution[offsets[n] + p] / roots[n][Math.floor(p / rank)];
  });
  return true;
}
