import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  bernoulli,
  choice,
  exponential,
  fold,
  gamma,
  key,
  normal,
  permutation,
  randint,
  split,
  uniform,
} from '../../src/random/index.js';

// The bits of this version. A change here changes every seeded result downstream: it must be meant, and said in the changelog.

/** SHA-256 of the values as big-endian doubles, so the hash does not depend on the machine's byte order. */
function hash(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i]);
  return createHash('sha256').update(view).digest('hex').slice(0, 32);
}

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');

test('keys', () => {
  expect(hex(key(0))).toBe('18d82115 c181e306');
  expect(hex(key(2 ** 53 - 1))).toBe('28619ca0 0e4699cc');
  expect(split(key(0), 2).map(hex)).toEqual(['f1c818ff 5828e480', '07a9c4f2 f4a53221']);
  expect(hex(fold(key(0), 2 ** 40))).toBe('f3816ab5 e6ef86aa');
});

test('draws', () => {
  expect(hash(uniform(key(1), 1000))).toBe('0c1586038978d3fa4451ff665d5e2a01');
  expect(hash(uniform(key(1), 1000, { min: -3, max: 7 }))).toBe('375aa090a1a703034433abad7d5fcd9a');
  expect(hash(normal(key(1), 100000))).toBe('c94e7c950be0fef0dfc65b49f2c55014');
  expect(hash(randint(key(1), 1000, { min: -1000, max: 1000 }))).toBe('3fc57f472301ff5f7ecd3d71d5bcb9be');
  expect(hash(permutation(key(1), 1000))).toBe('1dcc384244cf093d4a0820de2753c85a');
  expect(hash(exponential(key(1), 10000, { scale: 3 }))).toBe('8704b22b1208b74c9e3ba0f7600f4c60');
  expect(hash(gamma(key(1), 10000, { alpha: 2.5, scale: 3 }))).toBe('6e9baa408a62280ce8184259dfc2d925');
  expect(hash(gamma(key(1), 10000, { alpha: 0.3 }))).toBe('dd1a09cd469720d2cffe56f67b1bccb4');
  expect(hash(bernoulli(key(1), 1000, { probability: 0.3 }))).toBe('2a053583530634625c6ad905964bb883');
  expect(hash(choice(key(1), 1000, { count: 1000 }))).toBe('8cb6641a6fd30c3791edd38eea9ff8da');
  expect(hash(choice(key(1), 1000, { count: 100, replace: false }))).toBe('4c3e340a0cbbd989766bcda66c3eb5e4');
  const weights = Float64Array.from({ length: 1000 }, (_, i) => i % 7);
  expect(hash(choice(key(1), 1000, { count: 1000, weights }))).toBe('f1b0a1d5072959bbce93308e840ecf51');
  expect(hash(choice(key(1), 1000, { count: 500, replace: false, weights }))).toBe('9f81f3c28dfa37955078d5fdf270c80c');
});
