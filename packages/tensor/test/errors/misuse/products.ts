import { ones, tensor } from '../../../src/core/create.js';
import { badOptions, dtypes, type Misuse, noOperand, noTensor, type Row, range, type, v, why, x } from './row.js';

const plain = { dtype: why.accepted, axis: why.axis, options: why.options, finite: why.ieee, empty: why.empty };
const y = ones([3, 2]);

/** A specification that is wrong, for `operands`. */
function badSpecs(operands: readonly unknown[]): Misuse[] {
  return [
    range(['ij->i->j', ...operands], 'more than one ->: "ij->i->j"'),
    range(['i1,jk', ...operands], '1 is neither a letter nor one of , ... ->: "i1,jk"'),
    range(['i.j,jk', ...operands], 'a dot that is not one of three: "i.j,jk"'),
    range(['...i...,jk', ...operands], 'more than one ellipsis in a term: "...i...,jk"'),
    range(['ij', ...operands], '1 operand specified, 2 given: "ij"'),
    range(['ij,jk,kl', ...operands], '3 operands specified, 2 given: "ij,jk,kl"'),
    range(['ij,jk->ii', ...operands], 'index i stands twice in the output: "ij,jk->ii"'),
    range(['ij,jk->il', ...operands], 'index l of the output is in no operand: "ij,jk->il"'),
    range(
      ['i...,jk->ij', ...operands],
      'the output has no ellipsis for the axes under those of operands: "i...,jk->ij"',
    ),
  ];
}

function badSizes(operands: readonly unknown[]): Misuse[] {
  return [
    range(['i,jk', ...operands], '1 index for operand 0 of shape [2, 3]: "i"'),
    range(['ij,...jkl', ...operands], '3 indices for operand 1 of shape [3, 2]: "...jkl"'),
    range(['ij,ik', ...operands], 'sizes of index i differ: 2 in operand 0, 3 in operand 1'),
    range(['ii,jk', ...operands], 'sizes of index i differ: 2 in operand 0, 3 in operand 0'),
    range(['...,...', ...operands], 'sizes of axis -2 under the ellipsis differ: 2 in operand 0, 3 in operand 1'),
  ];
}

const noSpec = (operands: readonly unknown[]): Misuse[] => [
  type([undefined, ...operands], 'expected a specification, got undefined'),
  type([x, ...operands], 'expected a specification, got a tensor'),
  type([['ij'], ...operands], 'expected a specification, got an array; make a tensor of it with tensor(…)'),
];

export const rows: readonly Row[] = [
  {
    name: 'matmul',
    valid: [x, y],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x, y], [0, 1]),
      shape: [
        range([x, x], 'inner dimensions differ: a is [2, 3], b is [2, 3]'),
        range([x, ones([2])], 'inner dimensions differ: a is [2, 3], b is [2]'),
        range([v, x], 'inner dimensions differ: a is [3], b is [2, 3]'),
        range([v, ones([2])], 'inner dimensions differ: a is [3], b is [2]'),
        range([ones([2, 1, 3]), ones([4, 3, 1])], 'shapes [2] and [4] do not broadcast (2 and 4)'),
        range([tensor(1), x], 'operands need at least one axis: a is [], b is [2, 3]'),
        range([x, tensor(1)], 'operands need at least one axis: a is [2, 3], b is []'),
      ],
    },
    without: plain,
  },
  {
    name: 'dot',
    valid: [v, v],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([v, v], [0, 1]),
      shape: [
        range([x, v], 'needs two vectors: a is [2, 3], b is [3]; see matmul'),
        range([v, tensor(1)], 'needs two vectors: a is [3], b is []; see matmul'),
        range([ones([2]), v], 'sizes differ: a is [2], b is [3]'),
      ],
    },
    without: plain,
  },
  {
    name: 'vdot',
    valid: [x, y],
    dtypes: dtypes.floating,
    misuses: { tensor: noTensor([x, y], [0, 1]), shape: [range([x, v], 'sizes differ: a is [2, 3], b is [3]')] },
    without: plain,
  },
  {
    name: 'inner',
    valid: [x, v],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x, v], [0, 1]),
      shape: [range([x, ones([2])], 'last sizes differ: a is [2, 3], b is [2]')],
    },
    without: plain,
  },
  ...['outer', 'kron'].map((name) => ({
    name,
    valid: [x, v],
    dtypes: dtypes.number,
    misuses: { tensor: noTensor([x, v], [0, 1]) },
    without: { ...plain, shape: why.anyShape },
  })),
  {
    name: 'tensordot',
    valid: [x, x],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x, x], [0, 1]),
      shape: [
        range([x, y], 'sizes of axis 0 of a and axis 0 of b differ: a is [2, 3], b is [3, 2]'),
        range([x, x, { axes: 1 }], 'sizes of axis 1 of a and axis 0 of b differ: a is [2, 3], b is [2, 3]'),
        range([x, v], '2 axes to sum over: a is [2, 3], b is [3]'),
      ],
      axis: [
        range([x, x, { axes: 3 }], '3 axes to sum over: a is [2, 3], b is [2, 3]'),
        range([x, x, { axes: -1 }], '-1 axes to sum over: a is [2, 3], b is [2, 3]'),
        range([x, x, { axes: 0.5 }], '0.5 axes to sum over: a is [2, 3], b is [2, 3]'),
        range([x, x, { axes: Number.NaN }], 'NaN axes to sum over: a is [2, 3], b is [2, 3]'),
        range([x, x, { axes: [2, 0] }], 'axis 2 is out of range for a tensor of order 2'),
        range([x, x, { axes: [0, -3] }], 'axis -3 is out of range for a tensor of order 2'),
        range(
          [
            x,
            x,
            {
              axes: [
                [0, -2],
                [0, 1],
              ],
            },
          ],
          'axis 0 is named twice',
        ),
        range([x, x, { axes: [[0, 1], [0]] }], '2 axes of a against 1 axes of b'),
        type([x, x, { axes: '1' }], 'axes must be a number or a pair of lists of axes'),
        type([x, x, { axes: [0] }], 'axes must be a number or a pair of lists of axes'),
        type([x, x, { axes: ['0', 0] }], 'axes must be a number or a pair of lists of axes'),
        type([x, x, { axes: [['0'], [0]] }], "an axis must be a number, got '0'"),
      ],
      options: badOptions([x, x], { axes: 'own' }),
    },
    without: { dtype: why.accepted, finite: why.ieee, empty: why.empty },
  },
  {
    name: 'einsum',
    valid: ['ij,jk->ik', x, y],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noOperand(['ij,jk', x, y], [1, 2]),
      shape: [...badSizes([x, y]), range(['i', 1], '1 index for operand 0 of shape []: "i"')],
      empty: [range(['i'], '1 operand specified, 0 given: "i"')],
      value: [...noSpec([x, y]), ...badSpecs([x, y])],
    },
    without: { dtype: why.accepted, axis: 'indices are letters', options: why.options, finite: why.ieee },
  },
  {
    name: 'einsumPath',
    valid: ['ij,jk->ik', [2, 3], [3, 2]],
    misuses: {
      shape: [
        type(['i', 2], 'the shape must be an array of sizes, got 2'),
        type(['i', x], 'the shape must be an array of sizes, got a value of type object'),
        type(['i', ['2']], "sizes must be numbers, got ['2']"),
        range(['i', [-1]], 'sizes must be non-negative integers, got [-1]'),
        ...badSizes([
          [2, 3],
          [3, 2],
        ]),
      ],
      empty: [range(['i'], '1 operand specified, 0 given: "i"')],
      value: [
        ...noSpec([
          [2, 3],
          [3, 2],
        ]),
        ...badSpecs([
          [2, 3],
          [3, 2],
        ]),
      ],
    },
    without: {
      tensor: 'takes shapes',
      dtype: 'takes shapes',
      axis: 'indices are letters',
      options: why.options,
      finite: 'takes shapes',
    },
  },
];
