import { fc, test } from '@fast-check/vitest';
import { mul, tensor, transpose, treeLeaves, treeMap } from '@neuronseek/tensor';
import { data, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { clipGlobalNorm } from '../../src/index.js';
import { drawNormal, toTensor } from '../support/bridge.js';

const trees = fc
  .tuple(data({ maxOrder: 2, maxSize: 4 }), data({ shape: [3] }))
  .map(([a, b]) => ({ a: toTensor(a), rest: [toTensor(b)] }));
const limits = fc.integer({ min: 1, max: 40_000 }).map((n) => n / 1000);

function numbers(tree: unknown): number[] {
  return treeLeaves(tree).flatMap((x) => Array.from(x.toTypedArray()));
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((total, x) => total + x * x, 0));
}

describe('clipGlobalNorm', () => {
  test.prop([trees, limits])('keeps the direction and limits the length of all tensors together', (tree, limit) => {
    const before = norm(numbers(tree));
    const clipped = clipGlobalNorm(tree, limit);
    if (before <= limit * (1 - 1e-14)) expectSameBits(numbers(clipped), numbers(tree));
    const wanted = before > limit ? numbers(tree).map((x) => (x / before) * limit) : numbers(tree);
    // Up to 19 squares under the root.
    expectClose(numbers(clipped), wanted, { factor: 30 });
    expect(norm(numbers(clipped))).toBeLessThanOrEqual(Math.max(limit, 0) * (1 + 1e-14));
  });

  test.prop([trees, limits])('done twice it is as good as done once', (tree, limit) => {
    const once = clipGlobalNorm(tree, limit);
    expectClose(numbers(clipGlobalNorm(once, limit)), numbers(once), { factor: 30 });
  });

  test.prop([trees, limits, fc.integer({ min: -20, max: 20 })])(
    'scales with its arguments, bit for bit',
    (tree, limit, exponent) => {
      const factor = 2 ** exponent;
      const scaled = clipGlobalNorm(
        treeMap((x) => mul(x, factor), tree),
        limit * factor,
      );
      expectSameBits(
        numbers(scaled),
        numbers(clipGlobalNorm(tree, limit)).map((x) => x * factor),
      );
    },
  );

  test('clips gradients whose squares overflow', () => {
    expectClose(numbers(clipGlobalNorm([tensor([3e200]), tensor([-4e200])], 5)), [3, -4], { factor: 8 });
    expectClose(numbers(clipGlobalNorm([tensor([3e-200, 4e-200])], 1e-200)), [0.6e-200, 0.8e-200], { factor: 8 });
  });

  test('leaves alone what no factor can help, and everything for a limit of Infinity', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const tree = { a: tensor([1, bad]) };
      expectSameBits(numbers(clipGlobalNorm(tree, 1)), numbers(tree));
    }
    const long = [tensor([1e300])];
    expect(clipGlobalNorm(long, Number.POSITIVE_INFINITY)).toBe(long);
    expect(clipGlobalNorm({}, 1)).toEqual({});
  });

  test('reads views', () => {
    const x = drawNormal(1, [3, 2]);
    expectSameBits(
      numbers(transpose(clipGlobalNorm(transpose(x), 0.5))).sort(),
      numbers(clipGlobalNorm(x, 0.5)).sort(),
    );
  });

  test.each([0, -1, Number.NaN])('refuses a limit of %d', (limit) => {
    expect(() => clipGlobalNorm([], limit)).toThrow(
      new RangeError(`clipGlobalNorm: the limit must be positive, got ${limit}`),
    );
  });
});
