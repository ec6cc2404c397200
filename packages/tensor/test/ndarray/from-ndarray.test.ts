import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { tensor, zeros } from '../../src/index.js';
import { fromNdarray, toNdarray } from '../../src/ndarray/index.js';
import { elements } from '../support/elements.js';

/** A view that reads [a, c] of four elements backwards: [c, a]. */
const everyOther = <T>(data: T) => ({ data, shape: [2], stride: [-2], offset: 2 });

describe('data of other kinds are copied', () => {
  it.each([
    [Int8Array.of(-128, 0, 127, 0), 'int32', [127, -128]],
    [Int16Array.of(-32768, 0, 32767, 0), 'int32', [32767, -32768]],
    [Uint16Array.of(1, 0, 65535, 0), 'int32', [65535, 1]],
    [Uint8ClampedArray.of(1, 0, 255, 0), 'int32', [255, 1]],
    [Uint32Array.of(1, 0, 2 ** 32 - 1, 0), 'float64', [2 ** 32 - 1, 1]],
    [BigInt64Array.of(-(2n ** 62n), 0n, 2n ** 53n, 0n), 'float64', [2 ** 53, -(2 ** 62)]],
    [BigUint64Array.of(2n ** 63n, 0n, 1n, 0n), 'float64', [1, 2 ** 63]],
    [[1.5, 0, -0, 0], 'float64', [-0, 1.5]],
    [[true, 0, 2, false], 'float64', [2, 1]],
    [[true, true, false, true], 'bool', [0, 1]],
    // What a view does not reach may be anything.
    [[1, 'x', 2, null], 'float64', [2, 1]],
    [BigInt64Array.of(1n, 2n ** 53n + 1n, 2n, 0n), 'float64', [2, 1]],
  ] as const)('%o', (data, dtype, values) => {
    const x = fromNdarray(everyOther(data));
    expect([x.dtype, x.shape]).toEqual([dtype, [2]]);
    expectSameBits(elements(x), values);
  });

  it('a store with get', () => {
    const store = { get: (i: number): number => 10 * i, set: (): void => {}, length: 4 };
    expect(fromNdarray(everyOther(store)).toArray()).toEqual([20, 0]);
    expect(fromNdarray(ndarray(store, [2, 2])).toArray()).toEqual([
      [0, 10],
      [20, 30],
    ]);
  });

  const half: unknown = Reflect.get(globalThis, 'Float16Array');
  it.skipIf(typeof half !== 'function')('a Float16Array, where the machine has one', () => {
    const data = typeof half === 'function' ? Reflect.construct(half, [[1, 0, 2 ** -24, 0]]) : [];
    const x = fromNdarray(everyOther(data));
    expect([x.dtype, x.toArray()]).toEqual(['float32', [2 ** -24, 1]]);
  });
});

describe('bytes', () => {
  it('of 0 and 1 are bool on the same memory, whatever lies between', () => {
    const data = Uint8Array.of(1, 9, 0, 9);
    const x = fromNdarray(everyOther(data));
    expect([x.dtype, x.data.buffer, x.toArray()]).toEqual(['bool', data.buffer, [false, true]]);
    expect(fromNdarray(everyOther(Buffer.from(data))).toArray()).toEqual([false, true]);
  });

  it('of other values need a dtype', () => {
    const nd = everyOther(Uint8Array.of(255, 0, 3, 0));
    expect(() => fromNdarray(nd)).toThrow(
      new RangeError(
        'fromNdarray: a Uint8Array is read as bool and must hold 0 and 1, got 3; say which dtype it is to become',
      ),
    );
    expect(fromNdarray(nd, { dtype: 'int32' }).toArray()).toEqual([3, 255]);
    expect(fromNdarray(nd, { dtype: 'float64' }).toArray()).toEqual([3, 255]);
    expect(fromNdarray(nd, { dtype: 'bool' }).toArray()).toEqual([true, true]);
    expect(Array.from(fromNdarray(nd, { dtype: 'bool' }).data)).toEqual([1, 1]);
  });
});

test.prop([
  fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 4, maxLength: 4 }),
  fc.constantFrom<DType>('float64', 'float32', 'int32', 'bool'),
])('another dtype converts', (list, dtype) => {
  const x = fromNdarray(everyOther(Float64Array.from(list)), { dtype });
  const convert = { float64: Number, float32: Math.fround, int32: Math.trunc, bool: (v: number) => Number(v !== 0) };
  expect(x.dtype).toBe(dtype);
  expectSameBits(
    elements(x),
    [list[2], list[0]].map((v) => (dtype === 'int32' ? Math.trunc(v) + 0 : convert[dtype](v))),
  );
});

describe('refusals', () => {
  const good = { data: new Float64Array(6), shape: [2, 3], stride: [3, 1], offset: 0 };
  const loose = (nd: unknown, ...rest: unknown[]): unknown => Reflect.apply(fromNdarray, undefined, [nd, ...rest]);

  it.each([
    [zeros([1]), 'the argument is a tensor already'],
    [null, 'expected an ndarray (data, shape, stride and offset), got null'],
    [[1], 'expected an ndarray (data, shape, stride and offset), got an array'],
    [{ ...good, shape: 6 }, 'shape must be an array, got a value of type number'],
    [{ ...good, data: 'abcdef' }, 'data is neither a typed array, an array nor a store with get and length'],
    [{ ...good, data: new DataView(new ArrayBuffer(8)) }, 'data is neither a typed array, an array nor a store'],
    [{ ...good, data: [0, 1, 2, 3, 'x', 5] }, 'expected a number or boolean at 4 of data, got a value of type string'],
    [{ ...good, data: new Array(6) }, 'expected a number or boolean at 0 of data, got undefined'],
  ])('%o is no ndarray', (nd, message) => {
    expect(() => loose(nd)).toThrow(TypeError);
    expect(() => loose(nd)).toThrow(`fromNdarray: ${message}`);
  });

  it.each([
    [{ ...good, shape: [2, -3] }, 'sizes must be non-negative integers, got [2, -3]'],
    [{ ...good, stride: [3] }, 'stride must be 2 integers for shape [2, 3], got 3'],
    [{ ...good, stride: [3, 0.5] }, 'stride must be 2 integers for shape [2, 3], got 3,0.5'],
    [{ ...good, offset: Number.NaN }, 'offset must be an integer, got NaN'],
    [{ ...good, offset: 1 }, 'shape [2, 3], stride [3, 1] and offset 1 leave the 6 elements of data'],
    [{ ...good, offset: -1 }, 'shape [2, 3], stride [3, 1] and offset -1 leave the 6 elements of data'],
    [{ ...good, stride: [-3, 1] }, 'shape [2, 3], stride [-3, 1] and offset 0 leave the 6 elements of data'],
    [
      { ...good, shape: [2 ** 30, 2 ** 30], stride: [0, 0] },
      'shape [1073741824, 1073741824], stride [0, 0] and offset 0 leave the 6 elements of data',
    ],
    [
      { ...good, data: BigInt64Array.of(0n, 1n, 2n, 3n, 4n, 2n ** 53n + 1n) },
      'expected a number or boolean at 5 of data, got 9007199254740993n, which no double equals',
    ],
  ])('%o is refused', (nd, message) => {
    expect(() => loose(nd)).toThrow(`fromNdarray: ${message}`);
  });

  it('edges that are none', () => {
    expect(fromNdarray({ ...good, stride: [-3, 1], offset: 3 }).shape).toEqual([2, 3]);
    for (const offset of [-7, 3, 7]) {
      const x = fromNdarray({ ...good, shape: [0, 3], offset });
      expect([x.shape, x.offset]).toEqual([[0, 3], 0]);
    }
    expect(fromNdarray({ ...good, shape: [], stride: [], offset: 5 }).item()).toBe(0);
    expect(fromNdarray({ ...good, shape: [4, 6], stride: [0, 1] }).shape).toEqual([4, 6]);
  });

  it('options', () => {
    expect(() => loose(good, { dtype: 'int64' })).toThrow(TypeError);
    expect(() => loose(good, { type: 'int32' })).toThrow('fromNdarray: unknown option type');
    expect(() => loose(good, null)).toThrow('fromNdarray: options must be an object, got null');
    // @ts-expect-error no tensor
    expect(() => toNdarray([1])).toThrow('toNdarray: expected a tensor, got an array');
    // @ts-expect-error no function
    expect(() => toNdarray(tensor(1), {})).toThrow(
      new TypeError('toNdarray: expected the function that makes ndarrays, got a value of type object'),
    );
  });
});
