import { block, DRAW } from './block.js';
import type { Key } from './key.js';

/**
 * Number `index` of a key at one attempt, evenly from (k + 1/2) / 2^52 with k on 0 .. 2^52 - 1: exact, never 0 or 1, and 1 - p is as likely as p.
 *
 * `words` is scratch of length 2; `attempt` is from 0 to 511.
 */
export function openUnit(key: Key, index: number, attempt: number, words: Uint32Array): number {
  block(key, DRAW, index, attempt, words);
  return ((words[0] >>> 6) * 67108864 + (words[1] >>> 6) + 0.5) * 2 ** -52;
}
