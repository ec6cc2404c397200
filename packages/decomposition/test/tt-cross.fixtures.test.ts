import { describe, expect, test } from 'vitest';
import { ttCross, ttNorm, ttSum } from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';

/** The formulas of the fixture by name; indices count from 0 or 1 as it says. */
const formulas: Record<string, (index: readonly number[]) => number> = {
  inv_sum: (i) => 1 / i.reduce((a, b) => a + b + 1, 2),
  sum: (i) => i.reduce((a, b) => a + b, 0),
  sin_sum: (i) => Math.sin(i.reduce((a, b) => a + b, 0)),
  sqrt_sumsq: (i) => Math.sqrt(i.reduce((a, b) => a + b * b, 1)),
};

describe.skipIf(!fixturesArePresent)('oracle fixtures of cross interpolation', () => {
  test.each(Object.entries(formulas))('tt_cross_targets: %s (peer case 43)', (name, formula) => {
    const f = fixture('tt_cross_targets');
    const [order, size, eps] = ['d', 'n', 'eps'].map((part) => f.number(`expect.${name}.${part}`));
    const shape = Array.from({ length: order }, () => size);
    const result = ttCross(
      (x, count) =>
        Float64Array.from({ length: count }, (_, s) => formula(Array.from(x.subarray(s * order, (s + 1) * order)))),
      shape,
      { eps },
    );
    const norm = f.number(`expect.${name}.norm`);
    expect(Math.abs(ttNorm(result) / norm - 1)).toBeLessThan(eps);
    const root = Math.sqrt(f.number(`expect.${name}.elements`));
    expect(Math.abs(ttSum(result).item() - f.number(`expect.${name}.sum`))).toBeLessThan(eps * norm * root);
    result.ranks.forEach((rank, k) => {
      expect(rank).toBeLessThanOrEqual(f.numbers(`expect.${name}.svd_ranks`)[k] + 1);
    });
    expect(result.evaluations).toBeLessThan(0.3 * f.number(`expect.${name}.elements`));
  });
});
