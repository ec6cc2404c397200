import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Tensor, tensor, zeros } from '../../src/index.js';
import {
  decodeNpy,
  decodeNpz,
  decodeSafetensors,
  encodeNpy,
  encodeNpz,
  encodeSafetensors,
} from '../../src/io/index.js';
import { npyFile } from './npy-file.js';
import { zipFile } from './zip-file.js';

const tensors = {
  a: tensor([
    [1, 2.5],
    [3, 4],
  ]),
  b: tensor([true, false, true]),
  n: zeros([0, 2], { dtype: 'int32' }),
};

const decoders: readonly [string, (bytes: Uint8Array) => Tensor[], Uint8Array[]][] = [
  [
    'decodeNpy',
    (bytes) => [decodeNpy(bytes)],
    [
      encodeNpy(tensors.a, { fortranOrder: true }),
      encodeNpy(tensors.b),
      npyFile({ version: 3, descr: '>u1', shape: '(2, 2)', data: [1, 2, 3, 4] }),
      npyFile({ version: 2, descr: '<i8', shape: '(1,)', data: [1, 2, 3, 4, 5, 0, 0, 0] }),
    ],
  ],
  [
    'decodeNpz',
    (bytes) => Object.values(decodeNpz(bytes)),
    [
      encodeNpz(tensors),
      encodeNpz(tensors, { compress: true }),
      zipFile([{ name: 'a.npy', data: encodeNpy(tensors.a), zip64: true, flags: 8 }], { zip64End: true, comment: 'x' }),
    ],
  ],
  [
    'decodeSafetensors',
    (bytes) => Object.values(decodeSafetensors(bytes).tensors),
    [encodeSafetensors(tensors, { metadata: { k: 'v' } }), encodeSafetensors({ a: tensors.a })],
  ],
];

/** A change to a file: bytes set, cut out, doubled or exchanged. */
const change = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'cut', 'double', 'digit'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 8 }),
  value: fc.oneof(fc.constantFrom(0, 1, 2, 127, 128, 255), fc.integer({ min: 0, max: 255 })),
});

function mutate(
  bytes: Uint8Array,
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
): Uint8Array {
  let list = Array.from(bytes);
  for (const { kind, at, length, value } of changes) {
    const i = Math.floor(at * list.length);
    const part = list.slice(i, i + length);
    if (kind === 'set') list[i] = value;
    else if (kind === 'cut') list.splice(i, length);
    else if (kind === 'double') list.splice(i, 0, ...part);
    // A number in a header becomes another number.
    else list = list.map((byte, j) => (j >= i && j < i + 40 && byte >= 48 && byte < 58 ? 48 + (value % 10) : byte));
  }
  return Uint8Array.from(list);
}

/** Decodes, or throws what a file of any content may lead to: an error of the two kinds, with a sentence that names the function. */
function survive(name: string, decode: (bytes: Uint8Array) => Tensor[], bytes: Uint8Array): void {
  let decoded: Tensor[];
  try {
    decoded = decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    expect(error.message).toMatch(new RegExp(`^${name}: .{5,}`));
    expect(error.message.length).toBeLessThan(2000);
    return;
  }
  // What was made of it is whole, and no larger than the bytes can stand for: 4 times, by DEFLATE 1032 times that.
  const limit = bytes.length * 4 * (name === 'decodeNpz' ? 1032 : 1);
  for (const x of decoded) {
    expect(x.size * x.data.BYTES_PER_ELEMENT).toBeLessThanOrEqual(limit);
    expect(x.data.length - x.offset).toBeGreaterThanOrEqual(x.size);
    expect(() => x.toString()).not.toThrow();
  }
}

describe.each(decoders)('%s of bytes from anywhere', (name, decode, files) => {
  test.prop([fc.uint8Array({ maxLength: 200 }), fc.nat(150)])(
    'random ones, with and without a proper beginning',
    (bytes, kept) => {
      survive(name, decode, bytes);
      for (const file of files) survive(name, decode, Uint8Array.from([...file.subarray(0, kept), ...bytes]));
      for (const file of files) survive(name, decode, Uint8Array.from([...bytes, ...file.subarray(kept)]));
    },
  );

  test.prop([fc.nat(files.length - 1), fc.array(change, { minLength: 1, maxLength: 4 })], { numRuns: 1500 })(
    'good ones with changes',
    (i, changes) => survive(name, decode, mutate(files[i], changes)),
  );

  test('good ones with any single byte changed', () => {
    for (const file of files) {
      for (let i = 0; i < file.length; i++) {
        for (const value of [255, file[i] ^ 1]) {
          const bytes = file.slice();
          bytes[i] = value;
          survive(name, decode, bytes);
        }
      }
    }
  });
});
