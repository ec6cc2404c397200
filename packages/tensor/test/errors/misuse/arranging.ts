import { ones, tensor } from '../../../src/core/create.js';
import {
  badAxis,
  badOptions,
  dtypes,
  type Misuse,
  noTensor,
  noTensorList,
  type Row,
  range,
  type,
  v,
  why,
  x,
} from './row.js';

const moved = { dtype: why.accepted, finite: why.moved, empty: why.empty };
const whole = { ...moved, shape: why.anyShape, axis: why.axis, options: why.options };

const tooFew = ones([3]);
const triangular: readonly Misuse[] = [
  type([x, '1'], 'the diagonal must be a number, got a value of type string'),
  type([x, { k: 1 }], 'the diagonal must be a number, got a value of type object'),
  type([x, null], 'the diagonal must be a number, got null'),
  range([x, 0.5], 'the diagonal must be an integer, got 0.5'),
  range([x, Number.NaN], 'the diagonal must be an integer, got NaN'),
];

const diagonals: readonly Misuse[] = [
  range([x, { axes: [0] }], 'axes must be a pair, got 0'),
  range([x, { axes: [0, 1, 0] }], 'axes must be a pair, got 0,1,0'),
  range([x, { axes: 0 }], 'axes must be a pair, got 0'),
  range([x, { axes: [0, 2] }], 'axis 2 is out of range for a tensor of order 2'),
  range([x, { axes: [0, 0.5] }], 'axis 0.5 is out of range for a tensor of order 2'),
  range([x, { axes: [1, -1] }], 'axis 1 is named twice'),
];

function offsets(of: unknown): Misuse[] {
  return [
    range([of, { offset: 0.5 }], 'offset must be an integer, got 0.5'),
    range([of, { offset: Number.NaN }], 'offset must be an integer, got NaN'),
  ];
}

export const rows: readonly Row[] = [
  {
    name: 'roll',
    valid: [x, 1],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 1]),
      axis: [
        ...badAxis([x, 1], 2, 'axes'),
        range([x, 1, { axes: [0, 2] }], 'axis 2 is out of range for a tensor of order 2'),
      ],
      options: badOptions([x, 1], { axes: 'axes' }),
      value: [
        type([x, '1'], "the shift must be an integer or an array of integers, got '1'"),
        type([x, ['1']], "the shift must be an integer or an array of integers, got ['1']"),
        type([x], 'the shift must be an integer or an array of integers, got a value of type undefined'),
        range([x, 0.5], 'the shift must be an integer or an array of integers, got 0.5'),
        range([x, [Number.NaN]], 'the shift must be an integer or an array of integers, got [NaN]'),
        range([x, [1, 2]], '2 shifts for 1 axes'),
      ],
    },
    without: { ...moved, shape: why.anyShape },
  },
  {
    name: 'concat',
    valid: [[x, x]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensorList(),
      shape: [
        range([[x, ones([2, 4])]], 'shapes differ off axis 0: [2, 3], [2, 4]'),
        range([[x, v]], 'shapes differ off axis 0: [2, 3], [3]'),
      ],
      axis: [...badAxis([[x]], 2), range([[tensor(1)]], 'axis 0 is out of range for a tensor of order 0')],
      options: badOptions([[x]], { axis: 'number' }),
      empty: [range([[]], 'needs at least one tensor')],
    },
    without: { ...moved, empty: undefined },
  },
  {
    name: 'stack',
    valid: [[x, x]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensorList(),
      shape: [
        range([[x, ones([3, 3])]], 'shapes differ: [2, 3], [3, 3]'),
        range([[x, v]], 'shapes differ: [2, 3], [3]'),
      ],
      axis: badAxis([[x]], 3),
      options: badOptions([[x]], { axis: 'number' }),
      empty: [range([[]], 'needs at least one tensor')],
    },
    without: { ...moved, empty: undefined },
  },
  {
    name: 'split',
    valid: [x, 2],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 1]),
      axis: [...badAxis([x, 1], 2), range([tensor(1), 1], 'axis 0 is out of range for a tensor of order 0')],
      options: badOptions([x, 1], { axis: 'number' }),
      value: [
        type([x, '2'], 'expected a number of parts or an array of indices, got a value of type string'),
        type([x], 'expected a number of parts or an array of indices, got undefined'),
        range([x, 3], 'axis 0 of [2, 3] does not divide into 3 equal parts'),
        range([x, 0], 'axis 0 of [2, 3] does not divide into 0 equal parts'),
        range([x, -1], 'axis 0 of [2, 3] does not divide into -1 equal parts'),
        range([x, 0.5], 'axis 0 of [2, 3] does not divide into 0.5 equal parts'),
        range([x, Number.NaN], 'axis 0 of [2, 3] does not divide into NaN equal parts'),
        range([x, [0.5]], 'indices must be integers, got 0.5'),
        type([x, ['1']], "indices must be numbers, got '1'"),
      ],
    },
    without: { ...moved, shape: why.anyShape },
  },
  {
    name: 'unstack',
    valid: [x],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      axis: [...badAxis([x], 2), range([tensor(1)], 'axis 0 is out of range for a tensor of order 0')],
      options: badOptions([x], { axis: 'number' }),
    },
    without: { ...moved, shape: why.anyShape },
  },
  {
    name: 'tile',
    valid: [x, 2],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 2]),
      value: [
        type([x, '2'], "counts must be a number or an array of them, got '2'"),
        type([x], 'counts must be a number or an array of them, got a value of type undefined'),
        type([x, [1, '2']], "counts must be a number or an array of them, got [1, '2']"),
        range([x, -1], 'counts must be non-negative integers, got -1'),
        range([x, [1, 0.5]], 'counts must be non-negative integers, got 0.5'),
        range([x, Number.NaN], 'counts must be non-negative integers, got NaN'),
      ],
    },
    without: whole,
  },
  {
    name: 'repeat',
    valid: [x, 2],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 2]),
      axis: [...badAxis([x, 1], 2), range([tensor(1), 1], 'axis -1 is out of range for a tensor of order 0')],
      options: badOptions([x, 1], { axis: 'number' }),
      value: [
        type([x, '2'], 'expected a count or an array of them, got a value of type string'),
        type([x], 'expected a count or an array of them, got undefined'),
        range([x, [1, 2]], '2 counts for the 3 entries of axis 1'),
        range([x, -1], 'counts must be non-negative integers, got -1'),
        type([x, [1, 2, '1']], "counts must be numbers, got '1'"),
        range([x, [1, 2, 0.5]], 'counts must be non-negative integers, got 0.5'),
        range([x, Number.NaN], 'counts must be non-negative integers, got NaN'),
      ],
    },
    without: { ...moved, shape: why.anyShape },
  },
  {
    name: 'pad',
    valid: [x, 1],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 1]),
      options: [
        ...badOptions([x, 1], { mode: 'string', value: 'number' }),
        range([x, 1, { mode: 'mirror' }], 'mode must be constant, edge, reflect, symmetric, wrap, got mirror'),
        type([x, 1, { mode: 'edge', value: 1 }], 'value is for mode constant, the mode is edge'),
      ],
      value: [
        type([x, '1'], 'widths must be a number, a pair or an array of pairs, got a value of type string'),
        type([x], 'widths must be a number, a pair or an array of pairs, got undefined'),
        range([x, -1], 'widths must be non-negative integers, two an axis of [2, 3], got -1'),
        range([x, [0, 0.5]], 'widths must be non-negative integers, two an axis of [2, 3], got [0,0.5]'),
        range([x, [[1, 1]]], 'widths must be non-negative integers, two an axis of [2, 3], got [[1,1]]'),
        range([x, [[1, 1], [1]]], 'widths must be non-negative integers, two an axis of [2, 3], got [[1,1],[1]]'),
      ],
      empty: [range([ones([0]), 1, { mode: 'wrap' }], 'axis 0 of [0] has nothing for mode wrap')],
    },
    without: { dtype: why.accepted, shape: why.anyShape, axis: why.axis, finite: 'any number may be the constant' },
  },
  ...['tril', 'triu'].map((name) => ({
    name,
    valid: [x],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      shape: [range([tooFew], 'needs at least two axes, got [3]')],
      value: triangular,
    },
    without: { ...moved, axis: why.axis, options: why.options },
  })),
  ...['diagonal', 'trace'].map((name) => ({
    name,
    valid: [x],
    dtypes: name === 'trace' ? dtypes.number : dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      shape: [range([tooFew], 'needs at least two axes, got [3]')],
      axis: diagonals,
      options: badOptions([x], { offset: 'number', axes: 'axes' }),
      value: offsets(x),
    },
    without: moved,
  })),
  {
    name: 'diag',
    valid: [v],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([v]),
      shape: [
        range([tensor(1)], 'needs a vector or a matrix, got []'),
        range([ones([1, 1, 1])], 'needs a vector or a matrix, got [1, 1, 1]'),
      ],
      options: badOptions([v], { offset: 'number' }),
      value: [...offsets(v), ...offsets(x)],
    },
    without: { ...moved, axis: why.axis },
  },
  {
    name: 'diagflat',
    valid: [v],
    dtypes: dtypes.same,
    misuses: { tensor: noTensor([v]), options: badOptions([v], { offset: 'number' }), value: offsets(v) },
    without: { ...moved, shape: why.anyShape, axis: why.axis },
  },
];
