import { fc, test } from '@fast-check/vitest';
import { data, expectClose, expectSameBits, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { argmax, argmin, max, mean, min, std, variance } from '../../src/core/ops/reduce.js';
import { logsumexp } from '../../src/core/ops/softmax.js';
import { type ReduceOptions, sum } from '../../src/core/ops/sum-broadcast.js';
import { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { someAxes } from '../ops/op-case.js';
import { at, elements, fromData, indices, typed } from '../support/elements.js';
import { sumErrorInEps } from '../support/exact-sum.js';
import { special, stridedTensor } from '../support/strided.js';

const dtypes = fc.constantFrom<DType>('float64', 'float32', 'int32', 'bool');
const shapes = { maxOrder: 4, maxSize: 4 };

/** The elements that fall together when `axes` are reduced, one group for each element of the result. */
function groups(x: Tensor, axes: readonly number[]): number[][] {
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  return indices(kept).map((base) =>
    indices(x.shape.map((n, axis) => (axes.includes(axis) ? n : 1))).map((inside) =>
      at(
        x,
        base.map((i, axis) => i + inside[axis]),
      ),
    ),
  );
}

const withAxes = (operand: fc.Arbitrary<Tensor>) =>
  operand.chain((x) => fc.record({ x: fc.constant(x), axes: someAxes(x.order), negative: fc.boolean() }));

/** Checks shapes with and without kept axes, positive and negative axes, and hands the groups and the results to `compare`. */
function checkReduction(
  f: (x: Tensor, options: ReduceOptions) => Tensor,
  { x, axes, negative }: { x: Tensor; axes: number[]; negative: boolean },
  compare: (actual: number[], groups: number[][], result: Tensor) => void,
): void {
  const named = negative ? axes.map((axis) => axis - x.order).reverse() : axes;
  const kept = f(x, { axes: named, keepDims: true });
  const dropped = f(x, { axes: named });
  expect(kept.shape).toEqual(x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)));
  expect(dropped.shape).toEqual(x.shape.filter((_, axis) => !axes.includes(axis)));
  expectSameBits(elements(kept), elements(dropped));
  if (axes.length === x.order) expectSameBits(elements(f(x, {})), elements(dropped));
  if (axes.length === 1) expectSameBits(elements(f(x, { axes: named[0] })), elements(dropped));
  compare(elements(dropped), groups(x, axes), dropped);
}

const plain = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
const size = (values: readonly number[]): number => values.reduce((total, v) => total + Math.abs(v), 0);
const epsilonOf = (dtype: DType): number => (dtype === 'float32' ? 2 ** -23 : 2 ** -52);

describe('sum', () => {
  test.prop([dtypes.chain((dtype) => withAxes(stridedTensor(dtype, shapes, {})))])('adds up each group', (c) => {
    checkReduction(sum, c, (actual, expected, { dtype }) => {
      expect(dtype).toBe(c.x.dtype === 'bool' ? 'int32' : c.x.dtype);
      expected.forEach((group, q) => {
        expectClose([actual[q]], [plain(group)], {
          factor: group.length + 1,
          scale: size(group),
          epsilon: epsilonOf(dtype),
        });
      });
    });
  });

  const wide = fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -300, max: 300 }))
    .map(([m, e]) => m * 2 ** e);
  const cancelling = fc
    .array(wide, { maxLength: 500 })
    .chain((xs) => fc.shuffledSubarray([...xs, ...xs.map((x) => -x), 1, 1e-3], { minLength: 2 * xs.length + 2 }));
  /** The bound of the docstring. */
  const bound = (n: number): number => Math.log2(Math.max(n, 1)) + 34;

  test.prop([cancelling, fc.integer({ min: 1, max: 3 })])(
    'keeps its bound where everything cancels',
    (values, stride) => {
      const spread = new Float64Array(values.length * stride);
      values.forEach((v, i) => {
        spread[i * stride] = v;
      });
      const x = new Tensor(spread, 'float64', [values.length], [stride]);
      expect(sumErrorInEps(sum(x).item(), values)).toBeLessThanOrEqual(bound(values.length));
    },
  );

  test('keeps its bound on many terms, where a plain loop does not', () => {
    const values = new Float64Array(100_000).fill(0.1);
    expect(
      sumErrorInEps(
        values.reduce((total, v) => total + v, 0),
        values,
      ),
    ).toBeGreaterThan(bound(values.length));
    expect(sumErrorInEps(sum(new Tensor(values, 'float64', [100_000])).item(), values)).toBeLessThan(
      bound(values.length),
    );
  });

  test('rounds float32 once', () => {
    const values = Float32Array.from({ length: 3000 }, (_, i) => Math.fround(Math.sin(i)));
    expect(sum(new Tensor(values, 'float32', [3000])).item()).toBe(
      Math.fround(sum(new Tensor(Float64Array.from(values), 'float64', [3000])).item()),
    );
  });

  test('carries what is not finite along', () => {
    const inf = Number.POSITIVE_INFINITY;
    const total = (...values: number[]): number =>
      sum(new Tensor(Float64Array.from(values), 'float64', [values.length])).item();
    expect([total(1, inf), total(-inf, 1, 2, 3, 4), total(inf, -inf), total(1, Number.NaN, inf)]).toEqual([
      inf,
      -inf,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test('wraps int32 and counts bool', () => {
    expect(sum(new Tensor(Int32Array.of(2 ** 31 - 1, 5), 'int32', [2])).item()).toBe(-(2 ** 31) + 4);
    expect(sum(new Tensor(new Uint8Array(300).fill(1), 'bool', [300])).item()).toBe(300);
  });

  test.prop([fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 5 })])(
    'depends on the terms and their number alone, not on where they stand',
    (n, stride) => {
      const values = Float64Array.from({ length: n }, (_, i) => Math.sin(i * i) * 10 ** (i % 7));
      const spread = new Float64Array(n * stride + 1);
      values.forEach((v, i) => {
        spread[i * stride] = v;
      });
      const straight = sum(new Tensor(values, 'float64', [n]));
      expectSameBits(elements(sum(new Tensor(spread, 'float64', [n], [stride]))), elements(straight));
      const columns = new Tensor(spread, 'float64', [n, 1], [stride, 1]);
      expectSameBits(elements(sum(columns, { axes: 0 })), elements(straight));
    },
  );
});

describe('max and min', () => {
  const best = (better: (a: number, b: number) => boolean) => (group: readonly number[]) =>
    group.reduce((chosen, v) => (Number.isNaN(chosen) ? chosen : Number.isNaN(v) || better(v, chosen) ? v : chosen));
  const rows = [
    { name: 'max', f: max, oracle: best((a, b) => a > b) },
    { name: 'min', f: min, oracle: best((a, b) => a < b) },
  ];
  test.prop([dtypes.chain((dtype) => withAxes(stridedTensor(dtype, { ...shapes, minSize: 1 })))])(
    'pick the best of each group, or NaN',
    (c) => {
      for (const { f, oracle } of rows) {
        checkReduction(f, c, (actual, expected, { dtype }) => {
          expect(dtype).toBe(c.x.dtype);
          expectClose(actual, expected.map(oracle), { factor: 0 });
        });
      }
    },
  );

  test.each(rows)('$name of nothing is refused unless nothing is asked', ({ name, f }) => {
    const none = new Tensor(new Float64Array(0), 'float64', [0, 3]);
    expect(() => f(none)).toThrow(new RangeError(`${name}: no elements to choose from along axes [0, 1] of [0, 3]`));
    expect(() => f(none, { axes: 0 })).toThrow(
      new RangeError(`${name}: no elements to choose from along axes [0] of [0, 3]`),
    );
    expect(f(none, { axes: 1 }).shape).toEqual([0]);
  });
});

describe('argmax and argmin', () => {
  const first = (better: (a: number, b: number) => boolean) => (group: readonly number[]) => {
    const nan = group.findIndex(Number.isNaN);
    return nan >= 0 ? nan : group.findIndex((v) => !group.some((other) => better(other, v)));
  };
  const rows = [
    { name: 'argmax', f: argmax, oracle: first((a, b) => a > b) },
    { name: 'argmin', f: argmin, oracle: first((a, b) => a < b) },
  ];
  const values = { min: -2, max: 2, special };
  const operand = dtypes
    .chain((dtype) => stridedTensor(dtype, { ...shapes, minOrder: 1, minSize: 1 }, values))
    .chain((x) => fc.tuple(fc.constant(x), fc.integer({ min: -x.order, max: x.order - 1 })));

  test.prop([operand])('find the first of the best, or the first NaN', ([x, axis]) => {
    const at = (axis + x.order) % x.order;
    for (const { f, oracle } of rows) {
      const found = f(x, { axis });
      expect(found.dtype).toBe('int32');
      expect(found.shape).toEqual(x.shape.filter((_, i) => i !== at));
      expect(elements(found)).toEqual(groups(x, [at]).map(oracle));
      expect(f(x, { axis, keepDims: true }).shape).toEqual(x.shape.map((n, i) => (i === at ? 1 : n)));
    }
    expect(elements(argmax(x))).toEqual(elements(argmax(x, { axis: -1 })));
  });

  test.each(rows)('$name along an axis without elements is refused', ({ name, f }) => {
    const none = new Tensor(new Float64Array(0), 'float64', [2, 0]);
    expect(() => f(none)).toThrow(new RangeError(`${name}: axis 1 of [2, 0] has no elements`));
    expect(f(none, { axis: 0 }).shape).toEqual([0]);
  });
});

describe('mean, variance and std', () => {
  const operand = dtypes.chain((dtype) => withAxes(stridedTensor(dtype, shapes, {})));
  const average = (group: readonly number[]): number => plain(group) / group.length;
  const spread = (group: readonly number[], correction: number): number =>
    plain(group.map((v) => (v - average(group)) ** 2)) / Math.max(group.length - correction, 0);

  test.prop([operand])('mean is the sum over the count, NaN of nothing', (c) => {
    checkReduction(mean, c, (actual, expected, { dtype }) => {
      expect(dtype).toBe(c.x.dtype === 'float32' ? 'float32' : 'float64');
      expected.forEach((group, q) => {
        expectClose([actual[q]], [average(group)], { factor: group.length + 2, scale: 10, epsilon: epsilonOf(dtype) });
      });
    });
  });

  test.prop([operand, fc.constantFrom(0, 1, 2)])(
    'variance divides by n − correction, never by less than 0',
    (c, correction) => {
      checkReduction(
        (x, options) => variance(x, { ...options, correction }),
        c,
        (actual, expected, { dtype }) => {
          expected.forEach((group, q) => {
            // Values lie in ±10 (int32: ±1000), so squares of deviations in 400 (4e6).
            const scale = c.x.dtype === 'int32' ? 4e6 : 400;
            const tolerance = { factor: 8 * (group.length + 4), scale, epsilon: epsilonOf(dtype) };
            const exact = spread(group, correction);
            expectClose([actual[q]], [exact], tolerance);
          });
        },
      );
    },
  );

  test.prop([operand])('std is the square root of the variance', (c) => {
    const options = { axes: c.axes, correction: 1 };
    const roots = elements(variance(c.x, options)).map(Math.sqrt);
    const actual = std(c.x, options);
    expectSameBits(elements(actual), typed(actual.dtype, roots));
  });

  test('the mean of int32 does not wrap', () => {
    expect(mean(new Tensor(Int32Array.of(2e9, 2e9, 2e9), 'int32', [3])).item()).toBe(2e9);
    expect(variance(new Tensor(Int32Array.of(2e9, 2e9 - 2), 'int32', [2])).item()).toBe(1);
  });

  test('variance of a large offset loses nothing, as two passes promise', () => {
    expect(variance(new Tensor(Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3), 'float64', [3])).item()).toBe(2 / 3);
  });
});

describe('logsumexp', () => {
  test.prop([shape({ maxOrder: 3, maxSize: 4 }).chain((s) => withAxes(data({ shape: s }).map((d) => fromData(d))))])(
    'is the logarithm of the sum of exponentials, −Infinity of nothing',
    (c) => {
      checkReduction(logsumexp, c, (actual, expected) => {
        expected.forEach((group, q) => {
          expectClose([actual[q]], [Math.log(plain(group.map(Math.exp)))], { factor: 16, scale: 16 });
        });
      });
    },
  );

  test.prop([
    fc.constantFrom<DType>('float64', 'float32').chain((dtype) => withAxes(stridedTensor(dtype))),
    fc.boolean(),
  ])('has the same bits where it is differentiated', ({ x, axes }, keepDims) => {
    const options = { axes, keepDims };
    const { value } = vjp((z: Tensor) => logsumexp(z, options), x);
    const alone = logsumexp(x, options);
    expect(value.shape).toEqual(alone.shape);
    expectSameBits(value.data, alone.data);
  });

  test.each([
    [[1000, 1000], 1000 + Math.log(2)],
    [[-1000, -1001], -1000 + Math.log1p(Math.exp(-1))],
    [[Number.POSITIVE_INFINITY, 1], Number.POSITIVE_INFINITY],
    [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.POSITIVE_INFINITY],
    [[Number.NEGATIVE_INFINITY, 3], 3],
    [[Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.NEGATIVE_INFINITY],
    [[Number.NaN, Number.POSITIVE_INFINITY], Number.NaN],
    [[], Number.NEGATIVE_INFINITY],
  ])('of %j is %d', (values, expected) => {
    const result = logsumexp(new Tensor(Float64Array.from(values), 'float64', [values.length])).item();
    expectClose([result], [expected], { factor: 4 });
  });
});
