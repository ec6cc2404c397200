import type { Key } from '@neuronseek/tensor/random';

/** Refuses what is not two uint32 words, before anybody draws from it. */
export function checkKey(name: string, key: Key): void {
  if (Array.isArray(key) && key.length === 2 && key.every((word) => word >>> 0 === word)) return;
  throw new RangeError(`${name}: key is not two integers from 0 to 2^32 - 1: ${JSON.stringify(key)}`);
}
