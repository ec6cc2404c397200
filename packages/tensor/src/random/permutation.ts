import { boundedDraw } from './bounded.js';
import { checkCount, checkKey } from './check.js';
import type { Key } from './key.js';

/**
 * A permutation of 0 .. n - 1, each of the n! equally likely: the Fisher-Yates shuffle on unbiased draws.
 *
 * @param n number of items, at most 2^31; 0 gives an empty array
 * @throws RangeError or TypeError where the key is not two uint32 or n is no such count. Cost: n - 1 Threefry blocks.
 *
 * Source: Durstenfeld, "Algorithm 235: random permutation", CACM 7 (1964).
 */
export function permutation(key: Key, n: number): Int32Array {
  checkKey('permutation', key);
  checkCount('permutation', 'n', n);
  if (n > 2147483648) throw new RangeError(`permutation: n is beyond 2^31: ${n}`);
  const words = new Uint32Array(2);
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = boundedDraw(key, i, i + 1, words);
    const kept = out[i];
    out[i] = out[j];
    out[j] = kept;
  }
  return out;
}
