import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { fold, type Key, key, normal, permutation, randint, split, uniform } from '../../src/random/index.js';
import { correlation } from './statistics.js';

const seeds = fc.oneof(fc.nat(20), fc.maxSafeNat());
const keys: fc.Arbitrary<Key> = seeds.map(key);

test.prop([seeds, seeds])('different seeds give different keys of two uint32', (a, b) => {
  const ka = key(a);
  expect(ka).toHaveLength(2);
  for (const word of ka) expect(word >>> 0).toBe(word);
  expect(ka).toEqual(key(a));
  if (a !== b) expect(ka).not.toEqual(key(b));
});

it('both words of small seeds are filled', () => {
  for (let seed = 0; seed < 100; seed++) for (const word of key(seed)) expect(word).not.toBe(0);
});

it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('key refuses the seed %d', (seed) => {
  expect(() => key(seed)).toThrow(new RangeError(`key: seed is not an integer from 0 to 2^53 - 1: ${seed}`));
});

it('what is no key is refused by the name of the function', () => {
  const words = [1, 2 ** 32] as const;
  const message = 'key is not two integers from 0 to 2^32 - 1: [1, 4294967296]';
  expect(() => split(words)).toThrow(new RangeError(`split: ${message}`));
  expect(() => fold(words, 0)).toThrow(new RangeError(`fold: ${message}`));
  expect(() => uniform(words, 1)).toThrow(new RangeError(`uniform: ${message}`));
  expect(() => normal(words, 1)).toThrow(new RangeError(`normal: ${message}`));
  expect(() => randint(words, 1, { max: 2 })).toThrow(new RangeError(`randint: ${message}`));
  expect(() => permutation(words, 1)).toThrow(new RangeError(`permutation: ${message}`));
  // @ts-expect-error a bare seed is not a key
  expect(() => split(7)).toThrow(new TypeError('split: key is not a pair of words: 7'));
  // @ts-expect-error a key has two words
  expect(() => split([1])).toThrow(new RangeError('split: key is not two integers from 0 to 2^32 - 1: [1]'));
  // @ts-expect-error a seed is a number
  expect(() => key('7')).toThrow(new TypeError('key: seed is not a number: 7'));
});

it('counts are refused by name', () => {
  const k = key(0);
  expect(() => split(k, -1)).toThrow(new RangeError('split: n is not an integer from 0 to 2^53 - 1: -1'));
  expect(() => fold(k, 1.5)).toThrow(new RangeError('fold: data is not an integer from 0 to 2^53 - 1: 1.5'));
  // @ts-expect-error a count is a number
  expect(() => uniform(k, '3')).toThrow(new TypeError('uniform: count is not a number: 3'));
});

test.prop([keys, fc.nat(20), fc.nat(20)])('a longer split begins with the shorter one', (k, m, n) => {
  const long = split(k, m + n);
  expect(long).toHaveLength(m + n);
  expect(long.slice(0, n)).toEqual(split(k, n));
  expect(split(k)).toEqual(split(k, 2));
});

test.prop([keys])('children, folded children, drawn blocks and the parent are pairwise different', (k) => {
  // randint over the full int32 range shows the upper word of a draw's block, which is enough to tell blocks apart.
  const children = split(k, 50).map((child) => child.join());
  const folded = Array.from({ length: 50 }, (_, i) => fold(k, i).join());
  expect(new Set([k.join(), ...children, ...folded]).size).toBe(101);
  const drawn = randint(k, 50, { min: -(2 ** 31), max: 2 ** 31 }).map((value) => value ^ 0x80000000);
  const firstWords = new Set(
    [...split(k, 50), ...Array.from({ length: 50 }, (_, i) => fold(k, i))].map(([w]) => w | 0),
  );
  // 50 x 100 pairs of words: a chance meeting has probability 1.2e-6 a run.
  expect(drawn.filter((word) => firstWords.has(word)).length).toBeLessThan(2);
});

test.prop([keys, fc.maxSafeNat(), fc.maxSafeNat()])('fold tells indices apart, also beyond 2^32', (k, a, b) => {
  fc.pre(a !== b);
  expect(fold(k, a)).not.toEqual(fold(k, b));
  expect(fold(k, a)).toEqual(fold([...k], a));
});

it('draws of parent, children and neighbouring seeds are uncorrelated', () => {
  // 28 pairs of 20000 draws: r has deviation 1/sqrt(n); bound 5.5 deviations, false alarm 28 * 3.8e-8 = 1.1e-6.
  const n = 20000;
  const parent = key(42);
  const [a, b] = split(parent);
  const all = [parent, a, b, ...split(a), fold(parent, 0), fold(parent, 1), key(43)];
  const draws = all.map((k) => uniform(k, n));
  for (let i = 0; i < draws.length; i++) {
    for (let j = 0; j < i; j++) expect(Math.abs(correlation(draws[i], draws[j]))).toBeLessThan(5.5 / Math.sqrt(n));
  }
});
