import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { fold, key, permutation } from '../../src/random/index.js';
import { chiSquareEven } from './statistics.js';

test.prop([fc.maxSafeNat(), fc.nat(200)])('is a bijection of 0 .. n - 1, the same for the same key', (seed, n) => {
  const p = permutation(key(seed), n);
  expect(p).toBeInstanceOf(Int32Array);
  expect(Array.from(p).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  expect(permutation(key(seed), n)).toEqual(p);
});

it('the 24 permutations of four items are equally frequent', () => {
  const root = key(2026);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24000; i++) {
    const name = permutation(fold(root, i), 4).join('');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const statistic = chiSquareEven([...counts.values()]);
  expect(statistic).toBeLessThan(70.55); // chi-square with 23 degrees, upper 1e-6
  expect(statistic).toBeGreaterThan(3.52); // lower 1e-6
});

it('an n beyond 2^31 is refused before memory is asked for', () => {
  expect(() => permutation(key(0), 2 ** 31 + 1)).toThrow(new RangeError('permutation: n is beyond 2^31: 2147483649'));
  expect(() => permutation(key(0), -1)).toThrow('permutation: n is not an integer from 0 to 2^53 - 1: -1');
});
