import type { Key } from './key.js';

function isWord(value: unknown): boolean {
  return typeof value === 'number' && value >>> 0 === value;
}

/** Refuses what is not two uint32 words. */
export function checkKey(name: string, key: Key): void {
  if (!Array.isArray(key)) throw new TypeError(`${name}: key is not a pair of words: ${String(key)}`);
  if (key.length !== 2 || !isWord(key[0]) || !isWord(key[1])) {
    throw new RangeError(`${name}: key is not two integers from 0 to 2^32 - 1: [${key.join(', ')}]`);
  }
}

/** Refuses a count that is not an integer from 0 to 2^53 - 1. */
export function checkCount(name: string, argument: string, count: number): void {
  if (typeof count !== 'number') throw new TypeError(`${name}: ${argument} is not a number: ${String(count)}`);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${name}: ${argument} is not an integer from 0 to 2^53 - 1: ${count}`);
  }
}
