import { badOptions, noTensor, type Row, range, type, why, x } from './row.js';

const nd = { data: Float64Array.of(1, 2, 3), shape: [3], stride: [1], offset: 0 };
const array = 'an array; make a tensor of it with tensor(…)';

export const rows: readonly Row[] = [
  {
    name: 'fromNdarray',
    valid: [nd],
    misuses: {
      tensor: [
        type([x], 'the argument is a tensor already'),
        type([], 'expected an ndarray (data, shape, stride and offset), got undefined'),
        type([null], 'expected an ndarray (data, shape, stride and offset), got null'),
        type([[1]], `expected an ndarray (data, shape, stride and offset), got ${array}`),
        type(
          [{ data: nd.data, shape: [3] }],
          'expected an ndarray (data, shape, stride and offset), got a value of type object',
        ),
      ],
      dtype: [
        type([{ ...nd, data: 'abc' }], 'data is neither a typed array, an array nor a store with get and length'),
        type(
          [{ ...nd, data: new DataView(new ArrayBuffer(24)) }],
          'data is neither a typed array, an array nor a store with get and length',
        ),
        range(
          [{ ...nd, data: Uint8Array.of(0, 1, 2) }],
          'a Uint8Array is read as bool and must hold 0 and 1, got 2; say which dtype it is to become',
        ),
        type([{ ...nd, data: [1, 'a', 2] }], 'expected a number or boolean at 1 of data, got a value of type string'),
      ],
      shape: [
        type([{ ...nd, shape: 3 }], 'shape must be an array, got a value of type number'),
        range([{ ...nd, shape: [-1] }], 'sizes must be non-negative integers, got [-1]'),
        type([{ ...nd, shape: ['3'] }], "sizes must be numbers, got ['3']"),
        range([{ ...nd, stride: [1, 1] }], 'stride must be 1 integers for shape [3], got 1,1'),
        range([{ ...nd, stride: [0.5] }], 'stride must be 1 integers for shape [3], got 0.5'),
        range([{ ...nd, stride: 1 }], 'stride must be 1 integers for shape [3], got 1'),
        range([{ ...nd, offset: 0.5 }], 'offset must be an integer, got 0.5'),
        range([{ ...nd, offset: Number.NaN }], 'offset must be an integer, got NaN'),
        range([{ ...nd, offset: 1 }], 'shape [3], stride [1] and offset 1 leave the 3 elements of data'),
        range([{ ...nd, stride: [-1] }], 'shape [3], stride [-1] and offset 0 leave the 3 elements of data'),
      ],
      options: badOptions([nd], { dtype: 'dtype' }),
    },
    without: { axis: why.axis, finite: 'any number is a value', empty: why.empty },
  },
  {
    name: 'toNdarray',
    valid: [x],
    misuses: {
      tensor: noTensor([x]),
      value: [
        type([x, {}], 'expected the function that makes ndarrays, got a value of type object'),
        type([x, null], 'expected the function that makes ndarrays, got null'),
        type([x, x], 'expected the function that makes ndarrays, got a tensor'),
      ],
    },
    without: {
      dtype: 'all, on the same memory',
      shape: why.anyShape,
      axis: why.axis,
      options: why.options,
      finite: why.moved,
      empty: why.empty,
    },
  },
];
