import type { Tensor } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import { type Components, components, crossGram } from '../cp/components.js';
import { cpNumbers } from '../cp/cp-numbers.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { assign } from './assign.js';

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
 * `factorMatchScore` without `weightPenalty`: not at all. Cost: F²·R²·Σ Iₙ + F²·R³ flops
 * for F fits. (Williams et al. 2018, section on model selection)
 *
 * @throws RangeError where there are no fits, or their ranks or shapes differ
 */
export function stability(fits: readonly CpTensor[]): Stability {
  if (!Array.isArray(fits) || fits.length === 0) {
    throw new RangeError(
      `stability: needs at least one CP tensor: received ${Array.isArray(fits) ? 'none' : String(fits)}`,
    );
  }
  fits.forEach((fit, i) => void checkCp('stability', fit, { argument: `fit ${i}` }));
  const ranks = fits.map((fit) => fit.factors[0].shape[1]);
  if (new Set(ranks).size > 1) throw new RangeError(`stability: ranks differ: received [${ranks.join(', ')}]`);
  const numbers = fits.map((fit, i) =>
    cpNumbers('stability', fit, {
      argument: `fit ${i}`,
      shape: i > 0 ? fits[0].factors.map(({ shape }: Tensor) => shape[0]) : undefined,
    }),
  );
  const [{ rank }] = numbers;
  const parts = numbers.map(components);
  const stacked = sideBySide(parts, rank);
  const scores = fits.map(() => fits.map(() => 1));
  let [total, pairs, smallest] = [0, 0, 1];
  parts.forEach((a, i) => {
    const cosines = crossGram(a.units, stacked, rank, rank * parts.length);
    for (let j = 0; j < i; j++) {
      const score = scoreOf(a, parts[j], cosines, j, parts.length);
      scores[i][j] = score;
      scores[j][i] = score;
      total += score;
      pairs++;
      smallest = Math.min(smallest, score);
    }
  });
  return { mean: pairs > 0 ? total / pairs : 1, smallest, scores };
}

/** The unit columns of all fits beside each other: one product a mode is quicker than one a pair. */
function sideBySide(parts: readonly Components[], rank: number): Float64Array[] {
  const row = rank * parts.length;
  return parts[0].units.map(({ length }, mode) => {
    const out = new Float64Array(length * parts.length);
    parts.forEach(({ units }, f) => {
      for (let q = 0; q < length; q++) out[Math.floor(q / rank) * row + f * rank + (q % rank)] = units[mode][q];
    });
    return out;
  });
}

/** The mean of the congruences of a's components with those of fit j, paired so that it is largest. */
function scoreOf(a: Components, b: Components, cosines: Float64Array, j: number, fits: number): number {
  const rank = a.sizes.length;
  const values = new Float64Array(rank * rank);
  for (let s = 0; s < rank; s++) {
    for (let r = 0; r < rank; r++) {
      const isThere = a.sizes[r] !== 0 && b.sizes[s] !== 0;
      // Rounding must not put a cosine beyond 1.
      values[s * rank + r] = isThere ? Math.min(1, Math.abs(cosines[(r * fits + j) * rank + s])) : 0;
    }
  }
  return assign(values, rank, rank).reduce((sum, r, s) => sum + values[s * rank + r], 0) / rank;
}
