import { expect, it } from 'vitest';
import { tensor, zeros } from '../../src/index.js';
import { decodeNpy, decodeNpz, encodeNpy } from '../../src/io/index.js';
import { expectSameTensor, expectSameTensors, fromHex, latin1 } from './tensors.js';

// Bytes that NumPy 1.24.2 wrote.

/** The file that NumPy's save writes: magic, version 1.0, 118 bytes of header, data. */
const saved = (header: string, data: string): Uint8Array =>
  Uint8Array.from([0x93, ...latin1(`NUMPY\x01\x00\x76\x00${header.padEnd(117)}\n`), ...fromHex(data)]);

it.each([
  [
    `{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }`,
    '000000000000f03f00000000000000400000000000000840000000000000104000000000000014400000000000001a40',
    tensor([
      [1, 2, 3],
      [4, 5, 6.5],
    ]),
    {},
  ],
  [
    `{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }`,
    '010000000400000002000000050000000300000006000000',
    tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      undefined,
      { dtype: 'int32' },
    ),
    { fortranOrder: true },
  ],
  [`{'descr': '<f8', 'fortran_order': False, 'shape': (), }`, '0000000000000080', tensor(-0), {}],
  [`{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }`, '', zeros([0, 3], { dtype: 'float32' }), {}],
  [`{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }`, '010001', tensor([true, false, true]), {}],
])('save and back, byte for byte: %s', (header, data, x, options) => {
  expectSameTensor(decodeNpy(saved(header, data)), x);
  expect(encodeNpy(x, options)).toEqual(saved(header, data));
});

it.each([
  [
    `{'descr': '>f4', 'fortran_order': False, 'shape': (3,), }`,
    '3fc00000c00000007f800000',
    'float32',
    [1.5, -2, Infinity],
  ],
  [
    `{'descr': '<f2', 'fortran_order': False, 'shape': (6,), }`,
    '003c00c0ff7b0100007c007e',
    'float32',
    [1, -2, 65504, 2 ** -24, Infinity, Number.NaN],
  ],
  [
    `{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }`,
    'ffffffffffffffff000000000000200000000000000000c0',
    'float64',
    [-1, 2 ** 53, -(2 ** 62)],
  ],
] as const)('what is converted: %s', (header, data, dtype, values) => {
  expectSameTensor(decodeNpy(saved(header, data)), tensor([...values], undefined, { dtype }));
});

it('version 2.0', () => {
  const header =
    '934e554d50590200740000007b276465736372273a20273c7532272c2027666f727472616e5f6f72646572273a2046616c73652c20' +
    `277368617065273a2028322c292c207d${'20'.repeat(58)}0a`;
  expectSameTensor(decodeNpy(fromHex(`${header}01000200`)), tensor([1, 2], undefined, { dtype: 'int32' }));
});

const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

it('savez_compressed, with the zip64 fields it always writes', () => {
  const bytes = base64(
    'UEsDBBQAAAAIAAAAIQDwzTtGVwAAALAAAAAFABQAeC5ucHkBABAAsAAAAAAAAABXAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Ce' +
      'll9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYU8MEeynCAUBxQWgBKizgAAFBLAwQUAAAACAAAACEADPwc6UoAAACQAAAA' +
      'BQAUAHkubnB5AQAQAJAAAAAAAAAASgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC' +
      '+RpGOpo6CrUKFAAuRgYIYILSAFBLAQIUAxQAAAAIAAAAIQDwzTtGVwAAALAAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLAQIUAxQAAAAIAAAA' +
      'IQAM/BzpSgAAAJAAAAAFAAAAAAAAAAAAAACAAY4AAAB5Lm5weVBLBQYAAAAAAgACAGYAAAAPAQAAAAA=',
  );
  expectSameTensors(decodeNpz(bytes), {
    x: tensor([
      [0, 1, 2],
      [3, 4, 5],
    ]),
    y: tensor([1, 2]),
  });
});

it('savez, with a name that is not ASCII', () => {
  const bytes = base64(
    'UEsDBBQAAAAAAAAAIQCU3hHIkAAAAJAAAAAFABQAeC5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmOCcsICdm' +
      'b3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg' +
      'ICAgICAgICAgICAgICAKAAAAAAAA+D8AAAAAAAAEQFBLAwQUAAAIAAAAACEAgi3404EAAACBAAAACQAUAGjDtmhlLm5weQEAEACBAAAAAAAAAIEA' +
      'AAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAg' +
      'ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBUEsBAhQDFAAAAAAAAAAhAJTeEciQAAAAkAAAAAUAAAAA' +
      'AAAAAAAAAIABAAAAAHgubnB5UEsBAhQDFAAACAAAAAAhAIIt+NOBAAAAgQAAAAkAAAAAAAAAAAAAAIABxwAAAGjDtmhlLm5weVBLBQYAAAAAAgAC' +
      'AGoAAACDAQAAAAA=',
  );
  expectSameTensors(decodeNpz(bytes), { x: tensor([1.5, 2.5]), höhe: tensor(true) });
});

it('savez_compressed to a stream, with the sizes behind the data', () => {
  const bytes = base64(
    'UEsDBBQACAAIAAAAIQAAAAAAAAAAAAAAAAAFABQAcy5ucHkBABAAAAAAAAAAAAAAAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaKuo6Ce' +
      'll9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC52BgYGDiAGAFBLBwjoEHiESwAAAAAAAACIAAAAAAAAAFBLAQIUAxQACAAIAAAA' +
      'IQDoEHiESwAAAIgAAAAFAAAAAAAAAAAAAACAAQAAAABzLm5weVBLBQYAAAAAAQABADMAAACaAAAAAAA=',
  );
  expectSameTensors(decodeNpz(bytes), { s: tensor([7, 8], undefined, { dtype: 'int32' }) });
});
