import { encodeNpy, encodeNpz, encodeSafetensors } from '../../../src/io/index.js';
import { badOptions, dtypes, type Misuse, noTensor, type Row, range, type, why, x } from './row.js';

const array = 'an array; make a tensor of it with tensor(…)';
const kept = {
  dtype: 'stored as they are',
  shape: why.anyShape,
  axis: why.axis,
  finite: 'stored as they are',
  empty: why.empty,
};
const bytes = {
  tensor: 'takes bytes: see value',
  dtype: 'those of files: see test/io',
  shape: 'those of files: see test/io',
  axis: why.axis,
  finite: 'read as they are',
};

const noBytes: readonly Misuse[] = [
  type([], 'expected a Uint8Array or an ArrayBuffer, got undefined'),
  type([null], 'expected a Uint8Array or an ArrayBuffer, got null'),
  type(['bytes'], 'expected a Uint8Array or an ArrayBuffer, got a value of type string'),
  type([x], 'expected a Uint8Array or an ArrayBuffer, got a tensor'),
  type([[1, 2]], 'expected a Uint8Array or an ArrayBuffer, got another array'),
  type([Float64Array.of(1)], 'expected a Uint8Array or an ArrayBuffer, got another array'),
];

const noTensors: readonly Misuse[] = [
  type([x], 'expected an object of tensors by name, got a tensor; give it a name: { x }'),
  type([[x]], `expected an object of tensors by name, got ${array}`),
  type([undefined], 'expected an object of tensors by name, got undefined'),
  type([null], 'expected an object of tensors by name, got null'),
  type([1], 'expected an object of tensors by name, got a value of type number'),
  type([{ a: 1 }], '"a": expected a tensor, got a value of type number'),
  type([{ a: [1] }], `"a": expected a tensor, got ${array}`),
  type([{ a: undefined }], '"a": expected a tensor, got undefined'),
  range([{ '\ud800': x }], 'the name is not well-formed text: "\\ud800"'),
];

const deflates = (given: (deflate: unknown) => readonly unknown[]): Misuse[] => [
  type(given(1), 'deflate must be an object of functions, got a value of type number'),
  type(given(null), 'deflate must be an object of functions, got null'),
  type(given({ inflateRaw: 1 }), 'deflate.inflateRaw must be a function, got a value of type number'),
  type(given({ deflateRaw: 'zlib' }), 'deflate.deflateRaw must be a function, got a value of type string'),
];

const archive = encodeNpz({ x });

export const rows: readonly Row[] = [
  {
    name: 'encodeNpy',
    valid: [x],
    misuses: { tensor: noTensor([x]), options: badOptions([x], { fortranOrder: 'boolean' }) },
    without: kept,
  },
  {
    name: 'decodeNpy',
    valid: [encodeNpy(x)],
    misuses: {
      value: noBytes,
      empty: [range([new Uint8Array(0)], 'not an .npy file: it does not begin with \\x93NUMPY and a version')],
    },
    without: { ...bytes, options: why.options },
  },
  {
    name: 'encodeNpz',
    valid: [{ x }],
    misuses: {
      tensor: noTensors,
      options: [
        ...badOptions([{ x }], { compress: 'boolean', deflate: 'own' }),
        ...deflates((deflate) => [{ x }, { deflate }]),
        type([{ x }, { compress: true, deflate: {} }], 'there is nothing to compress with: pass { deflate }'),
      ],
    },
    without: kept,
  },
  {
    name: 'decodeNpz',
    valid: [archive],
    dtypes: dtypes.float64,
    misuses: {
      value: [...noBytes, range([archive, { names: ['y'] }], 'there is no tensor "y" in the archive')],
      options: [
        ...badOptions([archive], { names: 'own', deflate: 'own', maxBytes: 'number' }),
        ...deflates((deflate) => [archive, { deflate }]),
        type([archive, { names: 'x' }], 'names must be an array of strings, got a value of type string'),
        type([archive, { names: null }], 'names must be an array of strings, got null'),
        range([archive, { maxBytes: -1 }], 'maxBytes must be a number from 0, got -1'),
        range([archive, { maxBytes: Number.NaN }], 'maxBytes must be a number from 0, got NaN'),
      ],
      empty: [range([new Uint8Array(0)], 'not a zip archive, or a truncated one: it has no end record')],
    },
    without: bytes,
  },
  {
    name: 'encodeSafetensors',
    valid: [{ x }],
    misuses: {
      tensor: [...noTensors, range([{ __metadata__: x }], 'no tensor can have the name __metadata__')],
      options: [
        ...badOptions([{ x }], { metadata: 'own' }),
        type([{ x }, { metadata: 'text' }], 'metadata must be an object of strings, got a value of type string'),
        type([{ x }, { metadata: null }], 'metadata must be an object of strings, got null'),
        type([{ x }, { metadata: { epoch: 3 } }], 'metadata "epoch" must be a string, got a value of type number'),
        range([{ x }, { metadata: { epoch: '\ud800' } }], 'metadata "epoch" is not well-formed text: "\\ud800"'),
      ],
    },
    without: kept,
  },
  {
    name: 'decodeSafetensors',
    valid: [encodeSafetensors({ x })],
    misuses: {
      value: noBytes,
      empty: [range([new Uint8Array(0)], 'not a safetensors file: 0 bytes, expected 8 or more')],
    },
    without: { ...bytes, options: why.options },
  },
];
