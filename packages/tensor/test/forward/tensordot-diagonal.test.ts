import { fc, test } from '@fast-check/vitest';
import { data, expectClose, shape } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { arange, ones, tensor } from '../../src/core/create.js';
import { diag, diagflat, diagonal } from '../../src/core/ops/diagonal.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { trace } from '../../src/core/ops/trace.js';
import type { Tensor } from '../../src/core/tensor.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, indices } from '../support/elements.js';
import { loose } from '../support/loose.js';

const arranged = (sizes: readonly number[]): fc.Arbitrary<Tensor> =>
  fc.tuple(data({ shape: sizes }), arrangement(sizes.length)).map(([x, how]) => arrange(x, how));

describe('diagonal', () => {
  const inputs = shape({ minOrder: 2, maxOrder: 4, maxSize: 4 }).chain((sizes) =>
    fc.tuple(
      arranged(sizes),
      fc.integer({ min: -5, max: 5 }),
      fc.shuffledSubarray(
        sizes.map((_, axis) => axis),
        { minLength: 2, maxLength: 2 },
      ),
    ),
  );

  test.prop([inputs])('has x[…, i, …, i + offset, …] in its last axis, without a copy', ([x, offset, axes]) => {
    const [rows, columns] = axes;
    const y = diagonal(x, { offset, axes: [rows - x.order, columns] });
    const kept = x.shape.flatMap((_, axis) => (axis === rows || axis === columns ? [] : [axis]));
    const pairs = indices([x.shape[rows], x.shape[columns]]).filter(([i, j]) => j - i === offset);
    expect(y.shape).toEqual([...kept.map((axis) => x.shape[axis]), pairs.length]);
    expect(y.data).toBe(x.data);
    const expected = indices(kept.map((axis) => x.shape[axis])).flatMap((index) =>
      pairs.map(([i, j]) => {
        const full = new Array<number>(x.order);
        kept.forEach((axis, k) => {
          full[axis] = index[k];
        });
        full[rows] = i;
        full[columns] = j;
        return at(x, full);
      }),
    );
    expect(elements(y)).toEqual(expected);
    const total = trace(x, { offset, axes: [rows, columns] });
    expect(total.shape).toEqual(y.shape.slice(0, -1));
    // Sums of up to 4 terms of up to 10.
    expectClose(elements(total), elements(sum(y, { axes: -1 })), { factor: 4, scale: 40 });
  });

  it('is that of NumPy by default: of the first two axes', () => {
    const x = reshape(arange(12), [2, 3, 2]);
    expect(diagonal(x).toArray()).toEqual([
      [0, 8],
      [1, 9],
    ]);
    expect(trace(x).toArray()).toEqual([8, 10]);
    expect(diagonal(x, { offset: 7 }).shape).toEqual([2, 0]);
  });

  it('counts bools in a trace', () => {
    expect(trace(ones([3, 3], { dtype: 'bool' })).item()).toBe(3);
    expect(trace(ones([3, 3], { dtype: 'bool' })).dtype).toBe('int32');
  });

  const x = ones([3, 3]);
  it.each<[string, Parameters<typeof loose>[0], unknown[], ErrorConstructor, string]>([
    ['a vector', 'diagonal', [ones([3])], RangeError, 'diagonal: needs at least two axes, got [3]'],
    ['one axis twice', 'trace', [x, { axes: [1, -1] }], RangeError, 'trace: axis 1 is named twice'],
    ['half an offset', 'diagonal', [x, { offset: 0.5 }], RangeError, 'diagonal: offset must be an integer, got 0.5'],
    ['three axes', 'trace', [x, { axes: [0, 1, 1] }], RangeError, 'trace: axes must be a pair, got 0,1,1'],
    [
      'an axis too far',
      'trace',
      [x, { axes: [0, 2] }],
      RangeError,
      'trace: axis 2 is out of range for a tensor of order 2',
    ],
    ['an offset in words', 'diag', [x, { offset: 'up' }], TypeError, "diag: offset must be a number, got 'up'"],
    [
      'an offset of a half',
      'diagflat',
      [x, { offset: 0.5 }],
      RangeError,
      'diagflat: offset must be an integer, got 0.5',
    ],
  ])('refuses %s', (_what, name, args, kind, message) => {
    expect(() => loose(name)(...args)).toThrow(new kind(message));
  });
});

describe('diag', () => {
  test.prop([fc.nat(4).chain((n) => arranged([n])), fc.integer({ min: -3, max: 3 })])(
    'puts a vector on a diagonal, from where it can be read again',
    (v, offset) => {
      const y = diag(v, { offset });
      const n = v.size + Math.abs(offset);
      expect(y.shape).toEqual([n, n]);
      const expected = indices([n, n]).map(([i, j]) => (j - i === offset ? at(v, [Math.min(i, j)]) : 0));
      expect(elements(y)).toEqual(expected);
      expect(elements(diag(y, { offset }))).toEqual(elements(v));
      expect(elements(diagflat(v, { offset }))).toEqual(expected);
    },
  );

  it('of other orders is refused, diagflat flattens', () => {
    expect(() => diag(ones([2, 2, 2]))).toThrow(new RangeError('diag: needs a vector or a matrix, got [2, 2, 2]'));
    expect(() => diag(tensor(1))).toThrow(new RangeError('diag: needs a vector or a matrix, got []'));
    expect(diagflat(tensor([[1, 2]])).toArray()).toEqual([
      [1, 0],
      [0, 2],
    ]);
    expect(diagflat(tensor(3), { offset: 1 }).toArray()).toEqual([
      [0, 3],
      [0, 0],
    ]);
  });
});
