import { mul, treeMap } from '@neuronseek/tensor';
import { globalNorm } from './global-norm.js';

/**
 * The gradients scaled down to a joint Euclidean norm of at most `limit` (Pascanu, Mikolov, Bengio, ICML 2013); the same tree when it is
 * shorter, or when its norm is not finite and no factor could help. Throws a RangeError unless the limit is positive; Infinity never clips.
 */
export function clipGlobalNorm<T>(gradients: T, limit: number): T {
  if (!(limit > 0)) throw new RangeError(`clipGlobalNorm: the limit must be positive, got ${limit}`);
  return scaleDown(gradients, globalNorm(gradients), limit);
}

/** {@link clipGlobalNorm} for a norm that is known already. */
export function scaleDown<T>(gradients: T, norm: number, limit: number): T {
  return norm > limit && norm < Number.POSITIVE_INFINITY ? treeMap((g) => mul(g, limit / norm), gradients) : gradients;
}
