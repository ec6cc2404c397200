import { fc, test } from '@fast-check/vitest';
import { data, expectClose, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { arange, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { type PadMode, pad } from '../../src/core/ops/pad.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, indices } from '../support/elements.js';
import { loose } from '../support/loose.js';

const arranged = (of: readonly number[]): fc.Arbitrary<Tensor> =>
  fc.tuple(data({ shape: of }), arrangement(of.length)).map(([d, how]) => arrange(d, how));

describe('pad', () => {
  const modes: readonly PadMode[] = ['constant', 'edge', 'reflect', 'symmetric', 'wrap'];
  /** Where place i outside an axis of size n comes from, found by walking there step by step; −1 in the constant. */
  const origin: Readonly<Record<PadMode, (i: number, n: number) => number>> = {
    constant: (i, n) => (i < 0 || i >= n ? -1 : i),
    edge: (i, n) => (i < 0 ? 0 : i >= n ? n - 1 : i),
    wrap: (i, n) => (i < 0 ? origin.wrap(i + n, n) : i >= n ? origin.wrap(i - n, n) : i),
    reflect: (i, n) => (n === 1 ? 0 : i < 0 ? origin.reflect(-i, n) : i >= n ? origin.reflect(2 * n - 2 - i, n) : i),
    symmetric: (i, n) => (i < 0 ? origin.symmetric(-1 - i, n) : i >= n ? origin.symmetric(2 * n - 1 - i, n) : i),
  };
  const problem = shape({ maxOrder: 3, minSize: 1, maxSize: 3 }).chain((sizes) =>
    fc.record({
      x: arranged(sizes),
      mode: fc.constantFrom(...modes),
      widths: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: sizes.length, maxLength: sizes.length }),
    }),
  );

  test.prop([problem])('continues x in every mode, and so does its derivative', ({ x, mode, widths }) => {
    const y = pad(x, widths, mode === 'constant' ? { value: 7 } : { mode });
    expect(y.shape).toEqual(x.shape.map((n, k) => widths[k][0] + n + widths[k][1]));
    const from = indices(y.shape).map((index) => index.map((i, k) => origin[mode](i - widths[k][0], x.shape[k])));
    expect(elements(y)).toEqual(from.map((index) => (index.includes(-1) ? 7 : at(x, index))));
    const weight = reshape(arange(y.size), y.shape);
    const expected = indices(x.shape).map((index) =>
      from.reduce((total, f, q) => total + (f.every((i, k) => i === index[k]) ? q : 0), 0),
    );
    const options = mode === 'constant' ? {} : { mode };
    // Sums of whole numbers: exact.
    expectClose(elements(grad((t: Tensor) => sum(mul(weight, pad(t, widths, options))))(x)), expected, { factor: 0 });
  });

  test('widths for all sides, for all axes, or axis by axis; the constant takes the dtype', () => {
    expect(pad(tensor([[1]]), 1).toArray()).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(pad(tensor([1, 2]), [1, 0]).toArray()).toEqual([0, 1, 2]);
    expect(pad(tensor([1, 2]), [[0, 2]], { mode: 'wrap' }).toArray()).toEqual([1, 2, 1, 2]);
    expect(pad(tensor([true]), 1, { value: 3 }).toArray()).toEqual([true, true, true]);
    expect(pad(tensor([-0]), 1).toArray()).toEqual([0, -0, 0]);
    expect(pad(tensor(Int32Array.of(5)), 1, { value: 2.9 }).toArray()).toEqual([2, 5, 2]);
    expect(pad(tensor(3), []).item()).toBe(3);
    expect(pad(zeros([0]), 2, { value: 1 }).toArray()).toEqual([1, 1, 1, 1]);
    expect(() => pad(zeros([0]), 1, { mode: 'edge' })).toThrow(
      new RangeError('pad: axis 0 of [0] has nothing for mode edge'),
    );
    const refused = (widths: unknown): string =>
      `pad: widths must be non-negative integers, two an axis of [2], got ${JSON.stringify(widths)}`;
    for (const widths of [
      -1,
      0.5,
      [1, -2],
      [
        [1, 2],
        [3, 4],
      ],
      [[1, 2, 3]],
      [],
    ]) {
      expect(() => loose('pad')(zeros([2]), widths)).toThrow(new RangeError(refused(widths)));
    }
    // Widths are looked at also where there is no axis for them.
    expect(() => loose('pad')(zeros([]))).toThrow(
      new TypeError('pad: widths must be a number, a pair or an array of pairs, got undefined'),
    );
    expect(() => pad(zeros([]), -1)).toThrow(
      new RangeError('pad: widths must be non-negative integers, two an axis of [], got -1'),
    );
    expect(pad(zeros([]), 2).shape).toEqual([]);
    expect(() => loose('pad')(zeros([2]), 1, { mode: 'mirror' })).toThrow(
      new RangeError('pad: mode must be constant, edge, reflect, symmetric, wrap, got mirror'),
    );
    expect(() => pad(zeros([2]), 1, { mode: 'edge', value: 1 })).toThrow(
      new TypeError('pad: value is for mode constant, the mode is edge'),
    );
  });
});
