import { ones, tensor, zeros } from '../../../src/core/create.js';
import {
  badAxis,
  badOptions,
  dtypes,
  type Misuse,
  noOperand,
  noTensor,
  type Row,
  range,
  type,
  v,
  why,
  x,
} from './row.js';

const moved = { dtype: why.accepted, finite: why.moved };
const bool = tensor([true, false]);

/** Indices into axis 0 of x, as argument 1. */
function badIndices(rest: readonly unknown[] = []): Misuse[] {
  return [
    type([x, 0, ...rest], 'expected an array or a tensor of indices, got a value of type number'),
    type([x, undefined, ...rest], 'expected an array or a tensor of indices, got undefined'),
    type([x, '01', ...rest], 'expected an array or a tensor of indices, got a value of type string'),
    type([x, ['0'], ...rest], 'indices must be numbers, got a value of type string at position 0'),
    range([x, [0, 2], ...rest], 'index 2 at position 1 is out of range for axis 0 of [2, 3]'),
    range([x, [-3], ...rest], 'index -3 at position 0 is out of range for axis 0 of [2, 3]'),
    range([x, [0.5], ...rest], 'index 0.5 at position 0 is out of range for axis 0 of [2, 3]'),
    range([x, [Number.NaN], ...rest], 'index NaN at position 0 is out of range for axis 0 of [2, 3]'),
    range(
      [
        x,
        tensor([
          [0, 1],
          [0, 2],
        ]),
        ...rest,
      ],
      'index 2 at position [1, 1] is out of range for axis 0 of [2, 3]',
    ),
  ];
}

export const rows: readonly Row[] = [
  {
    name: 'slice',
    valid: [x, [0]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, [0]]),
      shape: [range([x, [0, 0, 0]], '3 ranges for a tensor of shape [2, 3]')],
      options: [
        type([x, [{ start: 0, end: 1 }]], 'unknown option end; it takes start, stop, step'),
        type([x, [{ start: '0' }]], "start must be a number, got '0'"),
        type([x, [{ stop: null }]], 'stop must be a number, got null'),
        type([x, [{ steps: 1 }]], 'unknown option steps; did you mean step?'),
      ],
      value: [
        type([x, 0], 'expected an array of ranges, got a value of type number'),
        type([x], 'expected an array of ranges, got undefined'),
        type([x, { start: 1 }], 'expected an array of ranges, got a value of type object'),
        type([x, [[0, 1]]], 'expected an index, { start, stop, step } or undefined for axis 0'),
        type([x, [null]], 'expected an index, { start, stop, step } or undefined for axis 0'),
        type([x, [0, '1']], 'expected an index, { start, stop, step } or undefined for axis 1'),
        range([x, [2]], 'index 2 is out of range for axis 0 of [2, 3]'),
        range([x, [{}, -4]], 'index -4 is out of range for axis 1 of [2, 3]'),
        range([x, [0.5]], 'index 0.5 is out of range for axis 0 of [2, 3]'),
        range([x, [Number.NaN]], 'index NaN is out of range for axis 0 of [2, 3]'),
        range([x, [{ step: 0 }]], 'the step must be an integer other than 0, got 0'),
        range([x, [{ step: 0.5 }]], 'the step must be an integer other than 0, got 0.5'),
        range([x, [{ start: 0.5 }]], 'bounds must be integers, got 0.5'),
        range([x, [{ stop: Number.NaN }]], 'bounds must be integers, got NaN'),
      ],
    },
    without: { ...moved, axis: 'ranges stand in the order of the axes', empty: why.empty },
  },
  {
    name: 'take',
    valid: [x, [0]],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, [0]]),
      dtype: [type([x, bool], 'indices must be numbers, got a tensor of bool')],
      axis: [...badAxis([x, [0]], 2), range([tensor(1), [0]], 'axis 0 is out of range for a tensor of order 0')],
      options: badOptions([x, [0]], { axis: 'number' }),
      empty: [range([zeros([0]), [0]], 'index 0 at position 0 is out of range for axis 0 of [0]')],
      value: [
        ...badIndices(),
        range([x, [0, 3], { axis: 1 }], 'index 3 at position 1 is out of range for axis 1 of [2, 3]'),
      ],
    },
    without: { shape: why.anyShape, finite: why.moved },
  },
  {
    name: 'scatterAdd',
    valid: [x, [0], 1],
    dtypes: dtypes.number,
    misuses: {
      tensor: [...noTensor([x, [0], 1]), ...noOperand([x, [0], 1], [2])],
      dtype: [type([x, bool, 1], 'indices must be numbers, got a tensor of bool')],
      shape: [
        range([x, [0, 1], ones([2])], 'updates [2] do not stretch to [2, 3]'),
        range([x, [0, 1], ones([1, 2, 3])], 'updates [1, 2, 3] do not stretch to [2, 3]'),
      ],
      axis: [...badAxis([x, [0], 1], 2), range([tensor(1), [0], 1], 'axis 0 is out of range for a tensor of order 0')],
      options: badOptions([x, [0], 1], { axis: 'number' }),
      empty: [range([zeros([0]), [0], 1], 'index 0 at position 0 is out of range for axis 0 of [0]')],
      value: badIndices([1]),
    },
    without: { finite: why.ieee },
  },
  ...['takeAlongAxis', 'gather'].map((name) => ({
    name,
    valid: [x, tensor([[0], [2]])],
    misuses: {
      tensor: noTensor([x, tensor([[0], [2]])], [0, 1]),
      dtype: [type([x, tensor([[true], [false]])], 'indices must be numbers, got a tensor of bool')],
      shape: [
        range([x, v], 'orders differ: x is [2, 3], indices are [3]'),
        range([x, zeros([3, 1])], 'shapes [2, 1] and [3, 1] do not broadcast (2 and 3)'),
      ],
      axis: [
        ...badAxis([x, zeros([1, 1])], 2),
        range([tensor(1), tensor(0)], 'axis -1 is out of range for a tensor of order 0'),
      ],
      options: badOptions([x, zeros([1, 1])], { axis: 'number' }),
      empty: [range([zeros([0]), tensor([0])], 'index 0 at position 0 is out of range for axis 0 of [0]')],
      value: [
        range([x, tensor([[3]])], 'index 3 at position [0, 0] is out of range for axis 1 of [2, 3]'),
        range([x, tensor([[-4]])], 'index -4 at position [0, 0] is out of range for axis 1 of [2, 3]'),
        range([x, tensor([[0.5]])], 'index 0.5 at position [0, 0] is out of range for axis 1 of [2, 3]'),
      ],
    },
    without: { finite: why.moved },
  })),
  {
    name: 'oneHot',
    valid: [tensor([0, 1]), 2],
    misuses: {
      tensor: noTensor([v, 2]),
      dtype: [type([bool, 2], 'indices must be numbers, got a tensor of bool')],
      options: badOptions([v, 2], { dtype: 'dtype' }),
      empty: [range([v, 0], 'index 1 at position 0 is out of range for a depth of 0')],
      value: [
        type([v, '2'], "depth must be a number, got '2'"),
        type([v], 'depth must be a number, got a value of type undefined'),
        range([v, -1], 'depth must be a non-negative integer, got -1'),
        range([v, 1.5], 'depth must be a non-negative integer, got 1.5'),
        range([v, Number.NaN], 'depth must be a non-negative integer, got NaN'),
        range([v, 1], 'index 1 at position 0 is out of range for a depth of 1'),
        range([tensor([-1]), 2], 'index -1 at position 0 is out of range for a depth of 2'),
        range([tensor([[0.5]]), 2], 'index 0.5 at position [0, 0] is out of range for a depth of 2'),
        range([tensor(Number.NaN), 2], 'index NaN at position [] is out of range for a depth of 2'),
      ],
    },
    without: { shape: why.anyShape, axis: why.axis, finite: 'an index that is not finite is out of range' },
  },
  {
    name: 'nonzero',
    valid: [x],
    dtypes: dtypes.int32,
    misuses: { tensor: noTensor([x]) },
    without: { ...moved, shape: why.anyShape, axis: why.axis, options: why.options, empty: why.empty },
  },
];
