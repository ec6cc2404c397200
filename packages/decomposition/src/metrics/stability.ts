import type { CpTensor } from '../cp/cp-tensor.js';
import { factorMatchScore } from './factor-match-score.js';

/** How alike several fits of the same data are. */
export interface Stability {
  /** Mean of the scores of all pairs, from 0 to 1; 1 where there is one fit only. */
  readonly mean: number;
  /** The smallest score of a pair. */
  readonly smallest: number;
  /** scores[i][j]: factor match score of fits i and j, 1 on the diagonal. */
  readonly scores: readonly (readonly number[])[];
}

/**
 * Agreement of CP tensors that were fitted from different starts: the factor match scores of all pairs.
 *
 * Components that the data determine are found again from every start; those of a rank too high differ from start to start. Weights count as in
 * `factorMatchScore` without `weightPenalty`: not at all. Cost: one score a pair. (Williams et al. 2018, section on model selection)
 *
 * @throws RangeError where there are no fits, or their ranks or shapes differ
 */
export function stability(fits: readonly CpTensor[]): Stability {
  if (!Array.isArray(fits) || fits.length === 0) {
    throw new RangeError(
      `stability: needs at least one CP tensor: received ${Array.isArray(fits) ? 'none' : String(fits)}`,
    );
  }
  const ranks = fits.map((fit) => fit.factors[0]?.shape[1]);
  if (new Set(ranks).size > 1) throw new RangeError(`stability: ranks differ: received [${ranks.join(', ')}]`);
  const scores = fits.map(() => fits.map(() => 1));
  let [total, pairs, smallest] = [0, 0, 1];
  fits.forEach((a, i) => {
    fits.slice(0, i).forEach((b, j) => {
      const { score } = factorMatchScore(a, b, { weightPenalty: false });
      scores[i][j] = score;
      scores[j][i] = score;
      total += score;
      pairs++;
      smallest = Math.min(smallest, score);
    });
  });
  return { mean: pairs > 0 ? total / pairs : 1, smallest, scores };
}
