import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { norm2 } from './index.js';
import { norm2Scalar } from './scalar.js';

const magnitude = fc.constantFrom(5e-324, 1e-310, 1e-160, 1e-150, 1, 1e150, 1e160, 1e300);
const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 12 });

test.prop([numbers, magnitude])('agrees with the always scaled variant', (unit, scale) => {
  const x = Float64Array.from(unit, (u) => u * scale);
  const expected = norm2Scalar(x.length, x, 0, 1);
  expect(Math.abs(norm2(x.length, x, 0, 1) - expected)).toBeLessThanOrEqual(
    (x.length + 4) * 2 ** -53 * expected + Number.MIN_VALUE,
  );
});

test.prop([numbers, fc.integer({ min: -1000, max: 960 })])('scales exactly with a power of two', (unit, exponent) => {
  // Multiples of 2^-20 stay normal, so that scaling the input is exact.
  const x = Float64Array.from(unit, (u) => Math.round(u * 2 ** 20) / 2 ** 20);
  const scaled = x.map((u) => u * 2 ** exponent);
  const expected = norm2(x.length, x, 0, 1) * 2 ** exponent;
  expect(Math.abs(norm2(x.length, scaled, 0, 1) - expected)).toBeLessThanOrEqual((x.length + 4) * 2 ** -53 * expected);
});

test('reads with offset and stride, of either sign', () => {
  const x = Float64Array.of(9, 3, 9, 4, 9);
  expect(norm2(2, x, 1, 2)).toBe(5);
  expect(norm2(2, x, 3, -2)).toBe(5);
  expect(norm2(2, Float32Array.of(3, 4), 0, 1)).toBe(5);
});

test('empty, subnormal, infinite and not a number', () => {
  expect(norm2(0, new Float64Array(0), 0, 1)).toBe(0);
  expect(norm2(1, Float64Array.of(-5e-324), 0, 1)).toBe(5e-324);
  expect(norm2(2, Float64Array.of(-Infinity, 1), 0, 1)).toBe(Infinity);
  expect(norm2(2, Float64Array.of(Infinity, Number.NaN), 0, 1)).toBeNaN();
  expect(norm2(2, Float64Array.of(Number.MAX_VALUE, 1), 0, 1)).toBe(Number.MAX_VALUE);
});
