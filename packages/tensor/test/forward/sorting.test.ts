import { fc, test } from '@fast-check/vitest';
import { expectClose, expectSameBits, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { arange, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { diff } from '../../src/core/ops/diff.js';
import { median, percentile, quantile } from '../../src/core/ops/quantile.js';
import { argmax, max, min } from '../../src/core/ops/reduce.js';
import { argsort, sort, topK } from '../../src/core/ops/sort.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { takeAlongAxis } from '../../src/core/ops/take-along-axis.js';
import type { Tensor } from '../../src/core/tensor.js';
import { distinct, someAxes } from '../ops/op-case.js';
import { at, elements, fromData, indices } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

const dtypes = fc.constantFrom('float64', 'float32', 'int32', 'bool');
const operand = dtypes
  .chain((dtype) =>
    stridedTensor(dtype, { minOrder: 1, maxOrder: 3, maxSize: 5 }, { min: -2, max: 2, special: [Number.NaN, -0] }),
  )
  .chain((x) => fc.record({ x: fc.constant(x), axis: fc.integer({ min: -x.order, max: x.order - 1 }) }));

/** The elements along an axis for each place of the others, in row-major order of those. */
function lines(x: Tensor, axis: number): number[][] {
  const along = (axis + x.order) % x.order;
  return indices(x.shape.map((n, k) => (k === along ? 1 : n))).map((index) =>
    Array.from({ length: x.shape[along] }, (_, i) =>
      at(
        x,
        index.map((v, k) => (k === along ? i : v)),
      ),
    ),
  );
}

/** Stable order by definition, NaN last. */
function order(values: readonly number[], descending: boolean): number[] {
  const rank = (i: number, j: number): number => {
    const [a, b] = [values[i], values[j]];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return descending ? b - a : a - b;
  };
  return values.map((_, i) => i).sort((i, j) => rank(i, j) || i - j);
}

describe('sort and argsort', () => {
  test.prop([operand, fc.boolean()])('order every line, NaN last', ({ x, axis }, descending) => {
    const places = argsort(x, { axis, descending });
    const sorted = sort(x, { axis, descending });
    expect([places.dtype, sorted.dtype]).toEqual(['int32', x.dtype]);
    expect([places.shape, sorted.shape]).toEqual([x.shape, x.shape]);
    const expected = lines(x, axis).map((values) => order(values, descending));
    expect(lines(places, axis)).toEqual(expected);
    expectClose(
      lines(sorted, axis).flat(),
      lines(x, axis).flatMap((values, q) => expected[q].map((i) => values[i])),
      { factor: 0 },
    );
    expectClose(elements(takeAlongAxis(x, places, { axis })), elements(sorted), { factor: 0 });
  });

  test('ties share out the gradient by their order', () => {
    const weights = tensor([1, 10, 100]);
    const f = (t: Tensor): Tensor => sum(mul(weights, sort(t)));
    expect(grad(f)(tensor([2, 1, 1])).toArray()).toEqual([100, 1, 10]);
    expect(sort(tensor([0, -0])).toArray()).toEqual([-0, 0]);
    expect(() => sort(tensor(1))).toThrow(new RangeError('sort: axis -1 is out of range for a tensor of order 0'));
  });
});

describe('topK', () => {
  test.prop([operand, fc.nat(5)])('are the first of the descending order', ({ x, axis }, wanted) => {
    const along = (axis + x.order) % x.order;
    const k = Math.min(wanted, x.shape[along]);
    const { values, indices: places } = topK(x, k, { axis });
    expect(places.dtype).toBe('int32');
    expect(values.shape).toEqual(x.shape.map((n, i) => (i === along ? k : n)));
    // NaN first: −NaN sorts nothing, so they are made larger than everything.
    const expected = lines(x, axis).map((line) =>
      order(
        line.map((v) => (Number.isNaN(v) ? Number.POSITIVE_INFINITY : v)),
        true,
      ).slice(0, k),
    );
    expect(lines(places, axis)).toEqual(expected);
    expectSameBits(elements(values), elements(takeAlongAxis(x, places, { axis })));
    if (k > 0) expect(expected.map((line) => line[0])).toEqual(elements(argmax(x, { axis })));
  });

  test('has the derivative of its values, and refuses k out of range', () => {
    const f = (t: Tensor): Tensor => sum(mul(tensor([1, 10]), topK(t, 2).values));
    expect(grad(f)(tensor([5, 7, 6])).toArray()).toEqual([0, 1, 10]);
    for (const k of [-1, 4, 1.5]) {
      expect(() => topK(zeros([2, 3]), k)).toThrow(
        new RangeError(`topK: k must be from 0 to the size of axis 1 of [2, 3], got ${k}`),
      );
    }
  });
});

describe('quantiles', () => {
  const sample = shape({ maxOrder: 3, minSize: 1, maxSize: 4 })
    .chain(distinct)
    .chain((d) => fc.record({ x: fc.constant(fromData(d)), axes: someAxes(d.shape.length) }));

  test.prop([sample, fc.double({ min: 0, max: 1, noNaN: true })])(
    'interpolate between sorted elements',
    ({ x, axes }, q) => {
      const kept = indices(x.shape.map((n, k) => (axes.includes(k) ? 1 : n)));
      const inside = indices(x.shape.map((n, k) => (axes.includes(k) ? n : 1)));
      const expected = kept.map((base) => {
        const group = inside
          .map((index) =>
            at(
              x,
              base.map((v, k) => v + index[k]),
            ),
          )
          .sort((a, b) => a - b);
        const place = q * (group.length - 1);
        const low = Math.floor(place);
        return group[low] + (place - low) * ((group[low + 1] ?? group[low]) - group[low]);
      });
      const y = quantile(x, q, { axes });
      expect(y.shape).toEqual(x.shape.filter((_, k) => !axes.includes(k)));
      expectClose(elements(y), expected, { factor: 8, scale: 16 });
      expect(quantile(x, q, { axes, keepDims: true }).shape).toEqual(x.shape.map((n, k) => (axes.includes(k) ? 1 : n)));
      expectSameBits(elements(quantile(x, [0, 1], { axes })), [
        ...elements(min(x, { axes })),
        ...elements(max(x, { axes })),
      ]);
      expectClose(elements(percentile(x, 100 * q, { axes })), elements(y), { factor: 64, scale: 16 });
      expectSameBits(elements(median(x, { axes })), elements(quantile(x, 0.5, { axes })));
    },
  );

  test('NumPy’s values, NaN, derivatives and refusals', () => {
    // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0, .1, .25, .5, .9, 1])
    expectClose(
      elements(quantile(tensor([3, 1, 4, 1, 5, 9, 2, 6]), [0, 0.1, 0.25, 0.5, 0.9, 1])),
      [1, 1, 1.75, 3.5, 6.9, 9],
      {
        factor: 2,
      },
    );
    expect(
      median(
        tensor([
          [1, Number.NaN],
          [2, 3],
        ]),
        { axes: 1 },
      ).toArray(),
    ).toEqual([Number.NaN, 2.5]);
    expect(median(tensor(Int32Array.of(1, 2))).item()).toBe(1.5);
    expect(median(tensor(7)).item()).toBe(7);
    // Where the difference of the two elements is infinite or NaN, and they have a mean all the same.
    const inf = Number.POSITIVE_INFINITY;
    expect(median(tensor([1, inf])).item()).toBe(inf);
    expect(median(tensor([-inf, -inf])).item()).toBe(-inf);
    expect(median(tensor([-inf, inf])).item()).toBe(Number.NaN);
    expect(median(tensor([-1.5e308, 1.5e308])).item()).toBe(0);
    expect(grad((t: Tensor) => median(t))(tensor([-1.5e308, 1.5e308])).toArray()).toEqual([0.5, 0.5]);
    expect(grad((t: Tensor) => median(t))(tensor([1, inf])).toArray()).toEqual([0.5, 0.5]);
    expect(grad((t: Tensor) => quantile(t, 0.25))(tensor([4, 0, 3, 1])).toArray()).toEqual([0, 0.25, 0, 0.75]);
    expect(() => quantile(zeros([2, 0]), 0.5)).toThrow(
      new RangeError('quantile: no elements along axes [0, 1] of [2, 0]'),
    );
    expect(() => percentile(zeros([2]), 101)).toThrow(new RangeError('percentile: q must be from 0 to 100, got 101'));
    expect(() => quantile(zeros([2]), Number.NaN)).toThrow(new RangeError('quantile: q must be from 0 to 1, got NaN'));
    expect(() => quantile(zeros([2]), [])).toThrow(new RangeError('quantile: needs at least one q'));
  });
});

describe('diff', () => {
  test('takes differences of neighbours, n times, along any axis', () => {
    expect(diff(tensor([1, 2, 4, 7])).toArray()).toEqual([1, 2, 3]);
    expect(diff(tensor([1, 2, 4, 7]), { n: 2 }).toArray()).toEqual([1, 1]);
    expect(diff(tensor([1, 2]), { n: 5 }).shape).toEqual([0]);
    expect(
      diff(
        tensor([
          [1, 2],
          [5, 9],
        ]),
        { axis: 0 },
      ).toArray(),
    ).toEqual([[4, 7]]);
    expect(diff(tensor([1, 2]), { n: 0 }).toArray()).toEqual([1, 2]);
    expect(elements(diff(arange(10), { n: 2 }))).toEqual(new Array(8).fill(0));
    expect(() => diff(tensor([1]), { n: -1 })).toThrow(
      new RangeError('diff: n must be a non-negative integer, got -1'),
    );
  });
});
