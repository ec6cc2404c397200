import { ones, tensor } from '../../../src/core/create.js';
import type * as api from '../../../src/index.js';
import { badOptions, dtypes, type Misuse, noTensor, noTensorList, type Row, range, type, v, why, x } from './row.js';

const moved = { dtype: why.accepted, finite: why.moved, empty: why.empty };
const whole = { ...moved, shape: why.anyShape, axis: why.axis, options: why.options };

function plain(...names: readonly (keyof typeof api)[]): Row[] {
  return names.map((name) => ({
    name,
    valid: [x],
    dtypes: dtypes.same,
    misuses: { tensor: noTensor([x]) },
    without: whole,
  }));
}

/** Axes as argument 1. */
function axesArgument(order: number): Misuse[] {
  return [
    type([x, '0'], "axes must be an axis or an array of axes, got '0'"),
    type([x, null], 'axes must be an axis or an array of axes, got null'),
    type([x, { axes: 0 }], 'axes must be an axis or an array of axes, got a value of type object'),
    type([x, [0, '1']], "axes must be an axis or an array of axes, got [0, '1']"),
    ...[order, -order - 1, 0.5, Number.NaN].map((axis) =>
      range([x, axis], `axis ${axis} is out of range for a tensor of order ${order}`),
    ),
  ];
}

/** A shape that is none, as argument 1. */
const badShape: readonly Misuse[] = [
  type([x, 6], 'the shape must be an array of sizes, got 6'),
  type([x, '6'], "the shape must be an array of sizes, got '6'"),
  type([x], 'the shape must be an array of sizes, got a value of type undefined'),
  type([x, v], 'the shape must be an array of sizes, got a value of type object'),
  type([x, [2, '3']], "sizes must be numbers, got [2, '3']"),
  range([x, [2, -3]], 'sizes must be non-negative integers, got [2, -3]'),
  range([x, [1.5, 4]], 'sizes must be non-negative integers, got [1.5, 4]'),
  range([x, [Number.NaN]], 'sizes must be non-negative integers, got [NaN]'),
];

export const rows: readonly Row[] = [
  ...plain('contiguous', 'ravel', 'stopGradient', 'flatten').map((row) =>
    row.name === 'flatten'
      ? { ...row, dtypes: undefined, without: { ...whole, dtype: 'gives a typed array, of the dtype' } }
      : row,
  ),
  {
    name: 'astype',
    valid: [x, 'float32'],
    misuses: {
      tensor: noTensor([x, 'float32']),
      dtype: [
        type([x, 'float16'], 'dtype must be float64, float32, int32 or bool, got float16'),
        type([x], 'dtype must be float64, float32, int32 or bool, got undefined'),
        type([x, 32], 'dtype must be float64, float32, int32 or bool, got 32'),
        type([x, 'toString'], 'dtype must be float64, float32, int32 or bool, got toString'),
      ],
    },
    without: { ...whole, dtype: undefined },
  },
  {
    name: 'reshape',
    valid: [x, [6]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, [6]]),
      shape: [
        ...badShape,
        range([x, [-1, -1]], 'only one size may be -1, got [-1, -1]'),
        range([x, [4]], 'cannot read the 6 elements of [2, 3] as [4]'),
        range([x, [-1, 4]], 'cannot read the 6 elements of [2, 3] as [-1, 4]'),
        range([x, [-1, 0]], 'cannot read the 6 elements of [2, 3] as [-1, 0]'),
      ],
    },
    without: { ...moved, axis: why.axis, options: why.options },
  },
  {
    name: 'broadcastTo',
    valid: [x, [2, 2, 3]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, [2, 3]]),
      shape: [
        ...badShape,
        range([x, [3, 3]], 'shapes [2, 3] and [3, 3] do not broadcast (2 and 3)'),
        range([x, [3]], '[2, 3] does not stretch to [3]'),
        range([x, [1, 3]], '[2, 3] does not stretch to [1, 3]'),
      ],
    },
    without: { ...moved, axis: why.axis, options: why.options },
  },
  {
    name: 'broadcastArrays',
    valid: [[x, v]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensorList(),
      shape: [range([[x, ones([2])]], 'shapes [2, 3] and [2] do not broadcast (3 and 2)')],
    },
    without: { ...moved, axis: why.axis, options: why.options },
  },
  {
    name: 'meshgrid',
    valid: [[v, v]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensorList(),
      shape: [range([[v, x]], 'needs vectors, got shape [2, 3]')],
      options: [
        ...badOptions([[v]], { indexing: 'string' }),
        range([[v], { indexing: 'yx' }], 'indexing must be xy or ij, got yx'),
      ],
    },
    without: { ...moved, axis: why.axis },
  },
  {
    name: 'squeeze',
    valid: [ones([1, 3])],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      shape: [
        range([x, 1], 'axis 1 of [2, 3] has size 3, not 1'),
        range([x, [0]], 'axis 0 of [2, 3] has size 2, not 1'),
      ],
      axis: [...axesArgument(2), range([ones([1, 3]), [0, -2]], 'axis 0 is named twice')],
    },
    without: { ...moved, options: why.options },
  },
  {
    name: 'expandDims',
    valid: [x, 0],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 0]),
      axis: [
        ...axesArgument(3),
        type([x], 'axes must be an axis or an array of axes, got a value of type undefined'),
        range([x, [0, -4]], 'axis 0 is named twice'),
      ],
    },
    without: { ...moved, shape: why.anyShape, options: why.options },
  },
  {
    name: 'transpose',
    valid: [x, [1, 0]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      axis: [
        ...axesArgument(2),
        range([x, [0]], 'axes [0] are not a permutation of the axes of [2, 3]'),
        range([x, 0], 'axes [0] are not a permutation of the axes of [2, 3]'),
        range([x, [1, 1]], 'axes [1, 1] are not a permutation of the axes of [2, 3]'),
        range([x, [0, 1, 0]], 'axes [0, 1, 0] are not a permutation of the axes of [2, 3]'),
        range([x, [0, 2]], 'axis 2 is out of range for a tensor of order 2'),
      ],
    },
    without: { ...moved, shape: why.anyShape, options: why.options },
  },
  {
    name: 'matrixTranspose',
    valid: [x],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      shape: [range([v], 'needs at least two axes, got [3]'), range([tensor(1)], 'needs at least two axes, got []')],
    },
    without: { ...moved, axis: why.axis, options: why.options },
  },
  {
    name: 'moveAxis',
    valid: [x, 0, 1],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 0, 1]),
      axis: [
        ...axesArgument(2).map(({ args, error }) => ({ args: [...args, 0], error })),
        type([x, 0, '1'], "axes must be an axis or an array of axes, got '1'"),
        type([x, 0], 'axes must be an axis or an array of axes, got a value of type undefined'),
        range([x, 0, 2], 'axis 2 is out of range for a tensor of order 2'),
        range([x, [0, 0], [0, 1]], 'axis 0 is named twice'),
        range([x, [0, 1], [1, -1]], 'axis 1 is named twice'),
        range([x, [0, 1], 0], '2 axes to move, 1 places to move them to'),
      ],
    },
    without: { ...moved, shape: why.anyShape, options: why.options },
  },
  {
    name: 'swapAxes',
    valid: [x, 0, 1],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 0, 1]),
      axis: [
        type([x, '0', 1], "an axis must be a number, got '0'"),
        type([x, 0], 'an axis must be a number, got a value of type undefined'),
        type([x, [0], 1], 'an axis must be a number, got [0]'),
        range([x, 2, 0], 'axis 2 is out of range for a tensor of order 2'),
        range([x, 0, -3], 'axis -3 is out of range for a tensor of order 2'),
        range([x, 0, 0.5], 'axis 0.5 is out of range for a tensor of order 2'),
      ],
    },
    without: { ...moved, shape: why.anyShape, options: why.options },
  },
  {
    name: 'flip',
    valid: [x],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x]),
      axis: [...axesArgument(2), range([x, [0, -2]], 'axis 0 is named twice')],
    },
    without: { ...moved, shape: why.anyShape, options: why.options },
  },
];
