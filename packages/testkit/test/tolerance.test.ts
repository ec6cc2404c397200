import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { expectClose, expectSameBits, toleranceEpsilon } from '../src/index.js';

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 });

it('epsilon is the spacing of doubles at 1', () => {
  expect(toleranceEpsilon).toBe(Number.EPSILON);
});

test.prop([numbers, fc.nat(), fc.constantFrom(-1, 1)])(
  'a difference passes up to the bound and fails beyond',
  (xs, at, sign) => {
    const i = at % xs.length;
    const tolerance = { factor: 1, scale: 1, epsilon: 0.5 };
    const inside = xs.map((x, k) => (k === i ? x + sign * 0.49 : x));
    const outside = xs.map((x, k) => (k === i ? x + sign * 0.51 : x));
    expectClose(inside, xs, tolerance);
    expect(() => expectClose(outside, xs, tolerance)).toThrow(
      `expectClose: 1 of ${xs.length} values differ, worst at index ${i}`,
    );
  },
);

it('the default scale is the largest finite expected magnitude', () => {
  const expected = [1, -1024, Number.POSITIVE_INFINITY];
  const off = (difference: number): number[] => [1 + difference, -1024, Number.POSITIVE_INFINITY];
  expectClose(off(2 ** -42), expected, { factor: 1 });
  expect(() => expectClose(off(2 ** -41), expected, { factor: 1 })).toThrow('index 0');
});

it('NaN equals NaN, infinities must match, 0 equals -0', () => {
  expectClose([Number.NaN, -0, Number.NEGATIVE_INFINITY], [Number.NaN, 0, Number.NEGATIVE_INFINITY], { factor: 0 });
  const loose = { factor: 1e300, scale: 1 };
  const pairs = [
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
    [1, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ];
  for (const [a, e] of pairs) expect(() => expectClose([0, a], [0, e], loose)).toThrow('worst at index 1');
});

it('the message gives index, both values, difference and bound of the worst element', () => {
  expect(() => expectClose([1, 2.5, 4], [1, 2, 3], { factor: 2, scale: 1, epsilon: 0.125 })).toThrow(
    new Error(
      'expectClose: 2 of 3 values differ, worst at index 2: actual 4, expected 3, difference 1, bound 0.25 (factor 2, epsilon 0.125, scale 1)',
    ),
  );
});

it('lengths must agree and the bound must be finite', () => {
  expect(() => expectClose([1], [1, 2], { factor: 1 })).toThrow('lengths differ: actual has 1, expected has 2');
  for (const factor of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => expectClose([1], [1], { factor })).toThrow(RangeError);
  }
  expect(() => expectClose([1e-300], [0], { factor: 1 })).toThrow('index 0');
});

it('expectSameBits tells zeros apart and takes NaN for NaN', () => {
  expectSameBits([Number.NaN, -0], Float64Array.of(Number.NaN, -0));
  expect(() => expectSameBits([1, 0], [1, -0])).toThrow(new Error('expectSameBits: index 1: actual 0, expected -0'));
  expect(() => expectSameBits([1 + 2 ** -52], [1])).toThrow('index 0');
  expect(() => expectSameBits([1], [])).toThrow('lengths differ');
});
