import { fc, test } from '@fast-check/vitest';
import { toleranceEpsilon } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { cpResidual } from './index.js';
import { cpResidualScalar } from './scalar.js';

const problem = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3 }))
  .chain(([shape, rank]) => {
    const integers = (count: number): fc.Arbitrary<Float64Array> =>
      fc
        .array(fc.integer({ min: -3, max: 3 }), { minLength: count, maxLength: count })
        .map((values) => Float64Array.from(values));
    return fc.record({
      shape: fc.constant(shape),
      x: integers(shape.reduce((product, n) => product * n, 1)),
      weights: integers(rank),
      factors: fc.tuple(...shape.map((n) => integers(n * rank))),
    });
  });

test.prop([problem])('equals the oracle up to the rounding of squares and roots', ({ shape, x, weights, factors }) => {
  // Residuals are exact integers; one relative rounding a square, an addition, and a few a norm.
  const expected = cpResidualScalar(x, shape, weights, factors);
  const received = cpResidual(x, shape, weights, factors);
  expect(Math.abs(received - expected)).toBeLessThanOrEqual((x.length + 8) * toleranceEpsilon * expected);
});

test('is the same for any number of blocks', () => {
  // 300 x 200: four blocks of rows. Integers again, so the residual is exact and the norm is known.
  const left = Float64Array.from({ length: 300 }, (_, i) => (i % 7) - 3);
  const right = Float64Array.from({ length: 200 }, (_, j) => (j % 5) - 2);
  const x = Float64Array.from({ length: 60000 }, (_, q) => 2 * left[Math.floor(q / 200)] * right[q % 200]);
  x[0] += 3;
  x[59999] -= 4;
  expect(cpResidual(x, [300, 200], Float64Array.of(2), [left, right])).toBe(5);
  expect(
    cpResidual(
      x.map((v) => v / 2 ** 1000),
      [300, 200],
      Float64Array.of(2 ** -999),
      [left, right],
    ),
  ).toBe(5 / 2 ** 1000);
});
