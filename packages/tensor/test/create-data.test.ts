import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ones, tensor, zeros } from '../src/core/create.js';
import { transpose } from '../src/core/ops/transpose.js';
import { elements } from './support/elements.js';
import { loose } from './support/loose.js';

describe('tensor of other data', () => {
  const rows = fc.tuple(fc.nat(4), fc.nat(4)).chain(([m, n]) =>
    fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), {
      minLength: m,
      maxLength: m,
    }),
  );
  function* generate<T>(values: readonly T[]): Generator<T> {
    for (const v of values) yield v;
  }

  test.prop([rows])('iterables count as arrays, at every level', (values) => {
    const expected = tensor(values);
    const others = [
      values.map((row) => generate(row)),
      generate(values),
      generate(values.map((row) => generate(row))),
      new Map(values.map((row, i) => [i, row])).values(),
      values.map((row) => Float32Array.from(row)),
      new Set(values.map((row) => Int8Array.from(row))),
    ];
    for (const other of others) {
      const x = tensor(other);
      expect([x.shape, x.dtype]).toEqual([expected.shape, 'float64']);
      expect(elements(x)).toEqual(elements(expected));
    }
  });

  test('a set, booleans from a generator, the entries of a map, the counts of a string', () => {
    expect(tensor(new Set([3, 1, 3])).toArray()).toEqual([3, 1]);
    expect(tensor(generate([true, false])).dtype).toBe('bool');
    expect(tensor(new Map([[1, 2]])).toArray()).toEqual([[1, 2]]);
    expect(tensor(new Set([1, 2, 3, 4]), [2, 2], { dtype: 'int32' }).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(() => tensor([new Set([1, 2]), [3]])).toThrow(
      new RangeError('tensor: rows differ: expected 2 elements at [1] for shape [2, 2], got an array of 1'),
    );
  });

  test.each([
    [Int8Array.of(-1, 2), 'int32'],
    [Int16Array.of(-300, 2), 'int32'],
    [Uint16Array.of(65535, 2), 'int32'],
    [Uint8ClampedArray.of(255, 2), 'int32'],
    [Uint32Array.of(2 ** 32 - 1, 2), 'float64'],
  ] as const)('%o becomes %s, exactly, unless told otherwise', (values, dtype) => {
    expect(tensor(values).dtype).toBe(dtype);
    expect(tensor(values).toArray()).toEqual([...values]);
    expect(tensor(values, [1, 2], { dtype: 'float32' }).toArray()).toEqual([[...values].map(Math.fround)]);
  });

  test.each([
    [
      BigInt64Array.of(1n),
      'tensor: there is no dtype for bigints; convert them first, as in Array.from(values, Number)',
    ],
    [
      BigUint64Array.of(1n),
      'tensor: there is no dtype for bigints; convert them first, as in Array.from(values, Number)',
    ],
    [[[1n]], 'tensor: expected a number or boolean at [0][0], got a value of type bigint'],
    [new DataView(new ArrayBuffer(8)), 'tensor: a DataView does not say what it holds; make a typed array of it'],
    [new ArrayBuffer(8), 'tensor: an ArrayBuffer does not say what it holds; make a typed array of it'],
    ['12', 'tensor: expected a number or boolean at the top, got a value of type string'],
    [[1, '2'], 'tensor: expected a number or boolean at [1], got a value of type string'],
    [
      [
        [1, 2],
        [3, null],
      ],
      'tensor: expected a number or boolean at [1][1], got null',
    ],
    [[1, undefined], 'tensor: expected a number or boolean at [1], got undefined'],
    [{ length: 1, 0: 1 }, 'tensor: expected a number or boolean at the top, got a value of type object'],
    [[ones([2]), ones([2])], 'tensor: expected a number or boolean at [0], got a tensor; join tensors with stack(…)'],
    [null, 'tensor: expected a number or boolean at the top, got null'],
  ])('refuses %o', (values, message) => {
    expect(() => loose('tensor')(values)).toThrow(new TypeError(message));
  });

  test('JSON keeps shape, dtype and numbers', () => {
    for (const x of [tensor([[0.1, -2e-300]]), zeros([2, 0]), tensor(Int32Array.of(7)), tensor(true), tensor([1.5])]) {
      const { data: numbers, shape: of, dtype } = JSON.parse(JSON.stringify({ x })).x;
      const back = tensor(numbers, of, { dtype });
      expect([back.shape, back.dtype, elements(back)]).toEqual([x.shape, x.dtype, elements(x)]);
    }
    expect(
      JSON.stringify(
        transpose(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toBe('{"shape":[2,2],"dtype":"float64","data":[1,3,2,4]}');
    const { data: lost } = JSON.parse(JSON.stringify(tensor([Number.NaN])));
    expect(() => tensor(lost)).toThrow(new TypeError('tensor: expected a number or boolean at [0], got null'));
  });
});
