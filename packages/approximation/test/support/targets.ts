import { fc } from '@fast-check/vitest';
import {
  hoelderTarget,
  piecewiseLinearTarget,
  polynomialTarget,
  type TargetFunction,
  takagiTarget,
} from '../../src/index.js';

/** A piecewise linear function by its knots and values. */
export interface Points {
  readonly knots: readonly number[];
  readonly values: readonly number[];
}

/** Knots i/32 from 0 to 1 and values j/256 in [-2, 2]: sums and reflections of them are exact in float64. */
export const points: fc.Arbitrary<Points> = fc
  .uniqueArray(fc.integer({ min: 1, max: 31 }), { maxLength: 8 })
  .chain((inner) => {
    const knots = [0, ...inner.sort((a, b) => a - b).map((i) => i / 32), 1];
    const value = fc.integer({ min: -512, max: 512 }).map((j) => j / 256);
    return fc.record({
      knots: fc.constant(knots),
      values: fc.array(value, { minLength: knots.length, maxLength: knots.length }),
    });
  });

export function targetOf({ knots, values }: Points): TargetFunction<1> {
  return piecewiseLinearTarget(knots, values);
}

export const lipschitz: fc.Arbitrary<TargetFunction<1>> = points.map(targetOf);

/** Equidistant knots i/2^k and values j/256: all slopes are doubles. */
export const dyadic: fc.Arbitrary<TargetFunction<1>> = fc.integer({ min: 0, max: 4 }).chain((k) => {
  const knots = Array.from({ length: 2 ** k + 1 }, (_, i) => i / 2 ** k);
  return fc
    .array(
      fc.integer({ min: -512, max: 512 }).map((j) => j / 256),
      { minLength: knots.length, maxLength: knots.length },
    )
    .map((values) => piecewiseLinearTarget(knots, values));
});

export const takagi: fc.Arbitrary<TargetFunction<1>> = fc.integer({ min: 1, max: 7 }).map(takagiTarget);

/** Exponents i/8, so that powers of them can be compared in integers. */
export const hoelder: fc.Arbitrary<TargetFunction<1>> = fc
  .record({
    center: fc.integer({ min: 0, max: 64 }).map((i) => i / 64),
    exponent: fc.integer({ min: 2, max: 8 }).map((i) => i / 8),
    scale: fc.integer({ min: 0, max: 32 }).map((i) => i / 8),
  })
  .map(hoelderTarget);

export const polynomial: fc.Arbitrary<TargetFunction<1>> = fc
  .record({
    coefficients: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 }),
    left: fc.integer({ min: -4, max: 3 }),
    width: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ coefficients, left, width }) => polynomialTarget(coefficients, { domain: [left / 2, (left + width) / 2] }));

export const anyTarget: fc.Arbitrary<TargetFunction<1>> = fc.oneof(lipschitz, takagi, hoelder, polynomial);
