import { fc, test } from '@fast-check/vitest';
import { data, permutation } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { expandDims, squeeze } from '../../src/core/ops/axes.js';
import { contiguous, reshape } from '../../src/core/ops/reshape.js';
import { broadcastTo } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose, transpose } from '../../src/core/ops/transpose.js';
import { flatten, Tensor } from '../../src/core/tensor.js';
import { someAxes } from '../ops/op-case.js';
import { at, elements, fromData, indices } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

const any = stridedTensor('float64', { maxOrder: 4, maxSize: 4 });

describe('transpose', () => {
  test.prop([any.chain((x) => fc.tuple(fc.constant(x), permutation(x.order)))])(
    'permutes the axes of a view',
    ([x, axes]) => {
      const y = transpose(
        x,
        axes.map((axis, i) => (i % 2 === 0 ? axis : axis - x.order)),
      );
      expect(y.shape).toEqual(axes.map((axis) => x.shape[axis]));
      for (const index of indices(y.shape)) {
        const source = index.map(() => 0);
        axes.forEach((axis, i) => {
          source[axis] = index[i];
        });
        expect(at(y, index)).toBe(at(x, source));
      }
      expect(y.data).toBe(x.data);
    },
  );

  test.prop([any])('reverses the axes by default, and matrixTranspose exchanges the last two', (x) => {
    const axes = x.shape.map((_, i) => i);
    expect(elements(transpose(x))).toEqual(elements(transpose(x, [...axes].reverse())));
    if (x.order < 2) return;
    const exchanged = transpose(x, [...axes.slice(0, -2), x.order - 1, x.order - 2]);
    expect(matrixTranspose(x).shape).toEqual(exchanged.shape);
    expect(elements(matrixTranspose(x))).toEqual(elements(exchanged));
  });
});

describe('reshape', () => {
  const split = any.chain((x) => fc.tuple(fc.constant(x), permutation(x.order), fc.nat(4), fc.boolean()));

  test.prop([split])('keeps the elements in row-major order', ([x, order, ones, unknown]) => {
    const sizes = order.map((axis) => x.shape[axis]);
    const to = [...sizes.slice(0, ones), 1, ...sizes.slice(ones)];
    const hidden = unknown && x.size > 0 ? to.indexOf(Math.max(...to)) : -1;
    const y = reshape(
      x,
      to.map((n, axis) => (axis === hidden ? -1 : n)),
    );
    expect(y.shape).toEqual(to);
    expect(elements(y)).toEqual(elements(x));
    expect(elements(reshape(x, [x.size]))).toEqual(elements(x));
    if (x.size > 0) expect(reshape(x, [-1]).shape).toEqual([x.size]);
  });

  test('does not copy a gap-free tensor and leaves its shape argument alone', () => {
    const x = fromData({ shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    const shape = [3, 2];
    const y = reshape(x, shape);
    shape[0] = 99;
    expect(y.data).toBe(x.data);
    expect(y.shape).toEqual([3, 2]);
    expect(reshape(x, [2, 3])).toBe(x);
  });

  test.each([
    [[4], 'reshape: cannot read the 6 elements of [2, 3] as [4]'],
    [[-1, 4], 'reshape: cannot read the 6 elements of [2, 3] as [-1, 4]'],
    [[-1, 0], 'reshape: cannot read the 6 elements of [2, 3] as [-1, 0]'],
    [[-1, -1], 'reshape: only one size may be -1, got [-1, -1]'],
    [[-1, 1.5], 'reshape: sizes must be non-negative integers, got [-1, 1.5]'],
    [[-1, -3, -2], 'reshape: sizes must be non-negative integers, got [-1, -3, -2]'],
    [[-2, -3], 'reshape: sizes must be non-negative integers, got [-2, -3]'],
  ])('refuses %j', (shape, message) => {
    const x = fromData({ shape: [2, 3], data: new Float64Array(6) });
    expect(() => reshape(x, shape)).toThrow(new RangeError(message));
  });
});

describe('contiguous and flatten', () => {
  test.prop([any])('copy what is not in row-major order, and nothing else', (x) => {
    const copy = contiguous(x);
    expect(elements(copy)).toEqual(elements(x));
    expect(Array.from(flatten(x))).toEqual(elements(x));
    expect(flatten(contiguous(copy)).buffer).toBe(copy.data.buffer);
    expect(contiguous(copy)).toBe(copy);
  });

  test('a broadcast tensor flattens to its repeated elements', () => {
    const x = broadcastTo(new Tensor(Float64Array.of(1, 2), 'float64', [2, 1]), [2, 3]);
    expect(Array.from(flatten(x))).toEqual([1, 1, 1, 2, 2, 2]);
    expect(Array.from(x.toTypedArray())).toEqual([1, 1, 1, 2, 2, 2]);
    expect(Array.from(flatten(broadcastTo(new Tensor(Float64Array.of(9, 5), 'float64', [], [], 1), [1, 1])))).toEqual([
      5,
    ]);
  });

  test('a gap-free part of a buffer is not copied', () => {
    const data = Float64Array.of(1, 2, 3, 4);
    const part = flatten(new Tensor(data, 'float64', [2], [1], 1));
    expect(part.buffer).toBe(data.buffer);
    expect(Array.from(part)).toEqual([2, 3]);
  });
});

describe('broadcastTo', () => {
  const stretch = any.chain((x) =>
    fc.tuple(
      fc.constant(x),
      fc.array(fc.nat(3), { maxLength: 2 }),
      fc.tuple(...x.shape.map((n) => (n === 1 ? fc.nat(3) : fc.constant(n)))),
    ),
  );

  test.prop([stretch])('repeats sizes of 1 and adds axes in front, as a view', ([x, front, sizes]) => {
    const y = broadcastTo(x, [...front, ...sizes]);
    expect(y.shape).toEqual([...front, ...sizes]);
    for (const index of indices(y.shape)) {
      const source = index.slice(front.length).map((i, axis) => (x.shape[axis] === 1 ? 0 : i));
      expect(at(y, index)).toBe(at(x, source));
    }
    expect(y.data).toBe(x.data);
  });

  test.each([
    [[3], 'broadcastTo: [2, 1] does not stretch to [3]'],
    [[1], 'broadcastTo: [2, 1] does not stretch to [1]'],
    [[3, 4], 'broadcastTo: shapes [2, 1] and [3, 4] do not broadcast (2 and 3)'],
    [[2, -1], 'broadcastTo: sizes must be non-negative integers, got [2, -1]'],
    [[2, 1.5], 'broadcastTo: sizes must be non-negative integers, got [2, 1.5]'],
  ])('refuses %j', (shape, message) => {
    const x = new Tensor(Float64Array.of(1, 2), 'float64', [2, 1]);
    expect(() => broadcastTo(x, shape)).toThrow(new RangeError(message));
  });
});

describe('expandDims and squeeze', () => {
  const places = any.chain((x) =>
    someAxes(x.order + 2)
      .filter((axes) => axes.every((axis, i) => axis <= x.order + i))
      .chain((axes) => fc.tuple(fc.constant(x), fc.constant(axes), fc.boolean())),
  );

  test.prop([places])(
    'expandDims puts 1s at the places of the result, and squeeze takes them away',
    ([x, axes, negative]) => {
      const order = x.order + axes.length;
      const named = negative ? axes.map((axis) => axis - order).reverse() : axes;
      const y = expandDims(x, named);
      expect(axes.map((axis) => y.shape[axis])).toEqual(axes.map(() => 1));
      expect(y.shape.filter((_, axis) => !axes.includes(axis))).toEqual(x.shape);
      expect(elements(y)).toEqual(elements(x));
      const back = squeeze(y, named);
      expect(back.shape).toEqual(x.shape);
      expect(elements(back)).toEqual(elements(x));
      expect(y.data).toBe(x.data);
    },
  );

  test.prop([data({ maxOrder: 4, maxSize: 2, minSize: 1 })])('squeeze without axes removes every 1', (d) => {
    const y = squeeze(fromData(d));
    expect(y.shape).toEqual(d.shape.filter((n) => n !== 1));
    expect(elements(y)).toEqual([...d.data]);
  });

  test('one negative axis', () => {
    const x = fromData({ shape: [2, 3], data: new Float64Array(6) });
    expect(expandDims(x, -1).shape).toEqual([2, 3, 1]);
    expect(expandDims(x, -3).shape).toEqual([1, 2, 3]);
    expect(expandDims(x, [0, -1]).shape).toEqual([1, 2, 3, 1]);
    expect(squeeze(expandDims(x, 1), -2).shape).toEqual([2, 3]);
  });
});
