import { fc, test } from '@fast-check/vitest';
import { data, expectSameBits, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { arange, ones, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { expandDims } from '../../src/core/ops/axes.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { nonzero } from '../../src/core/ops/nonzero.js';
import { oneHot } from '../../src/core/ops/one-hot.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { scatterAdd, take } from '../../src/core/ops/take.js';
import { takeAlongAxis } from '../../src/core/ops/take-along-axis.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices } from '../support/elements.js';
import { loose } from '../support/loose.js';

/** A tensor in some layout, an axis of it, and a tensor of indices into that axis, negative ones among them. */
const indexed = shape({ minOrder: 1, maxOrder: 3, minSize: 1, maxSize: 4 }).chain((sizes) =>
  fc
    .record({
      d: data({ shape: sizes }),
      how: arrangement(sizes.length),
      axis: fc.integer({ min: -sizes.length, max: sizes.length - 1 }),
      of: shape({ maxOrder: 2, maxSize: 3 }),
    })
    .chain(({ d, how, axis, of }) => {
      const n = sizes[(axis + sizes.length) % sizes.length];
      return data({ shape: of, min: -n, max: n - 1 }).map((places) => ({
        x: arrange(d, how),
        axis,
        places: fromData({ ...places, data: places.data.map(Math.floor) }, 'int32'),
      }));
    }),
);

/** The index of x that an index of the taken tensor reads. */
function source(x: Tensor, along: number, places: Tensor, index: readonly number[]): number[] {
  const i = at(places, index.slice(along, along + places.order));
  return [...index.slice(0, along), i < 0 ? i + x.shape[along] : i, ...index.slice(along + places.order)];
}

describe('take and scatterAdd by tensors', () => {
  test.prop([indexed])('the shape of the indices takes the place of the axis', ({ x, axis, places }) => {
    const along = (axis + x.order) % x.order;
    const y = take(x, places, { axis });
    expect(y.shape).toEqual([...x.shape.slice(0, along), ...places.shape, ...x.shape.slice(along + 1)]);
    expect(elements(y)).toEqual(indices(y.shape).map((index) => at(x, source(x, along, places, index))));
  });

  test.prop([indexed])('scatterAdd adds where take reads, repeated indices too', ({ x, axis, places }) => {
    const along = (axis + x.order) % x.order;
    const read = take(x, places, { axis });
    const updates = reshape(arange(read.size), read.shape);
    const y = scatterAdd(x, places, updates, { axis });
    const expected = indices(x.shape).map((target) => {
      let total = 0;
      for (const index of indices(read.shape)) {
        if (source(x, along, places, index).every((v, k) => v === target[k])) total += at(updates, index);
      }
      return at(x, target) + total;
    });
    expectSameBits(elements(y), expected);
  });

  test('updates broadcast, a number will do, and both are differentiable', () => {
    expect(scatterAdd(zeros([3]), [0, 0, -1], 1).toArray()).toEqual([2, 0, 1]);
    expect(scatterAdd(zeros([2, 2]), [1, 1], tensor([1, 10]), { axis: 0 }).toArray()).toEqual([
      [0, 0],
      [2, 20],
    ]);
    const w = tensor([1, 10, 100]);
    const f = (p: { base: Tensor; updates: Tensor }): Tensor => sum(mul(w, scatterAdd(p.base, [2, 0, 2], p.updates)));
    const slope = grad(f)({ base: ones([3]), updates: ones([3]) });
    expect([slope.base.toArray(), slope.updates.toArray()]).toEqual([
      [1, 10, 100],
      [100, 1, 100],
    ]);
    expect(() => scatterAdd(zeros([3, 2]), [0, 1], zeros([3]))).toThrow(
      new RangeError('scatterAdd: updates [3] do not stretch to [2, 2]'),
    );
    expect(() => scatterAdd(zeros([3]), [3], 1)).toThrow(
      new RangeError('scatterAdd: index 3 at position 0 is out of range for axis 0 of [3]'),
    );
  });

  test('a scalar index removes the axis; strange indices are refused', () => {
    expect(
      take(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        tensor(-1),
      ).toArray(),
    ).toEqual([3, 4]);
    expect(take(zeros([2]), []).shape).toEqual([0]);
    expect(take(zeros([0]), []).shape).toEqual([0]);
    expect(() => loose('take')(zeros([2]), ['0'])).toThrow(
      new TypeError('take: indices must be numbers, got a value of type string at position 0'),
    );
    expect(() => loose('take')(zeros([2]), {})).toThrow(
      new TypeError('take: expected an array or a tensor of indices, got a value of type object'),
    );
    expect(() => take(zeros([2]), tensor([Number.NaN]))).toThrow(
      new RangeError('take: index NaN at position 0 is out of range for axis 0 of [2]'),
    );
  });
});

describe('takeAlongAxis', () => {
  const problem = shape({ minOrder: 1, maxOrder: 3, minSize: 1, maxSize: 3 }).chain((sizes) =>
    fc.record({ axis: fc.nat(sizes.length - 1), count: fc.nat(3), flat: fc.nat(2) }).chain(({ axis, count, flat }) => {
      const off = sizes.map((n, k) => (k === axis ? count : n));
      // One of the two may have size 1 off the axis.
      const one = (of: readonly number[], when: boolean): number[] => of.map((n, k) => (k !== axis && when ? 1 : n));
      const n = sizes[axis];
      return fc.record({
        axis: fc.constant(axis),
        off: fc.constant(off),
        x: fc.tuple(data({ shape: one(sizes, flat === 1) }), arrangement(sizes.length)).map(([d, h]) => arrange(d, h)),
        places: data({ shape: one(off, flat === 2), min: -n, max: n - 1 }).map((d) =>
          fromData({ ...d, data: d.data.map(Math.floor) }, 'int32'),
        ),
      });
    }),
  );

  test.prop([problem])('has an index for every element, broadcasting off the axis', ({ axis, off, x, places }) => {
    const y = takeAlongAxis(x, places, { axis });
    expect(y.shape).toEqual(off);
    const within = (t: Tensor, index: readonly number[]): number[] => index.map((i, k) => (t.shape[k] === 1 ? 0 : i));
    const expected = indices(off).map((index) => {
      const i = at(
        places,
        within(places, index).map((v, k) => (k === axis ? index[k] : v)),
      );
      const full = within(x, index);
      full[axis] = i < 0 ? i + x.shape[axis] : i;
      return at(x, full);
    });
    expect(elements(y)).toEqual(expected);
  });

  test('picks an entry a row, with its derivative; refuses what does not fit', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const labels = expandDims(tensor(Int32Array.of(2, 0)), 1);
    expect(takeAlongAxis(x, labels).toArray()).toEqual([[3], [4]]);
    expect(grad((t: Tensor) => sum(takeAlongAxis(t, labels)))(x).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(() => takeAlongAxis(x, tensor([0]))).toThrow(
      new RangeError('takeAlongAxis: orders differ: x is [2, 3], indices are [1]'),
    );
    expect(() => takeAlongAxis(x, tensor([[3]]))).toThrow(
      new RangeError('takeAlongAxis: index 3 at position [0, 0] is out of range for axis 1 of [2, 3]'),
    );
  });
});

describe('oneHot and nonzero', () => {
  test('rows of the identity, of any dtype', () => {
    const labels = tensor(Int32Array.of(2, 0, 2));
    expect(oneHot(labels, 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(oneHot(labels, 3, { dtype: 'float32' }).dtype).toBe('float32');
    expect(oneHot(tensor([[0], [1]]), 2).shape).toEqual([2, 1, 2]);
    expect(oneHot(tensor(1), 2, { dtype: 'bool' }).toArray()).toEqual([false, true]);
    // Taking rows is multiplying by them.
    const table = fromData({ shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    expect(elements(matmul(oneHot(labels, 3), table))).toEqual(elements(take(table, labels)));
    for (const wrong of [-1, 3]) {
      expect(() => oneHot(tensor([wrong]), 3)).toThrow(
        new RangeError(`oneHot: index ${wrong} at position 0 is out of range for a depth of 3`),
      );
    }
  });

  test.prop([data({ maxOrder: 3, maxSize: 3, min: -1, max: 1, special: [0, Number.NaN] })])(
    'nonzero lists indices in row-major order',
    (d) => {
      const x = fromData(d);
      const expected = indices(x.shape).filter((index) => at(x, index) !== 0);
      const found = nonzero(x);
      expect(found.map((t) => t.dtype)).toEqual(x.shape.map(() => 'int32'));
      expect(found.map(elements)).toEqual(x.shape.map((_, axis) => expected.map((index) => index[axis])));
    },
  );
});
