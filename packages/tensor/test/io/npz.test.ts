import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { arange, tensor, transpose, zeros } from '../../src/index.js';
import { decodeNpz, decodeNpzDefaults, encodeNpy, encodeNpz, encodeNpzDefaults } from '../../src/io/index.js';
import { crc32 } from '../../src/io/npz/crc32.js';
import { npyFile } from './npy-file.js';
import { anyTensors, expectSameTensors, misaligned } from './tensors.js';
import { crcByDefinition, type ZipPart, zipFile } from './zip-file.js';

const x = tensor([1.5, -2]);
const npy = encodeNpy(x);
const ramp = encodeNpy(arange(1000));

afterEach(() => vi.unstubAllGlobals());

test.prop([anyTensors, fc.boolean(), fc.nat(7)])('round trip, stored and compressed', (tensors, compress, shift) => {
  const bytes = encodeNpz(tensors, { compress });
  expectSameTensors(decodeNpz(bytes), tensors);
  expectSameTensors(decodeNpz(misaligned(bytes, shift)), tensors);
  expect(encodeNpz(decodeNpz(bytes), { compress })).toEqual(bytes);
});

test.prop([fc.uint8Array({ maxLength: 300 })])('crc32 is the remainder of the polynomial', (bytes) => {
  expect(crc32(bytes)).toBe(crcByDefinition(bytes));
});

it('crc32 of the digits is the check value of the catalogue', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test.prop([anyTensors, fc.boolean(), fc.boolean(), fc.boolean(), fc.string({ maxLength: 9 })])(
  'archives of other writers: zip64 sizes and end records, sizes behind the data, comments',
  (tensors, compress, zip64, zip64End, comment) => {
    fc.pre(/^[ -~]*$/.test(comment));
    const parts = Object.entries(tensors).map(
      ([name, t]): ZipPart => ({ name: `${name}.npy`, data: encodeNpy(t), compress, zip64, flags: 8 }),
    );
    expectSameTensors(decodeNpz(zipFile(parts, { zip64End, comment })), tensors);
  },
);

it('defaults', () => {
  expect(encodeNpzDefaults).toEqual({ compress: false });
  expect(decodeNpzDefaults).toEqual({ maxBytes: 2 ** 31 });
  expect(encodeNpz({ x })).toEqual(encodeNpz({ x }, encodeNpzDefaults));
  expect(encodeNpz({ r: arange(1000) }, { compress: true }).length).toBeLessThan(
    encodeNpz({ r: arange(1000) }).length / 2,
  );
  expect(decodeNpz(encodeNpz({}))).toEqual({});
});

it('names asked for are decoded, others are not looked at', () => {
  const bytes = zipFile([
    { name: 'a.npy', data: npy },
    { name: 'text.npy', data: npyFile({ descr: '<U4' }) },
    { name: 'broken.npy', data: npy, crc: 1 },
    { name: 'notes.txt', data: new Uint8Array(3) },
  ]);
  expectSameTensors(decodeNpz(bytes, { names: ['a', 'a'] }), { a: x });
  expect(decodeNpz(bytes, { names: [] })).toEqual({});
  expect(() => decodeNpz(bytes, { names: ['text'] })).toThrow('decodeNpz: "text.npy": strings are not supported');
  expect(() => decodeNpz(bytes, { names: ['notes.txt'] })).toThrow('decodeNpz: "notes.txt": not an .npy file');
  expect(() => decodeNpz(bytes, { names: ['toString'] })).toThrow(
    new RangeError('decodeNpz: there is no tensor "toString" in the archive'),
  );
});

describe('deflate', () => {
  const compressed = encodeNpz({ r: arange(1000) }, { compress: true });

  it('what is given is used, with the size that is due', () => {
    const inflateRaw = vi.fn((bytes: Uint8Array, _size: number) => new Uint8Array(inflateRawSync(bytes)));
    const deflateRaw = vi.fn((bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes, { level: 1 })));
    const bytes = encodeNpz({ r: arange(1000) }, { compress: true, deflate: { deflateRaw } });
    expectSameTensors(decodeNpz(bytes, { deflate: { inflateRaw } }), { r: arange(1000) });
    expect(deflateRaw).toHaveBeenCalledOnce();
    expect(inflateRaw.mock.calls.map(([, size]) => size)).toEqual([8128]);
  });

  it.each([undefined, {}, { getBuiltinModule: () => undefined }, { getBuiltinModule: () => ({}) }])(
    'where Node is not: process is %o',
    (process) => {
      vi.stubGlobal('process', process);
      const stored = encodeNpz({ x });
      const decoded = decodeNpz(stored);
      let refused: unknown[] = [];
      try {
        decodeNpz(compressed);
      } catch (error) {
        refused = [error];
      }
      try {
        encodeNpz({ x }, { compress: true });
      } catch (error) {
        refused.push(error);
      }
      vi.unstubAllGlobals();
      expectSameTensors(decoded, { x });
      expect(refused).toEqual([
        new TypeError('decodeNpz: entry "r.npy" is compressed, and there is nothing to inflate it: pass { deflate }'),
        new TypeError('encodeNpz: there is nothing to compress with: pass { deflate }'),
      ]);
    },
  );

  it('a result that is no array is refused', () => {
    // @ts-expect-error not bytes
    expect(() => decodeNpz(compressed, { deflate: { inflateRaw: () => 'x' } })).toThrow(
      new TypeError('decodeNpz: deflate.inflateRaw did not return a Uint8Array'),
    );
    expect(() => decodeNpz(compressed, { deflate: { inflateRaw: (bytes) => bytes } })).toThrow(
      new RangeError('decodeNpz: entry "r.npy" holds other than the 8128 bytes it claims'),
    );
  });
});

describe('damaged archives', () => {
  const parts: ZipPart[] = [
    { name: 'a.npy', data: npy },
    { name: 'b.npy', data: ramp, compress: true },
  ];
  const refuse = (bytes: Uint8Array, message: string): void => {
    expect(() => decodeNpz(bytes)).toThrow(new RangeError(`decodeNpz: ${message}`));
  };
  const changed = (index: number, change: Partial<ZipPart>): Uint8Array =>
    zipFile(parts.map((part, i) => (i === index ? { ...part, ...change } : part)));

  it('one that is cut off anywhere', () => {
    const bytes = zipFile(parts);
    for (let n = 0; n < bytes.length; n++) {
      expect(() => decodeNpz(bytes.subarray(0, n))).toThrow(RangeError);
      if (n > 0) expect(() => decodeNpz(bytes.subarray(n))).toThrow(RangeError);
    }
    refuse(new Uint8Array(100), 'not a zip archive, or a truncated one: it has no end record');
    refuse(Uint8Array.from([...bytes, 0]), 'not a zip archive, or a truncated one: it has no end record');
  });

  it('one whose contents are not what it says', () => {
    refuse(changed(0, { crc: 7 }), 'entry "a.npy" is damaged: its CRC-32 differs');
    refuse(changed(1, { crc: 7 }), 'entry "b.npy" is damaged: its CRC-32 differs');
    refuse(changed(0, { size: 12 }), 'entry "a.npy" claims 12 bytes made of 144');
    refuse(changed(1, { size: ramp.length - 1 }), 'entry "b.npy" holds other than the 8127 bytes it claims');
    refuse(changed(1, { size: ramp.length - 2 }), 'entry "b.npy" is damaged: it does not inflate to 8126 bytes');
    refuse(changed(1, { size: ramp.length + 1 }), 'entry "b.npy" holds other than the 8129 bytes it claims');
    refuse(changed(1, { method: 0 }), `entry "b.npy" claims 8128 bytes made of ${deflateRawSync(ramp).length}`);
    refuse(changed(0, { method: 8 }), 'entry "a.npy" holds other than the 144 bytes it claims');
    refuse(changed(0, { method: 12 }), 'entry "a.npy" is compressed by method 12; 0 and 8 are known');
    refuse(changed(0, { flags: 1 }), 'entry "a.npy" is encrypted or a patch');
    refuse(changed(0, { localName: 'c.npy' }), 'entry "a.npy" has another name or method in its local header');
    refuse(changed(1, { compressedSize: 2 ** 31 }), 'entry "b.npy" is cut off');
    refuse(changed(0, { compressedSize: npy.length + 9, size: npy.length + 9 }), 'entry "b.npy" overlaps another one');
    refuse(changed(1, { name: 'a.npy' }), 'two entries have the same name');
    refuse(changed(1, { name: 'a' }), 'two entries have the same name');
  });

  it('one that would become enormous', () => {
    const length = deflateRawSync(ramp).length;
    refuse(changed(1, { size: 2 ** 40, zip64: true }), `entry "b.npy" claims ${2 ** 40} bytes made of ${length}`);
    // As much as DEFLATE could make of it is tried, and stops where the data end.
    refuse(changed(1, { size: 1032 * length }), `entry "b.npy" holds other than the ${1032 * length} bytes it claims`);
    const bytes = zipFile(parts);
    expect(() => decodeNpz(bytes, { maxBytes: ramp.length - 1 })).toThrow(
      new RangeError('decodeNpz: the tensors come to more than 8127 bytes: raise maxBytes'),
    );
    expect(Object.keys(decodeNpz(bytes, { maxBytes: ramp.length }))).toEqual(['a', 'b']);
    const twice = zipFile([parts[1], { ...parts[1], name: 'c.npy' }]);
    expect(() => decodeNpz(twice, { maxBytes: 2 * ramp.length - 1 })).toThrow('raise maxBytes');
    // Many entries on the same data.
    const entry = zipFile([parts[1]]);
    const at = entry.length - 22 - 51;
    const directory = entry.subarray(at, at + 51);
    const other = directory.slice();
    other[46] = 'c'.charCodeAt(0);
    const end = entry.slice(at + 51);
    end[8] = 2;
    end[10] = 2;
    end[12] = 102;
    const quine = Uint8Array.from([...entry.subarray(0, at), ...directory, ...directory, ...end]);
    refuse(quine, 'entry "b.npy" overlaps another one');
    refuse(
      Uint8Array.from([...entry.subarray(0, at), ...directory, ...other, ...end]),
      'entry "c.npy" has another name or method in its local header',
    );
  });

  it('one whose directory lies', () => {
    const bytes = zipFile(parts);
    const end = bytes.length - 22;
    const patched = (at: number, value: number): Uint8Array => {
      const copy = bytes.slice();
      copy[at] = value;
      return copy;
    };
    refuse(patched(end + 4, 1), 'the archive is one part of several');
    refuse(patched(end + 10, 1), 'the archive is one part of several');
    expect(() => decodeNpz(patched(end + 12, 0))).toThrow(/^decodeNpz: the central directory spans/);
    expect(() => decodeNpz(patched(end + 19, 255))).toThrow(/^decodeNpz: the central directory spans/);
    const more = patched(end + 10, 3);
    more[end + 8] = 3;
    refuse(more, '3 entries do not fit a directory of 102 bytes');
    const fewer = patched(end + 10, 1);
    fewer[end + 8] = 1;
    refuse(fewer, '51 bytes of the central directory belong to no entry');
    refuse(patched(end - 51, 0), 'entry 1 of the central directory is damaged');
    refuse(patched(end - 51 + 28, 99), 'entry 1 of the central directory is cut off');
    refuse(patched(end - 51 + 34, 1), 'entry "b.npy" lies in another part of the archive');
    refuse(patched(end - 51 + 46, 255), 'the name of an entry is not UTF-8');
    refuse(patched(end - 51 + 42, 1), 'entry "b.npy" has no local header');
    for (const at of [20, 24, 42]) {
      const wide = bytes.slice();
      wide.fill(255, end - 51 + at, end - 51 + at + 4);
      refuse(wide, 'entry "b.npy" lacks the zip64 sizes it points to');
    }
    const zip64 = zipFile(parts, { zip64End: true });
    const record = zip64.length - 22 - 20 - 56;
    for (const [at, value, message] of [
      [0, 0, 'the zip64 end record is damaged'],
      [4, 45, 'the zip64 end record is damaged'],
      [56 + 16, 2, 'the zip64 end record is damaged'],
      [56 + 8, 1, 'the zip64 end record is damaged'],
      [16, 1, 'the archive is one part of several'],
      [24, 1, 'the archive is one part of several'],
      [39, 255, /^a size or position beyond 2\^53 - 1/],
    ] as const) {
      const copy = zip64.slice();
      copy[record + at] = value;
      if (typeof message === 'string') refuse(copy, message);
      else expect(() => decodeNpz(copy)).toThrow(/^decodeNpz: a size or position beyond 2\^53 - 1/);
    }
  });
});

it('more than zip holds without zip64 is refused', () => {
  const many = Object.fromEntries(Array.from({ length: 65535 }, (_, i) => [`t${i}`, x]));
  expect(() => encodeNpz(many)).toThrow(new RangeError('encodeNpz: archives hold up to 65534 tensors, got 65535'));
  expect(() => encodeNpz({ ['n'.repeat(65532)]: x })).toThrow('encodeNpz: a name of 65536 bytes, at most 65535 fit');
  expectSameTensors(decodeNpz(encodeNpz({ ['n'.repeat(65531)]: x })), { ['n'.repeat(65531)]: x });
});

it('arguments of the wrong kind', () => {
  const bytes = encodeNpz({ x });
  const loose =
    (f: (...args: never[]) => unknown, ...args: unknown[]): (() => unknown) =>
    () =>
      Reflect.apply(f, undefined, args);
  for (const [call, message] of [
    [loose(encodeNpz, x), 'encodeNpz: expected an object of tensors by name, got a tensor; give it a name: { x }'],
    [loose(encodeNpz, null), 'encodeNpz: expected an object of tensors by name, got null'],
    [loose(encodeNpz, { a: 1 }), 'encodeNpz: "a": expected a tensor, got a value of type number'],
    [loose(encodeNpz, { x }, { compressed: true }), 'encodeNpz: unknown option compressed; did you mean compress?'],
    [loose(decodeNpz, bytes, { name: 'x' }), 'decodeNpz: unknown option name; did you mean names?'],
    [loose(encodeNpz, { x }, { compress: 1 }), 'encodeNpz: compress must be a boolean, got 1'],
    [
      loose(encodeNpz, { x }, { deflate: 1 }),
      'encodeNpz: deflate must be an object of functions, got a value of type number',
    ],
    [
      loose(encodeNpz, { x }, { deflate: { deflateRaw: 1 } }),
      'encodeNpz: deflate.deflateRaw must be a function, got a value of type number',
    ],
    [loose(decodeNpz, 'x'), 'decodeNpz: expected a Uint8Array or an ArrayBuffer, got a value of type string'],
    [loose(decodeNpz, bytes, 1), 'decodeNpz: options must be an object, got 1'],
    [
      loose(decodeNpz, bytes, { names: 'x' }),
      'decodeNpz: names must be an array of strings, got a value of type string',
    ],
    [loose(decodeNpz, bytes, { names: [1] }), 'decodeNpz: names must be an array of strings, got an array'],
  ] as const) {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  }
  expect(() => encodeNpz({ '\ud800': x })).toThrow(
    new RangeError('encodeNpz: the name is not well-formed text: "\\ud800"'),
  );
  expect(() => decodeNpz(bytes, { maxBytes: Number.NaN })).toThrow(
    'decodeNpz: maxBytes must be a number from 0, got NaN',
  );
  expect(decodeNpz(encodeNpz({ t: transpose(zeros([2, 3])) })).t.shape).toEqual([3, 2]);
});
