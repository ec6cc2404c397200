import { fc, test } from '@fast-check/vitest';
import { checkLinear, checkVjp, checkVjpOrder2, type Data, data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { ones, tensor } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { conv2d } from '../../src/core/ops/conv.js';
import { avgPool1d, avgPool2d } from '../../src/core/ops/pool-average.js';
import { maxPool1d, maxPool2d } from '../../src/core/ops/pool-max.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { distinct } from '../ops/op-case.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices, toData } from '../support/elements.js';

interface Problem {
  readonly x: Data;
  readonly laid: Tensor;
  readonly window: number[];
  readonly stride: number[];
  readonly dilation: number[];
  readonly padding: [number, number][];
}

/** Pooling over `axes` axes in which every window sees an element. */
const problems = (axes: number, content: (shape: number[]) => fc.Arbitrary<Data>): fc.Arbitrary<Problem> => {
  const each = (min: number, max: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min, max }), { minLength: axes, maxLength: axes });
  return fc
    .record({ lead: fc.tuple(fc.nat(2), fc.nat(2)), window: each(1, 3), more: each(0, 3), stride: each(1, 3) })
    .chain(({ lead, window, more, stride }) =>
      fc.record({ dilation: each(1, 2), cut: each(0, 2), behind: each(0, 2) }).chain(({ dilation, cut, behind }) => {
        // A window that is cut at the front keeps its last element, and the other way round.
        const padding = window.map((n, i): [number, number] => [
          Math.min(cut[i], n - 1) * dilation[i],
          Math.min(behind[i], n - 1) * dilation[i],
        ]);
        const size = window.map((n, i) => (n - 1) * dilation[i] + 1 + more[i]);
        const shape = [...lead, ...size];
        return fc.tuple(content(shape), arrangement(shape.length)).map(([x, how]) => ({
          x,
          laid: arrange(x, how),
          window,
          stride,
          dilation,
          padding,
        }));
      }),
    );
};

/** The elements that each window sees, by their places, over any number of axes. */
function windows(p: Problem): { shape: number[]; places: number[][][] } {
  const size = p.x.shape.slice(2);
  const out = size.map(
    (n, i) =>
      Math.floor((n + p.padding[i][0] + p.padding[i][1] - (p.window[i] - 1) * p.dilation[i] - 1) / p.stride[i]) + 1,
  );
  const shape = [...p.x.shape.slice(0, 2), ...out];
  const places = indices(shape).map(([n, c, ...position]) =>
    indices(p.window)
      .map((offset) => position.map((q, i) => q * p.stride[i] + offset[i] * p.dilation[i] - p.padding[i][0]))
      .filter((place) => place.every((q, i) => q >= 0 && q < size[i]))
      .map((place) => [n, c, ...place]),
  );
  return { shape, places };
}

const largest = (values: number[]): number =>
  values.reduce((a, b) => (Number.isNaN(a) ? a : Number.isNaN(b) || b > a ? b : a));

const byAxes = [
  [1, maxPool1d, avgPool1d],
  [2, maxPool2d, avgPool2d],
] as const;
const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];

describe.each(byAxes)('pooling over %i axes', (axes, maxPool, avgPool) => {
  test.prop([problems(axes, (shape) => data({ shape, special }))])(
    'takes the largest element, by the definition',
    (p) => {
      const { window, ...options } = { window: p.window, stride: p.stride, dilation: p.dilation, padding: p.padding };
      const y = maxPool(p.laid, window, options);
      const { shape, places } = windows(p);
      expect(y.shape).toEqual(shape);
      expectClose(
        elements(y),
        places.map((list) => largest(list.map((place) => at(p.laid, place)))),
        { factor: 0 },
      );
    },
  );

  test.prop([problems(axes, (shape) => data({ shape })), fc.boolean()])(
    'takes the mean, by the definition',
    (p, count) => {
      const flat = {
        ...p,
        dilation: p.dilation.map(() => 1),
        padding: p.padding.map(([a, b], i): [number, number] => [
          Math.min(a, p.window[i] - 1),
          Math.min(b, p.window[i] - 1),
        ]),
      };
      const y = avgPool(p.laid, p.window, { stride: p.stride, padding: flat.padding, countIncludePadding: count });
      const { shape, places } = windows(flat);
      const size = p.window.reduce((a, b) => a * b, 1);
      expect(y.shape).toEqual(shape);
      const expected = places.map(
        (list) => list.reduce((t, place) => t + at(p.laid, place), 0) / (count ? size : list.length),
      );
      // At most 9 elements of at most 10, added in one order and divided.
      expectClose(elements(y), expected, { factor: 9, scale: 10 });
      if (count)
        expect(elements(avgPool(p.laid, p.window, { stride: p.stride, padding: flat.padding }))).toEqual(elements(y));
    },
  );

  const differentiated = problems(axes, distinct).chain((p) =>
    fc.record({
      p: fc.constant(p),
      direction: data({ shape: p.x.shape, min: -1, max: 1 }),
      second: data({ shape: p.x.shape, min: -1, max: 1 }),
      cotangent: data({ shape: windows(p).shape, min: -1, max: 1 }),
    }),
  );

  test.prop([differentiated])(
    'has the derivatives of the chosen elements, to order 2',
    ({ p, direction, second, cotangent }) => {
      const run = (t: Tensor): Tensor =>
        maxPool(t, p.window, { stride: p.stride, dilation: p.dilation, padding: p.padding });
      const pulled = (x: Tensor, g: Tensor): Tensor => vjp(run, x).pullback(g);
      checkVjp({
        apply: ([x]) => toData(run(fromData(x))),
        pullback: ([x], g) => [toData(pulled(fromData(x), fromData(g)))],
        inputs: [p.x],
        direction: [direction],
        cotangent,
      });
      checkVjpOrder2({
        pullback: ([x], g) => [toData(pulled(fromData(x), fromData(g)))],
        pullback2: ([x], g, [w]) => {
          const d = grad((at: { x: Tensor; g: Tensor }) => sum(mul(pulled(at.x, at.g), fromData(w))))({
            x: fromData(x),
            g: fromData(g),
          });
          return [d.x, d.g].map(toData);
        },
        inputs: [p.x],
        cotangent,
        direction: [direction, cotangent],
        cotangents2: [second],
      });
    },
  );
});

describe('maxPool2d', () => {
  it('gives the cotangent to the first of those that tie, and to the first NaN', () => {
    const x = tensor([
      [
        [
          [1, 1],
          [1, 0],
        ],
      ],
    ]);
    expect(
      vjp((t: Tensor) => maxPool2d(t, 2), x)
        .pullback(ones([1, 1, 1, 1]))
        .toArray(),
    ).toEqual([
      [
        [
          [1, 0],
          [0, 0],
        ],
      ],
    ]);
    const y = tensor([[[2, Number.NaN, Number.NaN]]]);
    expect(
      vjp((t: Tensor) => maxPool1d(t, 3), y)
        .pullback(ones([1, 1, 1]))
        .toArray(),
    ).toEqual([[[0, 1, 0]]]);
    // Not a padding of zeros: the largest of negative numbers is negative.
    expect(maxPool1d(tensor([[[-3, -2]]]), 3, { padding: 1, stride: 1 }).toArray()).toEqual([[[-2, -2]]]);
  });

  it('keeps the dtype, and touches windows unless told otherwise', () => {
    const x = reshape(tensor([0, 5, 2, 3, 4, 1, 9], undefined, { dtype: 'int32' }), [1, 1, 7]);
    expect([maxPool1d(x, 2).dtype, maxPool1d(x, 2).toArray()]).toEqual(['int32', [[[5, 3, 4]]]]);
    expect(maxPool1d(x, 2, { padding: 'same' }).toArray()).toEqual([[[5, 3, 4, 9]]]);
    expect(avgPool1d(x, 2).toArray()).toEqual([[[2.5, 2.5, 2.5]]]);
    expect([avgPool1d(x, 2).dtype, avgPool1d(ones([1, 1, 2], { dtype: 'float32' }), 2).dtype]).toEqual([
      'float64',
      'float32',
    ]);
    expect(maxPool2d(ones([0, 2, 4, 4]), 2).shape).toEqual([0, 2, 2, 2]);
    expect(avgPool2d(ones([2, 0, 4, 4]), [2, 4]).shape).toEqual([2, 0, 2, 1]);
  });
});

describe('avgPool2d', () => {
  const image = data({ shape: [2, 1, 5, 6] });

  test.prop([image])('is a convolution with equal weights', (x) => {
    const options = { stride: [1, 2], padding: [[1, 0], 1] as const };
    const weights = mul(ones([1, 1, 3, 2]), 1 / 6);
    const y = avgPool2d(fromData(x), [3, 2], options);
    expectClose(elements(y), elements(conv2d(fromData(x), weights, options)), { factor: 12, scale: 10 });
  });

  test.prop([image, image, fc.boolean()])('is linear', (x, y, countIncludePadding) => {
    checkLinear({
      apply: (t) => toData(avgPool2d(fromData(t), 3, { stride: 1, padding: 'same', countIncludePadding })),
      x,
      y,
      a: 3,
      b: -2,
    });
  });

  it('rounds what overlapping windows give back once', () => {
    const x = ones([1, 1, 5], { dtype: 'float32' });
    const { pullback } = vjp((t: Tensor) => avgPool1d(t, 3, { stride: 1 }), x);
    // The middle element gets 2²⁴ + 1 + 1; in float32, 2²⁴ + 1 is 2²⁴.
    const g = tensor([[[3 * 2 ** 24, 3, 3]]], undefined, { dtype: 'float32' });
    expect(elements(pullback(g))[2]).toBe(2 ** 24 + 2);
  });

  it('of ones is 1 where padding is not counted', () => {
    const y = avgPool2d(ones([1, 1, 3, 3]), 3, { stride: 1, padding: 1, countIncludePadding: false });
    expect(elements(y)).toEqual(new Array(9).fill(1));
    expect(elements(avgPool2d(ones([1, 1, 3, 3]), 3, { stride: 1, padding: 1 }))[0]).toBe(4 / 9);
  });
});
