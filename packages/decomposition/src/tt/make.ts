import { ones, tensor } from '@neuronseek/tensor';
import { type Key, key as keyOf, normal, split } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';
import { checkSizes } from '../checks/check-sizes.js';
import { completeOptions } from '../fit/complete-options.js';
import { possibleRanks, rankList } from './truncation.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * The tensor train of ones, with ranks 1.
 *
 * @throws RangeError where the shape is not a list of positive integers
 */
export function ttOnes(shape: readonly number[]): TtTensor {
  checkSizes('ttOnes', 'shape', shape);
  return { cores: shape.map((n) => ones([1, n, 1])) };
}

/** Options of `ttRandom`. */
export interface TtRandomOptions {
  /** Decides every number; equal keys give equal bits. Default: key(0). */
  readonly key?: Key;
}

/** Defaults of `ttRandom`. */
export const ttRandomDefaults: Required<TtRandomOptions> = { key: /* @__PURE__ */ keyOf(0) };

/**
 * A tensor train with independent normal entries in its cores, scaled so that elements have mean 0 and variance 1.
 *
 * ranks: a list r₀ = 1, r₁, …, r_N = 1 is taken as it is; of one number every inner rank is the smaller of it and what the sizes allow,
 * min(Π n before, Π n after). Core k is made from the k-th child of the key.
 *
 * @throws RangeError where the shape is not a list of positive integers, ranks are out of range or have other boundaries than 1
 */
export function ttRandom(
  shape: readonly number[],
  ranks: number | readonly number[],
  options: TtRandomOptions = {},
): TtTensor {
  checkSizes('ttRandom', 'shape', shape);
  const { key } = completeOptions('ttRandom', ttRandomDefaults, options);
  checkKey('ttRandom', key);
  const order = shape.length;
  const given = rankList('ttRandom', ranks, order);
  const list = typeof ranks === 'number' ? possibleRanks(shape, given) : given;
  const keys = split(key, order);
  const cores = shape.map((n, k) => {
    const scale = 1 / Math.sqrt(list[k]);
    const entries = normal(keys[k], list[k] * n * list[k + 1]).map((v) => v * scale);
    return tensor(entries, [list[k], n, list[k + 1]]);
  });
  return { cores };
}
