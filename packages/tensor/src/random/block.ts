import type { Key } from './key.js';
import { threefry2x32 } from './threefry.js';

// The top two bits of the counter name its purpose, so the four uses of one key never meet in a counter.
// Threefry is a bijection for a fixed key: distinct counters give distinct blocks.

/** Counter range of draws. */
export const DRAW = 0;
/** Counter range of `split`. */
export const SPLIT: number = 1 << 30;
/** Counter range of `fold`. */
export const FOLD: number = 2 << 30;
/** Counter range of `key`. */
export const SEED: number = 3 << 30;

/**
 * The 64-bit block number `index` of one purpose of a key.
 *
 * Counter, from the top: 2 bits purpose, 9 bits attempt (0 save after a rejected draw), 53 bits index.
 * Preconditions: index from 0 to 2^53 - 1, attempt from 0 to 511.
 */
export function block(key: Key, purpose: number, index: number, attempt: number, out: Uint32Array): void {
  const high = Math.floor(index / 4294967296);
  threefry2x32(key[0], key[1], index | 0, purpose | (attempt << 21) | high, out);
}
