import { block, FOLD } from './block.js';
import { checkCount, checkKey } from './check.js';
import type { Key } from './key.js';

/**
 * Derives the child key of an index without making its siblings: block `data` of the key's own counter range for folding.
 *
 * Different indices give different children; none is a child by `split` of the same key.
 *
 * @param data an integer from 0 to 2^53 - 1, such as a step, a layer or a column
 * @throws RangeError or TypeError where the key is not two uint32 or data is no such integer
 */
export function fold(key: Key, data: number): Key {
  checkKey('fold', key);
  checkCount('fold', 'data', data);
  const words = new Uint32Array(2);
  block(key, FOLD, data, 0, words);
  return [words[0], words[1]];
}
