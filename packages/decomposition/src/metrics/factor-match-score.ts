import { tensor } from '@neuronseek/tensor';
import { checkBoolean } from '../checks/check-boolean.js';
import { takeColumns } from '../cp/arrange.js';
import { components, crossGram } from '../cp/components.js';
import { type CpNumbers, cpNumbers } from '../cp/cp-numbers.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { completeOptions } from '../fit/complete-options.js';
import { assign } from './assign.js';
import { congruence } from './congruence.js';

/** Options of `factorMatchScore`. */
export interface FactorMatchScoreOptions {
  /** Multiply each pair's congruence by 1 - |λ - μ| / max(λ, μ) of the component norms. Default: true. */
  readonly weightPenalty?: boolean;
}

/** Defaults of `factorMatchScore`. */
export const factorMatchScoreDefaults: Required<FactorMatchScoreOptions> = { weightPenalty: true };

/** How well two CP tensors agree, component by component. */
export interface FactorMatch {
  /** Mean over the components of b, from 0 to 1: 1 where each has its equal in a. */
  readonly score: number;
  /** permutation[s] is the component of a that stands for component s of b; those of a that are left over follow in order. */
  readonly permutation: readonly number[];
  /** a with its components in that order and the signs of its columns like those of b: the same tensor. */
  readonly aligned: CpTensor;
}

/**
 * Factor match score of a [rank R] against b [rank S ≤ R]: congruences |cos₀|·…·|cos_{N-1}| of pairs of components, averaged over
 * the pairing that makes the sum largest (Hungarian method, not greedy). It does not see scaling, order and signs.
 *
 * Cost: 2·R·S·Σ Iₙ + S²·R flops. (Acar, Dunlavy & Kolda 2011; Tomasi & Bro 2006)
 *
 * @throws RangeError where shapes differ, a has fewer components than b, or a number is not finite
 */
export function factorMatchScore(a: CpTensor, b: CpTensor, options: FactorMatchScoreOptions = {}): FactorMatch {
  const { weightPenalty } = completeOptions('factorMatchScore', factorMatchScoreDefaults, options);
  checkBoolean('factorMatchScore', 'weightPenalty', weightPenalty);
  const left = cpNumbers('factorMatchScore', a, { argument: 'a' });
  const right = cpNumbers('factorMatchScore', b, { argument: 'b', shape: left.shape });
  const [rankA, rankB] = [left.rank, right.rank];
  if (rankA < rankB) {
    throw new RangeError(`factorMatchScore: a needs at least as many components as b: a has ${rankA}, b has ${rankB}`);
  }
  const [u, v] = [components(left), components(right)];
  const cosines = congruence(a, b).toTypedArray();
  const values = new Float64Array(rankB * rankA);
  for (let s = 0; s < rankB; s++) {
    for (let r = 0; r < rankA; r++) {
      const [p, q] = [Math.abs(u.sizes[r]), Math.abs(v.sizes[s])];
      const penalty = weightPenalty && p !== q ? Math.abs(p - q) / Math.max(p, q) : 0;
      values[s * rankA + r] = Math.abs(cosines[r * rankB + s]) * (1 - penalty);
    }
  }
  const matched = assign(values, rankB, rankA);
  const rest = Array.from({ length: rankA }, (_, r) => r).filter((r) => !matched.includes(r));
  const permutation = [...matched, ...rest];
  const total = matched.reduce((sum, r, s) => sum + values[s * rankA + r], 0);
  return { score: total / rankB, permutation, aligned: align(left, right.factors, rankB, permutation) };
}

/** a rearranged: every column that points away from its partner in b is turned round, the weight taking up the sign. */
function align(
  a: CpNumbers,
  partners: readonly Float64Array[],
  rankB: number,
  permutation: readonly number[],
): CpTensor {
  const weights = takeColumns(a.weights, a.rank, permutation);
  const factors = a.factors.map((factor, n) => {
    const taken = takeColumns(factor, a.rank, permutation);
    const inner = crossGram([taken], [partners[n]], a.rank, rankB);
    for (let s = 0; s < rankB; s++) {
      if (inner[s * rankB + s] >= 0) continue;
      weights[s] = -weights[s];
      for (let q = s; q < taken.length; q += a.rank) taken[q] = -taken[q];
    }
    return tensor(taken, [a.shape[n], a.rank]);
  });
  return { weights: tensor(weights), factors };
}
