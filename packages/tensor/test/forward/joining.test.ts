import { fc, test } from '@fast-check/vitest';
import { broadcastPair, data, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { concat, stack } from '../../src/core/ops/concat.js';
import { broadcastTo } from '../../src/core/ops/sum-broadcast.js';
import { take } from '../../src/core/ops/take.js';
import { where } from '../../src/core/ops/where.js';
import { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, indices } from '../support/elements.js';
import { special, stridedTensor } from '../support/strided.js';

const sizes = shape({ minOrder: 1, maxOrder: 3, maxSize: 3 });
const arranged = (of: readonly number[], dtype: DType = 'float64'): fc.Arbitrary<Tensor> =>
  fc.tuple(data({ shape: of }), arrangement(of.length)).map(([d, how]) => arrange(d, how, dtype));

describe('concat', () => {
  const parts = fc.tuple(sizes, fc.array(fc.nat(3), { minLength: 1, maxLength: 4 })).chain(([of, lengths]) =>
    fc.integer({ min: -of.length, max: of.length - 1 }).chain((axis) => {
      const along = (axis + of.length) % of.length;
      const one = (n: number): fc.Arbitrary<Tensor> => arranged(of.map((s, i) => (i === along ? n : s)));
      return fc.record({ axis: fc.constant(axis), along: fc.constant(along), xs: fc.tuple(...lengths.map(one)) });
    }),
  );

  test.prop([parts])('puts one tensor after the other along the axis', ({ axis, along, xs }) => {
    const y = concat(xs, { axis });
    const total = xs.reduce((n, x) => n + x.shape[along], 0);
    expect(y.shape).toEqual(xs[0].shape.map((n, i) => (i === along ? total : n)));
    const expected = indices(y.shape).map((index) => {
      let inside = index[along];
      const source = xs.find((x) => {
        if (inside < x.shape[along]) return true;
        inside -= x.shape[along];
        return false;
      });
      return (
        source &&
        at(
          source,
          index.map((i, k) => (k === along ? inside : i)),
        )
      );
    });
    expect(elements(y)).toEqual(expected);
  });

  test.prop([
    sizes.chain((of) =>
      fc.tuple(
        fc.array(arranged(of), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: -of.length - 1, max: of.length }),
      ),
    ),
  ])('stack makes a new axis that counts the tensors', ([xs, axis]) => {
    const y = stack(xs, { axis });
    const place = axis < 0 ? axis + xs[0].order + 1 : axis;
    expect(y.shape).toEqual([...xs[0].shape.slice(0, place), xs.length, ...xs[0].shape.slice(place)]);
    const expected = indices(y.shape).map((index) =>
      at(xs[index[place]], [...index.slice(0, place), ...index.slice(place + 1)]),
    );
    expect(elements(y)).toEqual(expected);
  });

  test('scalars can be stacked, not concatenated; axis 0 is the default', () => {
    const one = new Tensor(Float64Array.of(1), 'float64', []);
    expect(stack([one, one, one]).toArray()).toEqual([1, 1, 1]);
    expect(() => concat([one])).toThrow(new RangeError('concat: axis 0 is out of range for a tensor of order 0'));
    const row = new Tensor(Float64Array.of(1, 2), 'float64', [1, 2]);
    expect(concat([row, row]).toArray()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(stack([row]).shape).toEqual([1, 1, 2]);
  });

  test('promotes', () => {
    const ints = new Tensor(Int32Array.of(7), 'int32', [1]);
    const flags = new Tensor(Uint8Array.of(1), 'bool', [1]);
    const singles = new Tensor(Float32Array.of(0.5), 'float32', [1]);
    expect(concat([flags, ints]).dtype).toBe('int32');
    expect(concat([flags, ints, singles]).dtype).toBe('float32');
    expect(concat([flags, ints, singles]).toArray()).toEqual([1, 7, 0.5]);
    expect(concat([flags, flags]).toArray()).toEqual([true, true]);
  });
});

describe('take', () => {
  const selection = stridedTensor('float64', { minOrder: 1, maxOrder: 3, minSize: 1, maxSize: 4 }).chain((x) =>
    fc.integer({ min: -x.order, max: x.order - 1 }).chain((axis) => {
      const n = x.shape[(axis + x.order) % x.order];
      return fc.record({
        x: fc.constant(x),
        axis: fc.constant(axis),
        list: fc.array(fc.integer({ min: -n, max: n - 1 }), { maxLength: 5 }),
      });
    }),
  );

  test.prop([selection])('picks entries along an axis, negative indices from the end', ({ x, axis, list }) => {
    const along = (axis + x.order) % x.order;
    const y = take(x, list, { axis });
    expect(y.shape).toEqual(x.shape.map((n, i) => (i === along ? list.length : n)));
    const expected = indices(y.shape).map((index) =>
      at(
        x,
        index.map((i, k) => (k === along ? (list[i] + x.shape[k]) % x.shape[k] : i)),
      ),
    );
    expect(elements(y)).toEqual(expected);
    const reversed = new Tensor(
      Int32Array.from([...list].reverse()),
      'int32',
      [list.length],
      [-1],
      Math.max(list.length - 1, 0),
    );
    expect(elements(take(x, reversed, { axis }))).toEqual(expected);
  });
});

describe('where', () => {
  const operands = broadcastPair({ maxOrder: 3, maxSize: 3 }).chain(({ a, b, result }) =>
    fc.tuple(
      fc
        .tuple(data({ shape: result, min: 0, max: 1 }), arrangement(result.length))
        .map(([d, how]) => arrange({ ...d, data: d.data.map((v) => Number(v > 0.5)) }, how, 'bool')),
      fc.tuple(data({ shape: a, special }), arrangement(a.length)).map(([d, how]) => arrange(d, how)),
      fc.tuple(data({ shape: b, special }), arrangement(b.length)).map(([d, how]) => arrange(d, how)),
    ),
  );

  test.prop([operands])('chooses element by element', ([condition, a, b]) => {
    const y = where(condition, a, b);
    const [left, right] = [a, b].map((x) => elements(broadcastTo(x, condition.shape)));
    expect(y.shape).toEqual(condition.shape);
    expect(elements(y)).toEqual(elements(condition).map((c, i) => (c === 1 ? left[i] : right[i])));
  });

  test('stretches the condition too and takes numbers', () => {
    const condition = new Tensor(Uint8Array.of(1, 0), 'bool', [2, 1]);
    const x = new Tensor(Float32Array.of(1, 2, 3), 'float32', [3]);
    const y = where(condition, x, 0.1);
    expect(y.dtype).toBe('float32');
    expect(y.toArray()).toEqual([[1, 2, 3], [0.1, 0.1, 0.1].map(Math.fround)]);
    expect(where(condition, 1, 0).toArray()).toEqual([[1], [0]]);
  });
});
