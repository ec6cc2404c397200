import { fc, test } from '@fast-check/vitest';
import { data, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { arange, full, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { broadcastArrays, meshgrid } from '../../src/core/ops/broadcast-arrays.js';
import { concat, stack } from '../../src/core/ops/concat.js';
import { flip } from '../../src/core/ops/flip.js';
import { roll } from '../../src/core/ops/roll.js';
import { split, unstack } from '../../src/core/ops/split.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { repeat, tile } from '../../src/core/ops/tile.js';
import { moveAxis, swapAxes } from '../../src/core/ops/transpose.js';
import { tril, triu } from '../../src/core/ops/triangle.js';
import type { Tensor } from '../../src/core/tensor.js';
import { someAxes } from '../ops/op-case.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, indices } from '../support/elements.js';
import { loose } from '../support/loose.js';

const arranged = (of: readonly number[]): fc.Arbitrary<Tensor> =>
  fc.tuple(data({ shape: of }), arrangement(of.length)).map(([d, how]) => arrange(d, how));
const any = shape({ maxOrder: 3, maxSize: 4 }).chain(arranged);
const some = shape({ minOrder: 1, maxOrder: 3, maxSize: 4 })
  .chain(arranged)
  .chain((x) => fc.record({ x: fc.constant(x), axis: fc.integer({ min: -x.order, max: x.order - 1 }) }));

/** Fails unless y has the shape and, at each index, the element of x at the index that `from` names. */
function expectFrom(y: Tensor, of: readonly number[], x: Tensor, from: (index: number[]) => number[]): void {
  expect(y.shape).toEqual(of);
  expect(elements(y)).toEqual(indices(of).map((index) => at(x, from(index))));
}

describe('flip, roll, moveAxis and swapAxes', () => {
  test.prop([any.chain((x) => fc.tuple(fc.constant(x), someAxes(x.order)))])(
    'flip reads backwards, a view',
    ([x, axes]) => {
      const y = flip(x, axes);
      expectFrom(y, x.shape, x, (index) => index.map((i, k) => (axes.includes(k) ? x.shape[k] - 1 - i : i)));
      expect(y.data).toBe(x.data);
      expect(elements(flip(x))).toEqual(elements(x).reverse());
    },
  );

  test.prop([some, fc.integer({ min: -9, max: 9 })])('roll moves towards the end and around', ({ x, axis }, shift) => {
    const along = (axis + x.order) % x.order;
    const around = (i: number, n: number): number => (((i - shift) % n) + n) % n;
    const y = roll(x, shift, { axes: axis });
    expectFrom(y, x.shape, x, (index) => index.map((i, k) => (k === along ? around(i, x.shape[k]) : i)));
  });

  test('roll along several axes, and along the last by default', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(roll(x, 1).toArray()).toEqual([
      [3, 1, 2],
      [6, 4, 5],
    ]);
    expect(roll(x, [1, -1], { axes: [0, 1] }).toArray()).toEqual([
      [5, 6, 4],
      [2, 3, 1],
    ]);
    expect(roll(x, 1, { axes: [0, 1] }).toArray()).toEqual([
      [6, 4, 5],
      [3, 1, 2],
    ]);
    expect(() => roll(x, [1, 2])).toThrow(new RangeError('roll: 2 shifts for 1 axes'));
    expect(() => roll(x, 0.5)).toThrow(
      new RangeError('roll: the shift must be an integer or an array of integers, got 0.5'),
    );
  });

  test.prop([some, fc.nat(2)])('moveAxis takes an axis out and puts it in elsewhere', ({ x, axis }, place) => {
    const to = place % x.order;
    const along = (axis + x.order) % x.order;
    const order = x.shape.map((_, k) => k).filter((k) => k !== along);
    order.splice(to, 0, along);
    const y = moveAxis(x, axis, to - x.order);
    expectFrom(
      y,
      order.map((k) => x.shape[k]),
      x,
      (index) => order.map((_, k) => index[order.indexOf(k)]),
    );
    expect(elements(moveAxis(y, to, axis))).toEqual(elements(x));
    const z = swapAxes(x, axis, to);
    const swapped = (list: readonly number[]): number[] =>
      list.map((v, k) => (k === along ? list[to] : k === to ? list[along] : v));
    expectFrom(z, swapped(x.shape), x, swapped);
  });

  test('moveAxis of several axes, as in NumPy', () => {
    // numpy.moveaxis(zeros((3, 4, 5)), [0, 1], [-1, -2]).shape
    expect(moveAxis(zeros([3, 4, 5]), [0, 1], [-1, -2]).shape).toEqual([5, 4, 3]);
    expect(() => moveAxis(zeros([3, 4]), [0, 0], [0, 1])).toThrow(new RangeError('moveAxis: axis 0 is named twice'));
    expect(() => moveAxis(zeros([3, 4]), [0, 1], 0)).toThrow(
      new RangeError('moveAxis: 2 axes to move, 1 places to move them to'),
    );
  });
});

describe('split', () => {
  test.prop([some, fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 3 })])(
    'cuts before indices; ascending ones are undone by concat',
    ({ x, axis }, list) => {
      const n = x.shape[(axis + x.order) % x.order];
      const places = list.map((i) => Math.min(Math.max(i < 0 ? i + n : i, 0), n)).sort((a, b) => a - b);
      const parts = split(x, places, { axis });
      expect(parts).toHaveLength(places.length + 1);
      expect(parts.every((part) => part.data === x.data)).toBe(true);
      expect(elements(concat(parts, { axis }))).toEqual(elements(x));
      const sizes = split(x, list, { axis }).map((part) => part.shape.at(axis));
      const bound = (i: number): number => Math.min(Math.max(i < 0 ? i + n : i, 0), n);
      expect(sizes).toEqual([...list, n].map((stop, i) => Math.max(bound(stop) - bound(i === 0 ? 0 : list[i - 1]), 0)));
    },
  );

  test('into equal parts', () => {
    expect(split(arange(6), 3).map((part) => part.toArray())).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(split(zeros([2, 0]), 2, { axis: 1 }).map((part) => part.shape)).toEqual([
      [2, 0],
      [2, 0],
    ]);
    for (const wrong of [4, 0, -1, 1.5]) {
      expect(() => split(arange(6), wrong)).toThrow(
        new RangeError(`split: axis 0 of [6] does not divide into ${wrong} equal parts`),
      );
    }
    expect(() => split(arange(6), [0.5])).toThrow(new RangeError('split: indices must be integers, got 0.5'));
  });
});

describe('tile and repeat', () => {
  test.prop([any, fc.array(fc.nat(3), { maxLength: 4 })])('tile repeats the whole, axis by axis', (x, counts) => {
    const order = Math.max(x.order, counts.length);
    const lead = order - x.order;
    const sizes = Array.from({ length: order }, (_, k) => (k < lead ? 1 : x.shape[k - lead]));
    const times = Array.from({ length: order }, (_, k) => counts[k - (order - counts.length)] ?? 1);
    expectFrom(
      tile(x, counts),
      sizes.map((n, k) => n * times[k]),
      x,
      (index) => index.slice(lead).map((i, k) => i % x.shape[k]),
    );
  });

  test.prop([some, fc.nat(3), fc.nat(2)])('repeat repeats entries', ({ x, axis }, times, step) => {
    const along = (axis + x.order) % x.order;
    const n = x.shape[along];
    for (const count of [times, Array.from({ length: n }, (_, i) => (times + step * i) % 4)]) {
      const list = Array.from({ length: n }, (_, i) => (typeof count === 'number' ? count : count[i]));
      const source = list.flatMap((c, i) => new Array<number>(c).fill(i));
      expectFrom(
        repeat(x, count, { axis }),
        x.shape.map((size, k) => (k === along ? source.length : size)),
        x,
        (index) => index.map((i, k) => (k === along ? source[i] : i)),
      );
    }
  });

  test('counts as a tensor; what does not fit', () => {
    expect(repeat(tensor([1, 2]), tensor([2, 1])).toArray()).toEqual([1, 1, 2]);
    expect(tile(tensor([1, 2]), 2).toArray()).toEqual([1, 2, 1, 2]);
    expect(grad((t: Tensor) => sum(mul(arange(6), tile(t, 3))))(tensor([0, 0])).toArray()).toEqual([6, 9]);
    expect(() => repeat(tensor([1, 2]), [1])).toThrow(new RangeError('repeat: 1 counts for the 2 entries of axis 0'));
    expect(() => repeat(tensor([1, 2]), [1, -1])).toThrow(
      new RangeError('repeat: counts must be non-negative integers, got -1'),
    );
    expect(() => repeat(zeros([0]), 0.5)).toThrow(
      new RangeError('repeat: counts must be non-negative integers, got 0.5'),
    );
    expect(() => tile(tensor([1]), [-1])).toThrow(new RangeError('tile: counts must be non-negative integers, got -1'));
  });
});

describe('tril and triu', () => {
  const matrices = shape({ minOrder: 2, maxOrder: 3, maxSize: 4 }).chain(arranged);
  test.prop([matrices, fc.integer({ min: -4, max: 4 })])('keep one side of a diagonal', (x, k) => {
    const above = (index: readonly number[]): number => index[x.order - 1] - index[x.order - 2];
    expect(elements(tril(x, k))).toEqual(indices(x.shape).map((index) => (above(index) <= k ? at(x, index) : 0)));
    expect(elements(triu(x, k))).toEqual(indices(x.shape).map((index) => (above(index) >= k ? at(x, index) : 0)));
  });

  test('cut off what is not finite, keep the dtype and the main diagonal', () => {
    expect(triu(full([2, 2], Number.NaN)).toArray()).toEqual([
      [Number.NaN, Number.NaN],
      [0, Number.NaN],
    ]);
    expect(tril(full([2, 2], 1, { dtype: 'bool' })).toArray()).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(() => tril(zeros([2]))).toThrow(new RangeError('tril: needs at least two axes, got [2]'));
    expect(() => triu(zeros([2, 2]), 0.5)).toThrow(new RangeError('triu: the diagonal must be an integer, got 0.5'));
  });
});

describe('broadcastArrays and meshgrid', () => {
  test('stretch to the common shape, as views', () => {
    const [a, b, c] = [tensor([[1], [2]]), tensor([10, 20, 30]), tensor(5)];
    const all = broadcastArrays([a, b, c]);
    expect(all.map((x) => x.toArray())).toEqual([
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
      [
        [10, 20, 30],
        [10, 20, 30],
      ],
      [
        [5, 5, 5],
        [5, 5, 5],
      ],
    ]);
    expect(all[0].data).toBe(a.data);
    expect(broadcastArrays([])).toEqual([]);
    expect(() => broadcastArrays([a, zeros([3, 3])])).toThrow(
      new RangeError('broadcastArrays: shapes [2, 1] and [3, 3] do not broadcast (2 and 3)'),
    );
  });

  test('grids, x along columns unless ij', () => {
    const [x, y] = [tensor([1, 2, 3]), tensor([10, 20])];
    expect(meshgrid([x, y]).map((t) => t.toArray())).toEqual([
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [
        [10, 10, 10],
        [20, 20, 20],
      ],
    ]);
    expect(meshgrid([x, y], { indexing: 'ij' })[0].toArray()).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(meshgrid([x, y, tensor(7)]).map((t) => t.shape)).toEqual([
      [2, 3, 1],
      [2, 3, 1],
      [2, 3, 1],
    ]);
    expect(meshgrid([x])[0].toArray()).toEqual([1, 2, 3]);
    expect(meshgrid([])).toEqual([]);
    expect(() => meshgrid([zeros([1, 2])])).toThrow(new RangeError('meshgrid: needs vectors, got shape [1, 2]'));
    expect(() => loose('meshgrid')([x], { indexing: 'yx' })).toThrow(
      new RangeError('meshgrid: indexing must be xy or ij, got yx'),
    );
  });
});

describe('unstack', () => {
  test.prop([some])('is the inverse of stack, in views', ({ x, axis }) => {
    const parts = unstack(x, { axis });
    expect(parts.every((part) => part.data === x.data)).toBe(true);
    if (parts.length === 0) return;
    const back = stack(parts, { axis });
    expect(back.shape).toEqual(x.shape);
    expect(elements(back)).toEqual(elements(x));
  });
});
