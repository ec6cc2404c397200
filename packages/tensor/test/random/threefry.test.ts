import { expect, test } from 'vitest';
import { threefry2x32 } from '../../src/random/threefry.js';

function encipher(k0: number, k1: number, c0: number, c1: number): string[] {
  const out = new Uint32Array(2);
  threefry2x32(k0, k1, c0, c1, out);
  return Array.from(out, (word) => word.toString(16).padStart(8, '0'));
}

// Random123 1.14, kat_vectors, threefry2x32 with 20 rounds.
test.each([
  [0, 0, 0, 0, '6b200159', '99ba4efe'],
  [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, '1cb996fc', 'bb002be7'],
  [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 'c4923a9c', '483df7a0'],
])('known answer for key %i %i, counter %i %i', (k0, k1, c0, c1, x, y) => {
  expect(encipher(k0, k1, c0, c1)).toEqual([x, y]);
});

test('words are read modulo 2^32', () => {
  expect(encipher(-1, -1, -1, -1)).toEqual(encipher(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff));
});

test('flipping one bit of key or counter flips about half of the output bits', () => {
  // 128 input bits, 64 output bits: 8192 flips, binomial with deviation 45.3; bound 5 deviations, false alarm 5.8e-7.
  const words = [0x01234567, 0x89abcdef, 0x0f1e2d3c, 0x4b5a6978];
  const out = new Uint32Array(2);
  const base = new Uint32Array(2);
  const [k0 = 0, k1 = 0, c0 = 0, c1 = 0] = words;
  threefry2x32(k0, k1, c0, c1, base);
  let flips = 0;
  for (let bit = 0; bit < 128; bit++) {
    const [a = 0, b = 0, c = 0, d = 0] = words.map((word, i) => (bit >> 5 === i ? word ^ (1 << (bit & 31)) : word));
    threefry2x32(a, b, c, d, out);
    for (let i = 0; i < 2; i++) {
      for (let difference = (out[i] ^ base[i]) >>> 0; difference !== 0; difference >>>= 1) flips += difference & 1;
    }
  }
  expect(Math.abs(flips - 4096)).toBeLessThan(5 * 45.3);
});
