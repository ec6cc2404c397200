import { block, DRAW } from './block.js';
import type { Key } from './key.js';

/**
 * Maps a uniform 64-bit word W = (high, low) to an integer from 0 to range - 1 without bias, or to -1 where W must be drawn again.
 *
 * The value is floor(W range / 2^64); W is refused where (W range) mod 2^64 < 2^64 mod range, which leaves every value
 * the same number of words. Precondition: range is an integer from 1 to 2^32. A refusal has probability below 2^-32.
 *
 * Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
 */
export function boundedWord(high: number, low: number, range: number): number {
  // 32 x 33 bit products by halves of the range: every intermediate stays an exact integer below 2^53.
  const rangeHigh = Math.floor(range / 65536);
  const rangeLow = range - rangeHigh * 65536;
  const p = low * rangeHigh;
  const pHigh = Math.floor(p / 65536);
  const s = (p - pHigh * 65536) * 65536 + low * rangeLow;
  const sHigh = Math.floor(s / 4294967296);
  const lowWord = s - sHigh * 4294967296;
  const u = high * rangeHigh;
  const uHigh = Math.floor(u / 65536);
  const t = (u - uHigh * 65536) * 65536 + high * rangeLow + pHigh + sHigh;
  const tHigh = Math.floor(t / 4294967296);
  const middleWord = t - tHigh * 4294967296;
  // 2^64 mod range is below 2^32, so only a fraction with an empty upper word can fall under it.
  if (middleWord === 0 && lowWord < range) {
    if (BigInt(lowWord) < 18446744073709551616n % BigInt(range)) return -1;
  }
  return uHigh + tHigh;
}

/** Draw number `index` of a key, uniform on 0 .. range - 1; `words` is scratch of length 2. */
export function boundedDraw(key: Key, index: number, range: number, words: Uint32Array): number {
  for (let attempt = 0; attempt < 512; attempt++) {
    block(key, DRAW, index, attempt, words);
    const value = boundedWord(words[0], words[1], range);
    if (value >= 0) return value;
  }
  // Probability below 2^-16384: reached only if the generator is broken.
  throw new RangeError(`boundedDraw: every attempt was refused: range is ${range}`);
}
