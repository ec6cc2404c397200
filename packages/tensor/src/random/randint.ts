import { boundedDraw } from './bounded.js';
import { checkCount, checkKey } from './check.js';
import { checkNumber, checkOptions } from './check-options.js';
import type { Key } from './key.js';

/** Options of `randint`. */
export interface RandintOptions {
  /** Smallest value, default 0. */
  readonly min?: number;
  /** Bound that no value reaches. */
  readonly max: number;
}

/** Defaults of `randint`. */
export const randintDefaults: Required<Pick<RandintOptions, 'min'>> = { min: 0 };

const LIMIT = 2147483648;

/**
 * Draws integers evenly from min .. max - 1, without bias: Lemire's multiply-shift with rejection on 64-bit words.
 *
 * Draw i depends on the key and i alone, so the first k of n draws are the k draws. Two kinds of draw from one key
 * share their bits: split the key first.
 *
 * @param count number of draws; 0 gives an empty array
 * @throws RangeError where a bound is no integer, min >= max, or a value would not fit an int32 (min >= -2^31, max <= 2^31).
 * Cost: one Threefry block a draw.
 */
export function randint(key: Key, count: number, options: RandintOptions): Int32Array {
  checkKey('randint', key);
  checkCount('randint', 'count', count);
  checkOptions('randint', options, ['min', 'max']);
  const { min = randintDefaults.min, max } = options;
  checkNumber('randint', 'min', min);
  checkNumber('randint', 'max', max);
  if (!Number.isInteger(min) || min < -LIMIT) {
    throw new RangeError(`randint: min is not an integer from -2^31: ${min}`);
  }
  if (!Number.isInteger(max) || max > LIMIT) throw new RangeError(`randint: max is not an integer up to 2^31: ${max}`);
  if (min >= max) throw new RangeError(`randint: min is not below max: min is ${min}, max is ${max}`);
  const words = new Uint32Array(2);
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) out[i] = min + boundedDraw(key, i, max - min, words);
  return out;
}
