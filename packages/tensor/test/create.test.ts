import { fc, test } from '@fast-check/vitest';
import { data, expectClose, shape } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  arange,
  type CreateOptions,
  eye,
  full,
  fullLike,
  linspace,
  ones,
  onesLike,
  tensor,
  zeros,
  zerosLike,
} from '../src/core/create.js';
import type { DType } from '../src/core/dtype.js';
import type { Nested } from '../src/core/tensor.js';
import { elements, fromData } from './support/elements.js';
import { loose } from './support/loose.js';
import { stridedTensor } from './support/strided.js';

const dtypes: readonly DType[] = ['float64', 'float32', 'int32', 'bool'];

describe('tensor', () => {
  test.prop([data({ minSize: 1 })])('of nested arrays is the inverse of toArray', (d) => {
    const x = fromData(d);
    const back = tensor(x.toArray());
    expect(back.shape).toEqual(x.shape);
    expect(elements(back)).toEqual([...d.data]);
  });

  test.prop([fc.constantFrom(...dtypes).chain((dtype) => stridedTensor(dtype))])('toArray nests by shape', (x) => {
    const leaves: (number | boolean)[] = [];
    const walk = (node: Nested, axis: number): void => {
      if (!Array.isArray(node)) {
        expect(axis).toBe(x.order);
        expect(typeof node).toBe(x.dtype === 'bool' ? 'boolean' : 'number');
        leaves.push(node);
        return;
      }
      expect(node).toHaveLength(x.shape[axis]);
      for (const child of node) walk(child, axis + 1);
    };
    walk(x.toArray(), 0);
    expect(leaves.map(Number)).toEqual(elements(x));
  });

  test('reads shapes off the nesting', () => {
    expect(
      tensor([
        [1, 2],
        [3, 4],
      ]).shape,
    ).toEqual([2, 2]);
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
    expect(tensor(7).shape).toEqual([]);
    expect(tensor([[[1]]]).shape).toEqual([1, 1, 1]);
    expect(tensor([1, 2, 3, 4, 5, 6], [2, 3]).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('finds the dtype', () => {
    expect(tensor([1, 2]).dtype).toBe('float64');
    expect(tensor([true, false]).dtype).toBe('bool');
    expect(tensor(true).toArray()).toBe(true);
    expect(tensor([]).dtype).toBe('float64');
    // A number among booleans makes numbers of all: bool holds nothing but 0 and 1.
    expect(tensor([true, 2]).dtype).toBe('float64');
    expect(tensor([true, 2]).toArray()).toEqual([1, 2]);
    expect(tensor([2, true]).toArray()).toEqual([2, 1]);
    expect(tensor(Float32Array.of(1)).dtype).toBe('float32');
    expect(tensor(Int32Array.of(1)).dtype).toBe('int32');
    expect(tensor(Uint8Array.of(1, 0)).toArray()).toEqual([true, false]);
  });

  test.each(dtypes)('does not copy a typed array of its own dtype: %s', (dtype) => {
    const buffer = zeros([6], { dtype }).data;
    for (const x of [tensor(buffer), tensor(buffer, [2, 3]), tensor(buffer, [3, 2], { dtype })]) {
      expect(x.data).toBe(buffer);
      expect(x.dtype).toBe(dtype);
    }
  });

  test('converts to another dtype', () => {
    const values = [0.5, -1.9, 256, 0];
    expect(tensor(values, undefined, { dtype: 'int32' }).toArray()).toEqual([0, -1, 256, 0]);
    expect(tensor(values, undefined, { dtype: 'bool' }).toArray()).toEqual([true, true, true, false]);
    expect(tensor(Float64Array.from(values), [2, 2], { dtype: 'bool' }).toArray()).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(tensor(Float64Array.of(0.1), [1], { dtype: 'float32' }).toArray()).toEqual([Math.fround(0.1)]);
    expect(tensor([true, false], [2], { dtype: 'float64' }).toArray()).toEqual([1, 0]);
    expect(tensor(Uint8Array.of(0, 200), [2], { dtype: 'float64' }).toArray()).toEqual([0, 200]);
    expect(tensor(Uint8Array.of(0, 200), [2], { dtype: 'bool' }).data).toEqual(Uint8Array.of(0, 1));
  });

  test('keeps its own copy of the shape', () => {
    const size = [2];
    const x = tensor(Float64Array.of(1, 2), size);
    size[0] = 5;
    expect(x.shape).toEqual([2]);
  });

  test.each([
    [[[1, 2], [3]], 'tensor: rows differ: expected 2 elements at [1] for shape [2, 2], got an array of 1'],
    [[[1], 2], 'tensor: rows differ: expected 1 elements at [1] for shape [2, 1], got 2'],
    [[1, [2]], 'tensor: rows differ: expected a number at [1] for shape [2], got an array of 1'],
    [
      [
        [[1, 2]],
        [
          [3, 4],
          [5, 6],
        ],
      ],
      'tensor: rows differ: expected 1 elements at [1] for shape [2, 1, 2], got an array of 2',
    ],
    [[[], [1]], 'tensor: rows differ: expected 0 elements at [1] for shape [2, 0], got an array of 1'],
  ])('refuses ragged rows: %j', (values, message) => {
    expect(() => tensor(values)).toThrow(new RangeError(message));
  });

  test('refuses bytes that are not bools, and shapes that do not fit', () => {
    expect(() => tensor(Uint8Array.of(1, 0, 7))).toThrow(
      new RangeError(
        'tensor: a Uint8Array is read as bool and must hold 0 and 1, got 7 at 2; say which dtype it is to become',
      ),
    );
    expect(() => tensor([1, 2, 3], [2, 2])).toThrow(new RangeError('tensor: shape [2, 2] needs 4 elements, got 3'));
    expect(() => tensor(new Float64Array(2), [-1, -2])).toThrow(
      new RangeError('tensor: sizes must be non-negative integers, got [-1, -2]'),
    );
    expect(() => tensor(tensor([1]))).toThrow(new TypeError('tensor: the argument is a tensor already'));
  });
});

describe('filled tensors', () => {
  test.prop([shape(), fc.constantFrom(...dtypes)])('have one value, a shape and a dtype', (of, dtype) => {
    for (const [x, value] of [
      [zeros(of, { dtype }), 0],
      [ones(of, { dtype }), 1],
      [full(of, 1, { dtype }), 1],
      [zerosLike(full(of, 1, { dtype })), 0],
      [onesLike(zeros(of, { dtype })), 1],
      [fullLike(zeros(of, { dtype }), 1), 1],
      [fullLike(zeros(of), true, { dtype }), 1],
    ] as const) {
      expect(x.shape).toEqual(of);
      expect(x.dtype).toBe(dtype);
      expect(elements(x).every((v) => v === value)).toBe(true);
    }
  });

  test('full takes any number, and any number but 0 is true', () => {
    expect(full([2], -2.5).toArray()).toEqual([-2.5, -2.5]);
    expect(full([1], -0).toArray()).toEqual([-0]);
    expect(full([1], Number.NaN).toArray()).toEqual([Number.NaN]);
    expect(full([2], 5, { dtype: 'bool' }).data).toEqual(Uint8Array.of(1, 1));
    expect(full([], 3).item()).toBe(3);
    expect(full([1], true).toArray()).toEqual([true]);
    expect(full([1], true, { dtype: 'int32' }).toArray()).toEqual([1]);
    expect(fullLike(tensor(Int32Array.of(1, 2)), 2.5).toArray()).toEqual([2, 2]);
    for (const name of ['full', 'fullLike'] as const) {
      const first = name === 'full' ? [1] : ones([1]);
      expect(() => loose(name)(first, '1')).toThrow(
        new TypeError(`${name}: expected a number, got a value of type string`),
      );
    }
  });

  test.prop([fc.nat(6), fc.constantFrom(...dtypes)])('eye is 1 where the indices agree', (n, dtype) => {
    const x = eye(n, { dtype });
    expect(x.shape).toEqual([n, n]);
    expect(elements(x)).toEqual(Array.from({ length: n * n }, (_, q) => Number(Math.floor(q / n) === q % n)));
  });
});

describe('arange', () => {
  const whole = fc.integer({ min: -50, max: 50 });
  test.prop([whole, whole, whole.filter((step) => step !== 0)])(
    'is Python’s range for integers',
    (start, stop, step) => {
      const expected: number[] = [];
      for (let v = start; step > 0 ? v < stop : v > stop; v += step) expected.push(v);
      expect(elements(arange(start, stop, step))).toEqual(expected);
      expect(arange(start, stop, step, { dtype: 'int32' }).data).toEqual(Int32Array.from(expected));
    },
  );

  test('counts from 0 by default and multiplies instead of adding up', () => {
    expect(arange(3).toArray()).toEqual([0, 1, 2]);
    expect(arange(0).shape).toEqual([0]);
    expect(arange(0, 1, 0.1).toArray()).toEqual(Array.from({ length: 10 }, (_, i) => i * 0.1));
    expect(arange(3, { dtype: 'int32' }).data).toEqual(Int32Array.of(0, 1, 2));
    expect(arange(1, 3, { dtype: 'int32' }).data).toEqual(Int32Array.of(1, 2));
    expect(arange(3, undefined, { dtype: 'float32' }).dtype).toBe('float32');
    expect(arange(3, undefined, 1, { dtype: 'bool' }).toArray()).toEqual([false, true, true]);
  });
});

test('arange counts as NumPy does, also where a quotient is rounded up', () => {
  // len(numpy.arange(…))
  const counts: readonly [number, number, number, number][] = [
    [0, 1, 0.1, 10],
    [1, 1.3, 0.1, 4],
    [0, 0.3, 0.1, 3],
    [0.5, 3, 1, 3],
    [5, 0, -2, 3],
    [0, 5, -1, 0],
    [0, 0, 1, 0],
    [-1, 1, 0.3, 7],
  ];
  expect(counts.map(([start, stop, step]) => arange(start, stop, step).size)).toEqual(counts.map((row) => row[3]));
});

describe('linspace', () => {
  const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  test.prop([end, end, fc.integer({ min: 2, max: 60 })])(
    'is evenly spaced and hits both ends',
    (start, stop, count) => {
      const values = elements(linspace(start, stop, count));
      expect(values).toHaveLength(count);
      expect(values[0] - start).toBe(0);
      expect(values[count - 1]).toBe(stop);
      const scale = Math.max(Math.abs(start), Math.abs(stop), 2 ** -1022);
      expectClose(
        values,
        values.map((_, i) => start * (1 - i / (count - 1)) + stop * (i / (count - 1))),
        { factor: 8, scale },
      );
    },
  );

  test('has 50 points by default, and may have 1 or none', () => {
    expect(linspace(0, 1).shape).toEqual([50]);
    expect(linspace(2, 3, 1).toArray()).toEqual([2]);
    // Where the distance, or so many times it, is no number any more.
    expect(linspace(-1.5e308, 1.5e308, 3).toArray()).toEqual([-1.5e308, 0, 1.5e308]);
    expect(linspace(0, 1e308, 5).toArray()).toEqual([0, 0.25e308, 0.5e308, 0.75e308, 1e308]);
    expect(linspace(1e308, 1e308, 99).toArray()).toEqual(new Array(99).fill(1e308));
    expect(linspace(2, 3, 0).toArray()).toEqual([]);
    expect(linspace(0, 4, 3, { dtype: 'int32' }).toArray()).toEqual([0, 2, 4]);
  });
});

describe('dtypes that there are not', () => {
  const wrong: CreateOptions = JSON.parse('{ "dtype": "int64" }');
  test.each([
    ['tensor', () => tensor([1], undefined, wrong)],
    ['zeros', () => zeros([1], wrong)],
    ['ones', () => ones([1], wrong)],
    ['fullLike', () => fullLike(ones([1]), 1, wrong)],
    ['full', () => full([1], 1, wrong)],
    ['eye', () => eye(1, wrong)],
    ['arange', () => arange(1, undefined, 1, wrong)],
    ['linspace', () => linspace(0, 1, 2, wrong)],
  ])('%s refuses them', (name, call) => {
    expect(call).toThrow(new TypeError(`${name}: dtype must be float64, float32, int32 or bool, got int64`));
  });
});

describe('item', () => {
  test('is the only element of a tensor of any order', () => {
    expect(tensor([[7]]).item()).toBe(7);
    expect(tensor(true).item()).toBe(1);
    expect(() => tensor([1, 2]).item()).toThrow(new RangeError('item: needs exactly one element, got shape [2]'));
    expect(() => zeros([0]).item()).toThrow(new RangeError('item: needs exactly one element, got shape [0]'));
  });
});
