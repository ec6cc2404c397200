import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { matrixTranspose, slice, tensor, transpose, zeros } from '../../src/index.js';
import { decodeNpy, encodeNpy, encodeNpyDefaults } from '../../src/io/index.js';
import { elements } from '../support/elements.js';
import { npyFile } from './npy-file.js';
import { anyTensor, expectSameTensor, misaligned } from './tensors.js';

describe('round trip', () => {
  test.prop([anyTensor, fc.boolean(), fc.nat(7)])(
    'of every dtype, layout, order and alignment',
    (x, fortranOrder, shift) => {
      const bytes = encodeNpy(x, { fortranOrder });
      expectSameTensor(decodeNpy(bytes), x);
      expectSameTensor(decodeNpy(misaligned(bytes, shift)), x);
      expectSameTensor(decodeNpy(Buffer.from(bytes)), x);
      expectSameTensor(decodeNpy(bytes.slice().buffer), x);
    },
  );

  test.prop([anyTensor])('the bytes depend on the elements, not on the strides', (x) => {
    expect(encodeNpy(x)).toEqual(encodeNpy(decodeNpy(encodeNpy(x, { fortranOrder: true }))));
    // The data of a Fortran file are those of the transpose in C order.
    const [c, f] = [encodeNpy(transpose(x)), encodeNpy(x, { fortranOrder: true })];
    const length = x.size * x.data.BYTES_PER_ELEMENT;
    expect(f.subarray(f.length - length)).toEqual(c.subarray(c.length - length));
    expect((c.length - length) % 64).toBe(0);
  });

  it('reads elements where they lie when they are aligned, in Fortran order through strides', () => {
    const bytes = encodeNpy(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      { fortranOrder: true },
    );
    const x = decodeNpy(bytes);
    expect(x.data.buffer).toBe(bytes.buffer);
    expect(x.strides).toEqual([1, 2]);
    expect(x.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(decodeNpy(misaligned(bytes, 4)).data.buffer).not.toBe(bytes.buffer);
  });

  it('the default order is C', () => {
    expect(encodeNpyDefaults).toEqual({ fortranOrder: false });
    const x = matrixTranspose(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(encodeNpy(x)).toEqual(encodeNpy(x, encodeNpyDefaults));
    expect(encodeNpy(x)).not.toEqual(encodeNpy(x, { fortranOrder: true }));
    expect(encodeNpy(slice(x, [{ step: -1 }]))).toEqual(
      encodeNpy(
        tensor([
          [2, 4],
          [1, 3],
        ]),
      ),
    );
  });
});

/** How a DataView writes a number, the range of integers, and the dtype that holds them. */
const integers = [
  ['i1', 1, -(2n ** 7n), 2n ** 7n - 1n, 'int32'],
  ['i2', 2, -(2n ** 15n), 2n ** 15n - 1n, 'int32'],
  ['i4', 4, -(2n ** 31n), 2n ** 31n - 1n, 'int32'],
  ['u1', 1, 0n, 2n ** 8n - 1n, 'int32'],
  ['u2', 2, 0n, 2n ** 16n - 1n, 'int32'],
  ['u4', 4, 0n, 2n ** 32n - 1n, 'float64'],
  ['i8', 8, -(2n ** 63n), 2n ** 63n - 1n, 'float64'],
  ['u8', 8, 0n, 2n ** 64n - 1n, 'float64'],
] as const;

/** An integer in two's complement, lowest byte first. */
function integerBytes(value: bigint, size: number, little: boolean): number[] {
  const bytes = Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
  return little ? bytes : bytes.reverse();
}

describe.each(integers)('%s', (type, size, min, max, dtype) => {
  const values = fc.array(fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max)), { maxLength: 6 });

  test.prop([values, fc.boolean(), fc.nat(7)])(
    'is read exactly or refused, in both byte orders',
    (list, little, shift) => {
      const data = list.flatMap((value) => integerBytes(value, size, little));
      const file = npyFile({
        descr: `${size === 1 ? '|' : little ? '<' : '>'}${type}`,
        shape: `(${list.length},)`,
        data,
      });
      const odd = list.findIndex((value) => BigInt(Number(value)) !== value);
      if (odd >= 0) {
        const name = type === 'i8' ? 'int64' : 'uint64';
        const error = new RangeError(`decodeNpy: no double equals the ${name} ${list[odd]} at index ${odd}`);
        expect(() => decodeNpy(misaligned(file, shift))).toThrow(error);
      } else {
        const x = decodeNpy(misaligned(file, shift));
        expect(x.dtype).toBe(dtype);
        expectSameBits(elements(x), list.map(Number));
      }
    },
  );
});

test.each(['<', '>'])('64-bit integers around 2^53 with %s', (order) => {
  const values = [
    2n ** 53n - 1n,
    2n ** 53n,
    -(2n ** 53n),
    2n ** 53n + 2n,
    -(2n ** 53n) - 2n,
    2n ** 62n,
    4294967296n,
    -1n,
    0n,
  ];
  const data = values.flatMap((value) => integerBytes(value, 8, order === '<'));
  expectSameBits(elements(decodeNpy(npyFile({ descr: `${order}i8`, shape: '(9,)', data }))), values.map(Number));
  for (const value of [2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n]) {
    const file = npyFile({
      descr: `${order}i8`,
      shape: '(2,)',
      data: [0n, value].flatMap((v) => integerBytes(v, 8, order === '<')),
    });
    expect(() => decodeNpy(file)).toThrow(`decodeNpy: no double equals the int64 ${value} at index 1`);
  }
});

test.prop([fc.array(fc.double()), fc.constantFrom(4, 8)])('floats in either byte order', (list, size) => {
  for (const little of [true, false]) {
    const view = new DataView(new ArrayBuffer(size * list.length));
    list.forEach((value, i) => {
      if (size === 8) view.setFloat64(8 * i, value, little);
      else view.setFloat32(4 * i, value, little);
    });
    const data = new Uint8Array(view.buffer);
    const x = decodeNpy(npyFile({ descr: `${little ? '<' : '>'}f${size}`, shape: `(${list.length},)`, data }));
    expect(x.dtype).toBe(size === 8 ? 'float64' : 'float32');
    expectSameBits(elements(x), size === 8 ? list : list.map(Math.fround));
  }
});

test('all 65536 half floats, by the definition of IEEE 754', () => {
  const all = Array.from({ length: 65536 }, (_, h) => h);
  const expected = all.map((h) => {
    const sign = h >> 15 ? -1 : 1;
    const [exponent, fraction] = [(h >> 10) & 31, h & 1023];
    if (exponent === 31) return fraction === 0 ? sign / 0 : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  });
  const little = decodeNpy(npyFile({ descr: '<f2', shape: '(65536,)', data: all.flatMap((h) => [h & 255, h >> 8]) }));
  expect(little.dtype).toBe('float32');
  expectSameBits(little.data, expected);
  const big = decodeNpy(npyFile({ descr: '>f2', shape: '(65536,)', data: all.flatMap((h) => [h >> 8, h & 255]) }));
  expectSameBits(big.data, expected);
});

describe('headers', () => {
  const one = [0, 0, 0, 0, 0, 0, 240, 63];
  it.each([
    `{"shape": (1, 1,), 'fortran_order': False, 'descr': '<f8'}`,
    `{'descr':'<f8','fortran_order':True,'shape':(1L, 1L)}\n`,
    `  { 'descr' : u'<f8' , 'fortran_order' : False , 'shape' : ( 1 , 1 ) , }  \n`,
    `{'descr': '<f8', 'fortran_order': False, 'shape': [1, 1]}`,
  ])('%s', (header) => {
    for (const version of [1, 2, 3])
      expect(decodeNpy(npyFile({ version, header, data: one })).toArray()).toEqual([[1]]);
  });

  it.each([
    ['', 'the header is no Python dictionary: expected a literal at character 0, got the end'],
    [`{'descr': '<f8'`, 'the header is no Python dictionary: expected "," or "}" at character 15, got the end'],
    [`{'descr': __import__('os')}`, 'the header is no Python dictionary: expected a literal at character 10, got "_"'],
    [`{'a': 1, 'a': 2}`, 'the header is no Python dictionary: a key is named twice'],
    [`{} {}`, 'the header is no Python dictionary: expected the end at character 3, got "{"'],
    [
      '('.repeat(60000),
      'the header is no Python dictionary: expected at most 32 nested brackets at character 33, got "("',
    ],
    ['(1, 2)', 'the header is no Python dictionary: "(1, 2)"'],
    [`{'descr': '<f8', 'shape': ()}`, `the header has no 'fortran_order'`],
    [`{'descr': '<f8', 'fortran_order': 0, 'shape': ()}`, `'fortran_order' is neither True nor False`],
    [`{'descr': '<f8', 'fortran_order': True, 'shape': 3}`, `'shape' is not a tuple of sizes`],
    [`{'descr': '<f8', 'fortran_order': True, 'shape': (3)}`, `'shape' is not a tuple of sizes`],
    [`{'descr': '<f8', 'fortran_order': True, 'shape': ('3',)}`, `'shape' is not a tuple of sizes`],
    [`{'descr': '<f8', 'fortran_order': True, 'shape': (-1,)}`, 'sizes must be integers from 0 to 2^53 - 1, got [-1]'],
    [`{'descr': '<f8', 'fortran_order': True, 'shape': (), 'x': 1}`, 'the header has 4 fields, expected 3'],
    [`{'descr': None, 'fortran_order': True, 'shape': ()}`, `'descr' is no dtype: null`],
  ])('%.40s is refused', (header, message) => {
    expect(() => decodeNpy(npyFile({ header, data: one }))).toThrow(new RangeError(`decodeNpy: ${message}`));
  });

  it.each([
    ['|O', 'Python objects are not supported: dtype "|O"'],
    ['<U4', 'strings are not supported: dtype "<U4"'],
    ['|S4', 'byte strings are not supported: dtype "|S4"'],
    ['|V8', 'raw or structured elements are not supported: dtype "|V8"'],
    ['<c16', 'complex numbers are not supported: dtype "<c16"'],
    ['<M8[ns]', 'dates are not supported: dtype "<M8[ns]"'],
    ['<m8[s]', 'time spans are not supported: dtype "<m8[s]"'],
    ['<f16', 'elements of dtype "<f16" are not supported'],
    ['<f3', 'elements of dtype "<f3" are not supported'],
    ['f8', 'elements of dtype "f8" are not supported'],
    ['=f8', 'elements of dtype "=f8" are not supported'],
    ['|f8', 'elements of dtype "|f8" are not supported'],
    ['<f8 ', 'elements of dtype "<f8 " are not supported'],
  ])('elements of dtype %s are refused', (descr, message) => {
    expect(() => decodeNpy(npyFile({ descr, data: one }))).toThrow(new TypeError(`decodeNpy: ${message}`));
  });

  it('structured elements are refused', () => {
    const header = `{'descr': [('x', '<f8'), ('y', '<i4', (2, 3))], 'fortran_order': False, 'shape': (2,)}`;
    expect(() => decodeNpy(npyFile({ header }))).toThrow(
      new TypeError('decodeNpy: structured elements are not supported: save each field by itself'),
    );
  });

  it('a file of another length than its shape says is refused before anything is allocated', () => {
    const wrong = (shape: string, message: string): void => {
      expect(() => decodeNpy(npyFile({ shape, data: one }))).toThrow(new RangeError(`decodeNpy: ${message}`));
    };
    wrong('(2,)', 'shape [2] of f8 needs 16 bytes, 8 follow the header');
    wrong('(0,)', 'shape [0] of f8 needs 0 bytes, 8 follow the header');
    wrong('(1099511627776,)', 'shape [1099511627776] of f8 needs 8796093022208 bytes, 8 follow the header');
    wrong('(4294967296, 4294967296)', 'too many elements: shape [4294967296, 4294967296]');
    wrong('(0, 4294967296, 4294967296)', 'too many elements: shape [0, 4294967296, 4294967296]');
    wrong('(18446744073709551617,)', 'sizes must be integers from 0 to 2^53 - 1, got [18446744073709552000]');
    wrong(`(${'1, '.repeat(65)})`, 'more than 64 axes: got 65');
  });

  it('what is no .npy file is refused', () => {
    const good = encodeNpy(tensor([1]));
    const magic = 'not an .npy file: it does not begin with \\x93NUMPY and a version';
    expect(() => decodeNpy(new Uint8Array(0))).toThrow(new RangeError(`decodeNpy: ${magic}`));
    expect(() => decodeNpy(good.subarray(1))).toThrow(new RangeError(`decodeNpy: ${magic}`));
    expect(() => decodeNpy(good.subarray(0, 50))).toThrow(
      'the file ends within its header: 118 bytes of text, 40 there',
    );
    for (const [at, value, version] of [
      [6, 0, '0.0'],
      [6, 4, '4.0'],
      [7, 1, '1.1'],
    ] as const) {
      const bad = good.slice();
      bad[at] = value;
      expect(() => decodeNpy(bad)).toThrow(`decodeNpy: versions 1.0, 2.0 and 3.0 are known, got ${version}`);
    }
    const long = new Uint8Array(2 ** 21);
    long.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 1, 0, 16, 0]);
    expect(() => decodeNpy(long)).toThrow('decodeNpy: a header of 1048577 bytes, expected at most 1048576');
    expect(() => decodeNpy(npyFile({ descr: '|b1', shape: '(3,)', data: [0, 1, 2] }))).toThrow(
      new RangeError('decodeNpy: a bool is stored as 0 or 1, got 2 at index 2'),
    );
    const utf8 = npyFile({ version: 3, header: '{\xff}' });
    expect(() => decodeNpy(utf8)).toThrow(new RangeError('decodeNpy: the header is not UTF-8'));
  });
});

test('arguments of the wrong kind', () => {
  for (const [wrong, what] of [
    ['x', 'a value of type string'],
    [null, 'null'],
    [[1], 'another array'],
    [new Float64Array(2), 'another array'],
    [zeros([1]), 'a tensor'],
  ] as const) {
    // @ts-expect-error not bytes
    expect(() => decodeNpy(wrong)).toThrow(
      new TypeError(`decodeNpy: expected a Uint8Array or an ArrayBuffer, got ${what}`),
    );
  }
  // @ts-expect-error not a tensor
  expect(() => encodeNpy([1])).toThrow('encodeNpy: expected a tensor, got an array');
  // @ts-expect-error not a boolean
  expect(() => encodeNpy(zeros([1]), { fortranOrder: 1 })).toThrow('encodeNpy: fortranOrder must be a boolean, got 1');
  // @ts-expect-error not an object
  expect(() => encodeNpy(zeros([1]), true)).toThrow('encodeNpy: options must be an object, got true');
  // @ts-expect-error no such option
  expect(() => encodeNpy(zeros([1]), { fortran: true })).toThrow('encodeNpy: unknown option fortran');
});
