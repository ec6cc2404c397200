import { block, DRAW } from './block.js';
import { checkCount, checkKey } from './check.js';
import { checkNumber, checkOptions } from './check-options.js';
import type { Key } from './key.js';
import { normalQuantile } from './normal-quantile.js';

/** Options of `normal`. */
export interface NormalOptions {
  /** Mean, default 0. */
  readonly mean?: number;
  /** Standard deviation, default 1; 0 gives the mean. */
  readonly standardDeviation?: number;
}

/** Defaults of `normal`. */
export const normalDefaults: Required<NormalOptions> = { mean: 0, standardDeviation: 1 };

/**
 * Draws from a normal distribution: mean + standardDeviation * quantile((k + 1/2) / 2^52) with k uniform on 0 .. 2^52 - 1.
 *
 * Draw i depends on the key and i alone, so the first k of n draws are the k draws; no draw lies beyond 8.21 standard
 * deviations. The bits do not depend on the platform's Math functions. Two kinds of draw from one key share their
 * bits: split the key first.
 *
 * @param count number of draws; 0 gives an empty array
 * @throws RangeError where an option is not finite, the deviation is negative, a draw could overflow, or the key or count is none.
 * Cost: one Threefry block and one quantile a draw.
 */
export function normal(key: Key, count: number, options: NormalOptions = {}): Float64Array {
  checkKey('normal', key);
  checkCount('normal', 'count', count);
  checkOptions('normal', options, ['mean', 'standardDeviation']);
  const { mean = normalDefaults.mean, standardDeviation = normalDefaults.standardDeviation } = options;
  checkNumber('normal', 'mean', mean);
  checkNumber('normal', 'standardDeviation', standardDeviation);
  if (!Number.isFinite(mean)) throw new RangeError(`normal: mean is not finite: ${mean}`);
  if (!(standardDeviation >= 0 && Number.isFinite(Math.abs(mean) + 9 * standardDeviation))) {
    throw new RangeError(`normal: standardDeviation is negative or makes draws overflow: ${standardDeviation}`);
  }
  const words = new Uint32Array(2);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    block(key, DRAW, i, 0, words);
    // 52 bits and a half: p is exact, never 0 or 1, and 1 - p is as likely as p.
    const integer = (words[0] >>> 6) * 67108864 + (words[1] >>> 6);
    out[i] = mean + standardDeviation * normalQuantile((integer + 0.5) * 2 ** -52);
  }
  return out;
}
