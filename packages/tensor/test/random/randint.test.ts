import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { boundedWord } from '../../src/random/bounded.js';
import { key, randint, randintDefaults } from '../../src/random/index.js';
import { chiSquareEven } from './statistics.js';

const keys = fc.maxSafeNat().map(key);
const words = fc.oneof(
  fc.nat(3),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.nat(3).map((w) => 2 ** 32 - 1 - w),
);
const ranges = fc.oneof(
  fc.integer({ min: 1, max: 10 }),
  fc.integer({ min: 1, max: 2 ** 32 }),
  fc.nat(3).map((w) => 2 ** 32 - w),
);

test.prop([words, words, ranges], { numRuns: 2000 })('boundedWord is the 64-bit multiply-shift', (high, low, range) => {
  const product = ((BigInt(high) << 32n) | BigInt(low)) * BigInt(range);
  const refused = product % 2n ** 64n < 2n ** 64n % BigInt(range);
  expect(boundedWord(high, low, range)).toBe(refused ? -1 : Number(product >> 64n));
});

test.prop([ranges, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })])(
  'boundedWord keeps equally many words for every value',
  (range, share) => {
    // The words that give v are a run of consecutive integers; of its first and last ones the refused are taken off.
    const v = BigInt(Math.floor(share * range));
    const n = BigInt(range);
    const first = ((v << 64n) + n - 1n) / n;
    const end = (((v + 1n) << 64n) + n - 1n) / n;
    const value = (w: bigint): number => boundedWord(Number(w >> 32n), Number(w & 0xffffffffn), range);
    // Within the run the fraction rises by `range` a word, so at most the first one can be refused.
    const kept = end - first - (value(first) === -1 ? 1n : 0n);
    expect(kept).toBe(2n ** 64n / n);
    if (end - first > 1n) expect(value(first + 1n)).toBe(Number(v));
    expect(value(end - 1n)).toBe(end - first === 1n && value(first) === -1 ? -1 : Number(v));
  },
);

test.prop([keys, fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 2 ** 31 })])(
  'the first k of n draws are the k draws',
  (k, m, n, max) => {
    expect(randint(k, m + n, { max }).subarray(0, n)).toEqual(randint(k, n, { max }));
  },
);

test.prop([
  keys,
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 ** 32 })),
])('values are integers from min to max - 1', (k, min, range) => {
  const max = Math.min(min + range, 2 ** 31);
  for (const value of randint(k, 20, { min, max })) expect(value >= min && value < max).toBe(true);
  if (max - min === 1) expect(new Set(randint(k, 20, { min, max }))).toEqual(new Set([min]));
});

it('defaults', () => {
  expect(randintDefaults).toEqual({ min: 0 });
  expect(randint(key(1), 9, { max: 5, ...randintDefaults })).toEqual(randint(key(1), 9, { max: 5 }));
  expect(randint(key(1), 0, { max: 5 })).toEqual(new Int32Array(0));
});

it('ten values are equally frequent', () => {
  const counts = new Int32Array(10);
  for (const value of randint(key(2026), 100000, { min: -5, max: 5 })) counts[value + 5]++;
  const statistic = chiSquareEven(counts);
  expect(statistic).toBeLessThan(44.81); // chi-square with 9 degrees, upper 1e-6
  expect(statistic).toBeGreaterThan(0.228); // lower 1e-6
});

it('a range of 3 * 2^30 is even, where 32-bit multiply-shift without rejection is not', () => {
  // Without rejection every third value would come twice as often. The share of v mod 3 has deviation sqrt(2/9/n).
  const n = 90000;
  const counts = new Int32Array(3);
  for (const value of randint(key(9), n, { min: -(2 ** 31), max: 2 ** 30 })) counts[(value + 2 ** 31) % 3]++;
  for (const count of counts) expect(Math.abs(count / n - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / n)); // 1.7e-6
});

it('misuse is refused', () => {
  const k = key(0);
  expect(() => randint(k, 1, { max: 0 })).toThrow(new RangeError('randint: min is not below max: min is 0, max is 0'));
  expect(() => randint(k, 1, { max: 1.5 })).toThrow(new RangeError('randint: max is not an integer up to 2^31: 1.5'));
  expect(() => randint(k, 1, { max: 2 ** 31 + 1 })).toThrow('randint: max is not an integer up to 2^31: 2147483649');
  expect(() => randint(k, 1, { min: -(2 ** 31) - 1, max: 0 })).toThrow('randint: min is not an integer from -2^31');
  expect(() => randint(k, 1, { min: Number.NaN, max: 1 })).toThrow('randint: min is not an integer from -2^31: NaN');
});
