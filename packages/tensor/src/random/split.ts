import { block, SPLIT } from './block.js';
import { checkCount, checkKey } from './check.js';
import type { Key } from './key.js';

/**
 * Derives n child keys: child i is block i of the key's own counter range for splitting.
 *
 * The children of one key are pairwise different, and `split(key, m)` begins with `split(key, n)` for m > n.
 * Drawing, splitting and folding use disjoint counter ranges, so a key may be drawn from, split and folded.
 *
 * @param n number of children, default 2; 0 gives an empty list
 * @throws RangeError or TypeError where the key is not two uint32 or n is no count
 */
export function split(key: Key, n = 2): Key[] {
  checkKey('split', key);
  checkCount('split', 'n', n);
  const words = new Uint32Array(2);
  const children: Key[] = [];
  for (let i = 0; i < n; i++) {
    block(key, SPLIT, i, 0, words);
    children.push([words[0], words[1]]);
  }
  return children;
}
