import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { tensor, transpose, zeros } from '../../src/index.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/io/index.js';
import { elements } from '../support/elements.js';
import { anyName, anyTensors, expectSameTensors, latin1, misaligned } from './tensors.js';

const anyMetadata = fc
  .uniqueArray(fc.tuple(anyName, fc.string({ unit: 'grapheme' })), { maxLength: 3, selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries));

/** A file put together by hand from the text of its header. */
function file(header: string, data: ArrayLike<number> = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.from([text.length & 255, text.length >> 8, 0, 0, 0, 0, 0, 0, ...text, ...Array.from(data)]);
}

const entry = (dtype: string, shape: string, offsets: string): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

describe('round trip', () => {
  test.prop([anyTensors, anyMetadata, fc.nat(7)])('of tensors and metadata', (tensors, metadata, shift) => {
    const bytes = encodeSafetensors(tensors, { metadata });
    for (const copy of [bytes, misaligned(bytes, shift), Buffer.from(bytes), bytes.slice().buffer]) {
      const back = decodeSafetensors(copy);
      expectSameTensors(back.tensors, tensors);
      expect(Object.entries(back.metadata).sort()).toEqual(Object.entries(metadata).sort());
    }
  });

  test.prop([anyTensors, anyMetadata])(
    'the order of keys does not matter, and every tensor is aligned',
    (tensors, metadata) => {
      const bytes = encodeSafetensors(tensors, { metadata });
      const reversed = <T>(record: Record<string, T>): Record<string, T> =>
        Object.fromEntries(Object.entries(record).reverse());
      expect(encodeSafetensors(reversed(tensors), { metadata: reversed(metadata) })).toEqual(bytes);
      const back = decodeSafetensors(bytes);
      expect(encodeSafetensors(back.tensors, { metadata })).toEqual(bytes);
      for (const x of Object.values(back.tensors)) expect(x.data.buffer).toBe(bytes.buffer);
      expect(bytes[0] % 8).toBe(0);
    },
  );

  it('a file byte by byte, as the reference implementation writes it', () => {
    const bytes = encodeSafetensors(
      { b: tensor([true]), a: tensor([1], [1], { dtype: 'int32' }), c: tensor(2) },
      { metadata: { format: 'pt', by: 'x' } },
    );
    const header =
      '{"__metadata__":{"by":"x","format":"pt"},"c":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
      '"a":{"dtype":"I32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[12,13]}}';
    const padded = header.padEnd(8 * Math.ceil(header.length / 8));
    expect(Array.from(bytes)).toEqual([
      ...[padded.length, 0, 0, 0, 0, 0, 0, 0],
      ...latin1(padded),
      ...[0, 0, 0, 0, 0, 0, 0, 64, 1, 0, 0, 0, 1],
    ]);
  });

  it('an empty file', () => {
    expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {} });
    expect(decodeSafetensors(file('{}'))).toEqual({ tensors: {}, metadata: {} });
    expect(decodeSafetensors(file('{"__metadata__":{}}   '))).toEqual({ tensors: {}, metadata: {} });
  });
});

describe('dtypes', () => {
  it.each([
    ['F64', [0, 0, 0, 0, 0, 0, 240, 63], 'float64', [1]],
    ['F32', [0, 0, 128, 191], 'float32', [-1]],
    ['F16', [1, 0, 0, 60, 0, 128, 0, 252], 'float32', [2 ** -24, 1, -0, -Infinity]],
    ['BF16', [128, 63, 0, 128, 128, 127, 1, 0], 'float32', [1, -0, Infinity, 2 ** -133]],
    ['I64', [255, 255, 255, 255, 255, 255, 255, 255], 'float64', [-1]],
    ['U64', [0, 0, 0, 0, 0, 0, 0, 128], 'float64', [2 ** 63]],
    ['I32', [255, 255, 255, 255], 'int32', [-1]],
    ['U32', [255, 255, 255, 255], 'float64', [2 ** 32 - 1]],
    ['I16', [0, 128], 'int32', [-32768]],
    ['U16', [0, 128], 'int32', [32768]],
    ['I8', [128], 'int32', [-128]],
    ['U8', [128], 'int32', [128]],
    ['BOOL', [1, 0], 'bool', [1, 0]],
  ] as const)('%s', (dtype, data, expected, values) => {
    const bytes = file(`{"x":${entry(dtype, `[${values.length}]`, `[0,${data.length}]`)}}`, data);
    for (let shift = 0; shift < 8; shift++) {
      const { x } = decodeSafetensors(misaligned(bytes, shift)).tensors;
      expect(x.dtype).toBe(expected);
      expectSameBits(elements(x), values);
    }
  });

  test.prop([fc.array(fc.integer({ min: 0, max: 65535 }))])('BF16 is the upper half of a float32', (halves) => {
    const view = new DataView(new ArrayBuffer(4 * halves.length));
    halves.forEach((half, i) => {
      view.setUint16(4 * i, half);
    });
    const data = halves.flatMap((half) => [half & 255, half >> 8]);
    const { x } = decodeSafetensors(
      file(`{"x":${entry('BF16', `[${halves.length}]`, `[0,${data.length}]`)}}`, data),
    ).tensors;
    expectSameBits(
      elements(x),
      halves.map((_, i) => view.getFloat32(4 * i)),
    );
  });

  it('others are refused', () => {
    for (const dtype of ['F8_E4M3', 'C64', 'f64', '__proto__']) {
      expect(() => decodeSafetensors(file(`{"x":${entry(dtype, '[1]', '[0,1]')}}`, [0]))).toThrow(
        new TypeError(`decodeSafetensors: "x": elements of dtype "${dtype}" are not supported`),
      );
    }
    const odd = [1, 0, 0, 0, 0, 0, 32, 0];
    expect(() => decodeSafetensors(file(`{"x":${entry('I64', '[1]', '[0,8]')}}`, odd))).toThrow(
      new RangeError('decodeSafetensors: "x": no double equals the int64 9007199254740993 at index 0'),
    );
    expect(() => decodeSafetensors(file(`{"x":${entry('BOOL', '[1]', '[0,1]')}}`, [3]))).toThrow(
      new RangeError('decodeSafetensors: "x": a bool is stored as 0 or 1, got 3 at index 0'),
    );
  });
});

describe('damaged files', () => {
  const a = entry('U8', '[2]', '[0,2]');
  it.each([
    ['', 'the header does not begin with {'],
    [' {}', 'the header does not begin with {'],
    ['[]', 'the header does not begin with {'],
    ['\ufeff{}', 'the header does not begin with {'],
    ['{', 'the header is not JSON'],
    ['{}\0', 'the header is not JSON'],
    ['{"a":1}', '"a": the entry is not an object'],
    ['{"a":null}', '"a": the entry is not an object'],
    ['{"a":[]}', '"a": the entry is not an object'],
    [`{"a":${a},"a":${a}}`, 'a key of the header is named twice, or nested too deep'],
    [`{"a":${a},"\\u0061":${a}}`, 'a key of the header is named twice, or nested too deep'],
    [
      '{"a":{"dtype":"U8","dtype":"I8","shape":[2],"data_offsets":[0,2]}}',
      'a key of the header is named twice, or nested too deep',
    ],
    [
      '{"a":{"dtype":{"x":1},"shape":[2],"data_offsets":[0,2]}}',
      'a key of the header is named twice, or nested too deep',
    ],
    ['{"a":{"dtype":"U8","shape":[2]}}', '"a": expected the fields dtype, shape and data_offsets'],
    [
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"x":1}}',
      '"a": expected the fields dtype, shape and data_offsets',
    ],
    ['{"a":{"dtype":1,"shape":[2],"data_offsets":[0,2]}}', '"a": dtype is not a string'],
    [`{"a":${entry('U8', '2', '[0,2]')}}`, '"a": shape is not an array of numbers'],
    [`{"a":${entry('U8', '["2"]', '[0,2]')}}`, '"a": shape is not an array of numbers'],
    [`{"a":${entry('U8', '[-2]', '[0,2]')}}`, '"a": sizes must be integers from 0 to 2^53 - 1, got [-2]'],
    [`{"a":${entry('U8', '[1e300,0]', '[0,2]')}}`, '"a": sizes must be integers from 0 to 2^53 - 1, got [1e+300, 0]'],
    [`{"a":${entry('U8', '[2]', '[0]')}}`, '"a": data_offsets is not a pair of numbers'],
    [`{"a":${entry('U8', '[2]', '[2,0]')}}`, '"a": data_offsets are not rising integers from 0: [2, 0]'],
    [`{"a":${entry('U8', '[2]', '[-2,0]')}}`, '"a": data_offsets are not rising integers from 0: [-2, 0]'],
    [`{"a":${entry('U8', '[2]', '[0.5,2.5]')}}`, '"a": data_offsets are not rising integers from 0: [0.5, 2.5]'],
    [`{"a":${entry('U16', '[2]', '[0,2]')}}`, '"a": shape [2] of U16 needs 4 bytes, got 2'],
    ['{"__metadata__":{"x":1}}', '__metadata__ is not an object of strings'],
    ['{"__metadata__":[]}', '__metadata__ is not an object of strings'],
  ])('%s', (header, message) => {
    expect(() => decodeSafetensors(file(header, [0, 0]))).toThrow(new RangeError(`decodeSafetensors: ${message}`));
  });

  it('gaps, overlaps and what is left over', () => {
    const text = (offsets: readonly string[]): string =>
      `{${offsets.map((pair, i) => `"t${i}":${entry('U8', i === 2 ? '[0]' : '[2]', pair)}`).join(',')}}`;
    const data = [0, 0, 0, 0];
    const at = (header: string, position: number): number => 8 + header.length + position;
    const check = (offsets: readonly string[], message: (header: string) => string): void => {
      const header = text(offsets);
      expect(() => decodeSafetensors(file(header, data))).toThrow(
        new RangeError(`decodeSafetensors: ${message(header)}`),
      );
    };
    expect(Object.keys(decodeSafetensors(file(text(['[2,4]', '[0,2]', '[2,2]']), data)).tensors)).toEqual([
      't0',
      't1',
      't2',
    ]);
    check(['[0,2]', '[0,2]'], (h) => `"t1": overlaps another tensor: it begins at ${at(h, 0)}, expected ${at(h, 2)}`);
    check(['[0,2]', '[1,3]'], (h) => `"t1": overlaps another tensor: it begins at ${at(h, 1)}, expected ${at(h, 2)}`);
    check(['[1,3]'], (h) => `"t0": leaves a gap before it: it begins at ${at(h, 1)}, expected ${at(h, 0)}`);
    check(
      ['[0,2]', '[2,4]', '[3,3]'],
      (h) => `"t2": overlaps another tensor: it begins at ${at(h, 3)}, expected ${at(h, 4)}`,
    );
    check(['[0,2]'], (h) => `the tensors end at ${at(h, 2)}, the file at ${at(h, 4)}`);
    check(['[0,2]', '[3,5]'], (h) => `"t1": leaves a gap before it: it begins at ${at(h, 3)}, expected ${at(h, 2)}`);
    check(['[0,2]', '[2,4]', '[4,4]', '[4,6]'], (h) => `the tensors end at ${at(h, 6)}, the file at ${at(h, 4)}`);
  });

  it('lengths of the header', () => {
    const head = (bytes: number[]): Uint8Array => Uint8Array.from([...bytes, ...latin1('{}')]);
    expect(() => decodeSafetensors(new Uint8Array(7))).toThrow('not a safetensors file: 7 bytes, expected 8 or more');
    expect(() => decodeSafetensors(head([3, 0, 0, 0, 0, 0, 0, 0]))).toThrow(
      'the file ends within its header of 3 bytes',
    );
    expect(() => decodeSafetensors(head([2, 0, 0, 0, 1, 0, 0, 0]))).toThrow(
      'a header of 4294967298 bytes, expected at most 100000000',
    );
    expect(() => decodeSafetensors(head([255, 255, 255, 255, 255, 255, 255, 255]))).toThrow(
      /a header of \d+ bytes, expected at most/,
    );
    expect(() => decodeSafetensors(Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 255]))).toThrow('the header is not UTF-8');
  });
});

it('arguments of the wrong kind', () => {
  const x = transpose(zeros([2, 3]));
  // @ts-expect-error not bytes
  expect(() => decodeSafetensors('x')).toThrow(
    'decodeSafetensors: expected a Uint8Array or an ArrayBuffer, got a value of type string',
  );
  // @ts-expect-error not tensors
  expect(() => encodeSafetensors([x])).toThrow(
    'encodeSafetensors: expected an object of tensors by name, got an array',
  );
  // @ts-expect-error not an object
  expect(() => encodeSafetensors({ x }, 1)).toThrow('encodeSafetensors: options must be an object, got 1');
  // @ts-expect-error not strings
  expect(() => encodeSafetensors({ x }, { metadata: { a: 1 } })).toThrow(
    'encodeSafetensors: metadata "a" must be a string, got a value of type number',
  );
  // @ts-expect-error not an object
  expect(() => encodeSafetensors({ x }, { metadata: null })).toThrow(
    'encodeSafetensors: metadata must be an object of strings, got null',
  );
  expect(() => encodeSafetensors({ __metadata__: x })).toThrow(
    'encodeSafetensors: no tensor can have the name __metadata__',
  );
  expect(() => encodeSafetensors({}, { metadata: { a: '\udc00' } })).toThrow(
    'encodeSafetensors: metadata "a" is not well-formed text',
  );
});
