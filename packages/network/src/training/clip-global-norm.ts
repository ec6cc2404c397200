import { mul, square, sum, treeLeaves, treeMap } from '@neuronseek/tensor';

/** The gradients scaled down to a joint Euclidean norm of at most `limit` (Pascanu, Mikolov, Bengio, ICML 2013); unchanged when shorter. */
export function clipGlobalNorm<T>(gradients: T, limit: number): T {
  if (!(limit > 0)) throw new RangeError(`clipGlobalNorm: the limit must be positive, got ${limit}`);
  let squares = 0;
  for (const g of treeLeaves(gradients)) squares += sum(square(g)).item();
  const norm = Math.sqrt(squares);
  return norm > limit ? treeMap((g) => mul(g, limit / norm), gradients) : gradients;
}
