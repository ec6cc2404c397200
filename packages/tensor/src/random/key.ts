import { block, SEED } from './block.js';

/** A random key: two uint32 words, plain data. Equal keys give equal bits on every machine. */
export type Key = readonly [number, number];

/**
 * Makes a key from a seed: the seed, as a 64-bit counter, enciphered by Threefry-2x32 under the key (0, 0).
 *
 * Different seeds give different keys, because the cipher is a bijection.
 *
 * @param seed an integer from 0 to 2^53 - 1
 * @throws TypeError where the seed is no number, RangeError where it is negative, fractional or beyond 2^53 - 1
 */
export function key(seed: number): Key {
  if (typeof seed !== 'number') throw new TypeError(`key: seed is not a number: ${String(seed)}`);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`key: seed is not an integer from 0 to 2^53 - 1: ${seed}`);
  }
  const words = new Uint32Array(2);
  block([0, 0], SEED, seed, 0, words);
  return [words[0], words[1]];
}
