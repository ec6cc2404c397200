import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';
import { checkRank } from '../checks/check-rank.js';
import { normalizedData } from '../normalized-data.js';
import type { CpTensor } from './cp-tensor.js';
import { randomFactors, svdFactors } from './starting-factors.js';

/** Ways to start a CP decomposition from the tensor alone. */
export type CpInitMethod = 'random' | 'svd';

/** Options of `initializeCp`. */
export interface InitializeCpOptions {
  /** Where the columns come from. Default: 'random'. */
  readonly method?: CpInitMethod;
  /** Key of the random columns. Default: key(0). */
  readonly key?: Key;
}

/** Defaults of `initializeCp`. */
export const initializeCpDefaults: Required<InitializeCpOptions> = {
  method: 'random',
  key: /* @__PURE__ */ keyOf(0),
};

/**
 * Factors to start a CP decomposition of x [I₀, …, I_{N-1}] from, with weights of 1.
 *
 * 'random': standard normal entries. 'svd': the leading left singular vectors of each unfolding, from Gram matrices, so those
 * below about 1e-8 of the largest are noise; unit random columns where there are fewer than `rank` of them.
 * Cost of 'svd': Σ min(Iₙ, size/Iₙ)·size(x) multiplications and the symmetric eigenproblems of those orders.
 *
 * @throws RangeError where rank is not a positive integer, x has an empty or no mode or a number that is not finite
 */
export function initializeCp(x: Tensor, rank: number, options: InitializeCpOptions = {}): CpTensor {
  const { method = initializeCpDefaults.method, key = initializeCpDefaults.key } = options;
  checkKey('initializeCp', key);
  checkRank('initializeCp', rank);
  if (method !== 'random' && method !== 'svd') {
    throw new RangeError(`initializeCp: method is not 'random' or 'svd': ${String(method)}`);
  }
  const { elements, shape } = normalizedData('initializeCp', x);
  const factors = method === 'svd' ? svdFactors(elements, shape, rank, key) : randomFactors(shape, rank, key);
  return { weights: ones([rank]), factors: factors.map((data, n) => tensor(data, [shape[n], rank])) };
}
