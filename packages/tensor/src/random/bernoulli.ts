import { block, DRAW } from './block.js';
import { checkCount, checkKey } from './check.js';
import { checkNumber, checkOptions } from './check-options.js';
import type { Key } from './key.js';

/** Options of `bernoulli`. */
export interface BernoulliOptions {
  /** Probability of 1, default 0.5. */
  readonly probability?: number;
}

/** Defaults of `bernoulli`. */
export const bernoulliDefaults: Required<BernoulliOptions> = { probability: 0.5 };

/**
 * Draws 1 with a probability, else 0: whether `uniform` of the same key is below it, which makes the probability exact to 2^-53.
 *
 * Draw i depends on the key and i alone. The result is what `tensor` reads as bool.
 *
 * @param count number of draws; 0 gives an empty array
 * @throws RangeError where probability is not from 0 to 1, or the key or count is none. Cost: one Threefry block a draw.
 */
export function bernoulli(key: Key, count: number, options: BernoulliOptions = {}): Uint8Array {
  checkKey('bernoulli', key);
  checkCount('bernoulli', 'count', count);
  checkOptions('bernoulli', options, ['probability']);
  const { probability = bernoulliDefaults.probability } = options;
  checkNumber('bernoulli', 'probability', probability);
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`bernoulli: probability is not from 0 to 1: ${probability}`);
  }
  const words = new Uint32Array(2);
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    block(key, DRAW, i, 0, words);
    if (((words[0] >>> 5) * 67108864 + (words[1] >>> 6)) * 2 ** -53 < probability) out[i] = 1;
  }
  return out;
}
