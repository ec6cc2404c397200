import { astype, div, greater, less, logicalAnd, mul, type Tensor, treeMap, where } from '@neuronseek/tensor';
import { globalNorm } from './global-norm.js';

/**
 * The gradients scaled down to a joint Euclidean norm of at most `limit` (Pascanu, Mikolov, Bengio, ICML 2013); the same numbers when it is
 * shorter, or when its norm is not finite and no factor could help. Throws a RangeError unless the limit is positive; Infinity never clips.
 */
export function clipGlobalNorm<T>(gradients: T, limit: number): T {
  if (!(limit > 0)) throw new RangeError(`clipGlobalNorm: the limit must be positive, got ${limit}`);
  return scaleDown(gradients, globalNorm(gradients), limit);
}

/** {@link clipGlobalNorm} for a norm that is known already. */
export function scaleDown<T>(gradients: T, norm: Tensor, limit: number): T {
  if (limit === Number.POSITIVE_INFINITY) return gradients;
  // No branch, for a compiled step is the same whatever the norm: a factor of 1 changes no bit.
  const long = logicalAnd(greater(norm, limit), less(norm, Number.POSITIVE_INFINITY));
  const factor = where(long, div(limit, norm), 1);
  return treeMap((g) => mul(g, astype(factor, g.dtype)), gradients);
}
