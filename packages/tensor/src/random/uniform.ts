import { block, DRAW } from './block.js';
import { checkCount, checkKey } from './check.js';
import { checkNumber, checkOptions } from './check-options.js';
import type { Key } from './key.js';
import { nextBelow } from './next-below.js';

/** Options of `uniform`. */
export interface UniformOptions {
  /** Smallest value, default 0. */
  readonly min?: number;
  /** Bound that no value reaches, default 1. */
  readonly max?: number;
}

/** Defaults of `uniform`. */
export const uniformDefaults: Required<UniformOptions> = { min: 0, max: 1 };

/**
 * Draws doubles evenly from [min, max): min + (max - min) k / 2^53 with k uniform on 0 .. 2^53 - 1.
 *
 * Draw i depends on the key and i alone, so the first k of n draws are the k draws. A value that rounds up to max
 * becomes the largest double below max. Two kinds of draw from one key share their bits: split the key first.
 *
 * @param count number of draws; 0 gives an empty array
 * @throws RangeError where min >= max, a bound or max - min is not finite, or the key or count is none. Cost: one Threefry block a draw.
 */
export function uniform(key: Key, count: number, options: UniformOptions = {}): Float64Array {
  checkKey('uniform', key);
  checkCount('uniform', 'count', count);
  checkOptions('uniform', options, ['min', 'max']);
  const { min = uniformDefaults.min, max = uniformDefaults.max } = options;
  checkNumber('uniform', 'min', min);
  checkNumber('uniform', 'max', max);
  const width = max - min;
  if (!Number.isFinite(width)) throw new RangeError(`uniform: max - min is not finite: min is ${min}, max is ${max}`);
  if (!(min < max)) throw new RangeError(`uniform: min is not below max: min is ${min}, max is ${max}`);
  const last = nextBelow(max);
  const words = new Uint32Array(2);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    block(key, DRAW, i, 0, words);
    const integer = (words[0] >>> 5) * 67108864 + (words[1] >>> 6);
    const value = min + width * (integer * 2 ** -53);
    out[i] = value < max ? value : last;
  }
  return out;
}
