import { eye, ones, tensor, zeros } from '../../../src/core/create.js';
import { badAxes, badOptions, dtypes, type Misuse, noTensor, type Row, range, type, v, why, x } from './row.js';

const square = eye(2);
const bad = Number.NaN;
const none = { dtype: why.accepted, axis: why.axis, options: why.options, empty: why.empty };

const notMatrix: readonly Misuse[] = [
  range([v], 'needs a matrix: a is [3]'),
  range([tensor(1)], 'needs a matrix: a is []'),
];
const notSquare: readonly Misuse[] = [
  ...notMatrix,
  range([x], 'the matrix is not square: a is [2, 3]'),
  range([ones([4, 3, 2])], 'the matrix is not square: a is [4, 3, 2]'),
];

/** Elements that are not finite, by index. */
function notFinite(...rest: readonly unknown[]): Misuse[] {
  return [
    range(
      [
        tensor([
          [1, bad],
          [0, 1],
        ]),
        ...rest,
      ],
      'the matrix is not finite: element [0, 1] is NaN',
    ),
    range(
      [
        tensor([
          [1, 0],
          [Number.POSITIVE_INFINITY, 1],
        ]),
        ...rest,
      ],
      'the matrix is not finite: element [1, 0] is Infinity',
    ),
    range(
      [
        tensor([
          [1, 0],
          [0, Number.NEGATIVE_INFINITY],
        ]),
        ...rest,
      ],
      'the matrix is not finite: element [1, 1] is -Infinity',
    ),
  ];
}

const stacked = range([tensor([[[1]], [[bad]]])], 'the matrix is not finite: element [1, 0, 0] is NaN');

function ofSquare(name: string, value: readonly Misuse[] = []): Row {
  return {
    name,
    valid: [square],
    dtypes: dtypes.floating,
    misuses: { tensor: noTensor([square]), shape: notSquare, finite: [...notFinite(), stacked], value },
    without: none,
  };
}

/** a·x = b. */
function systems(): Misuse[] {
  return [
    range([v, v], 'needs a matrix: a is [3]'),
    range([x, v], 'the matrix is not square: a is [2, 3]'),
    range([square, v], 'rows of a and b differ: a is [2, 2], b is [3]'),
    range([square, tensor(1)], 'rows of a and b differ: a is [2, 2], b is []'),
    range([square, ones([3, 2])], 'rows of a and b differ: a is [2, 2], b is [3, 2]'),
    range([ones([2, 1, 1]), ones([3, 1, 1])], 'shapes [2] and [3] do not broadcast (2 and 3)'),
  ];
}

function tolerance(call: (value: unknown) => unknown[], option: string): Misuse[] {
  return [range(call(bad), `${option} is negative or NaN: NaN`), range(call(-1), `${option} is negative or NaN: -1`)];
}

const singular = 'the matrix is singular: pivot 1 is 0';
const ord = "must be a number, 'fro', 'nuc', 'inf' or '-inf', got";

export const rows: readonly Row[] = [
  ofSquare('cholesky', [
    range([tensor([[-1]])], 'the matrix is not positive definite: pivot 0 is -1'),
    range([tensor([[[1]], [[0]]])], 'matrix [1] of the stack is not positive definite: pivot 0 is 0'),
  ]),
  ofSquare('det'),
  ofSquare('slogdet'),
  ofSquare('eigh'),
  ofSquare('eigvalsh'),
  ofSquare('expm'),
  ofSquare('inv', [
    range([ones([2, 2])], singular),
    range([zeros([2, 1, 1])], 'matrix [0] of the stack is singular: pivot 0 is 0'),
  ]),
  {
    name: 'matrixPower',
    valid: [square, 2],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([square, 2]),
      shape: notSquare.map(({ args, error }) => ({ args: [...args, 2], error })),
      finite: notFinite(-1),
      value: [
        type([square, '2'], 'n must be a number, got a value of type string'),
        type([square], 'n must be a number, got undefined'),
        type([square, square], 'n must be a number, got a tensor'),
        range([square, 0.5], 'n must be an integer, got 0.5'),
        range([square, bad], 'n must be an integer, got NaN'),
        range([square, Number.POSITIVE_INFINITY], 'n must be an integer, got Infinity'),
        range([ones([2, 2]), -1], singular),
      ],
    },
    without: none,
  },
  {
    name: 'solve',
    valid: [square, ones([2])],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([square, ones([2])], [0, 1]),
      shape: systems(),
      finite: notFinite(ones([2])),
      value: [range([ones([2, 2]), ones([2])], singular)],
    },
    without: none,
  },
  {
    name: 'triangularSolve',
    valid: [square, ones([2])],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([square, ones([2])], [0, 1]),
      shape: systems(),
      options: badOptions([square, ones([2])], { lower: 'boolean', transpose: 'boolean', unitDiagonal: 'boolean' }),
      value: [range([zeros([2, 2]), ones([2])], 'the matrix is singular: diagonal entry 0 is 0')],
    },
    without: { dtype: why.accepted, axis: why.axis, finite: 'documented: follows IEEE 754', empty: why.empty },
  },
  {
    name: 'lstsq',
    valid: [x, ones([2])],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x, ones([2])], [0, 1]),
      shape: [
        range([v, v], 'needs a [m, n] and b [m] or [m, k]: a is [3], b is [3]'),
        range([x, v], 'needs a [m, n] and b [m] or [m, k]: a is [2, 3], b is [3]'),
        range([x, tensor(1)], 'needs a [m, n] and b [m] or [m, k]: a is [2, 3], b is []'),
        range([ones([1, 2, 3]), ones([2])], 'needs a [m, n] and b [m] or [m, k]: a is [1, 2, 3], b is [2]'),
      ],
      options: [
        ...badOptions([x, ones([2])], { rcond: 'number' }),
        ...tolerance((rcond) => [x, ones([2]), { rcond }], 'rcond'),
      ],
      finite: [
        ...notFinite(ones([2])),
        range([square, tensor([1, bad])], 'the right-hand side is not finite: element [1, 0] is NaN'),
      ],
    },
    without: { dtype: why.accepted, axis: why.axis, empty: why.empty },
  },
  {
    name: 'pinv',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x]),
      shape: notMatrix,
      options: [...badOptions([x], { rcond: 'number' }), ...tolerance((rcond) => [x, { rcond }], 'rcond')],
      finite: [...notFinite(), stacked],
    },
    without: { dtype: why.accepted, axis: why.axis, empty: why.empty },
  },
  {
    name: 'matrixRank',
    valid: [x],
    dtypes: dtypes.int32,
    misuses: {
      tensor: noTensor([x]),
      options: [
        ...badOptions([x], { tol: 'number', rtol: 'number' }),
        ...tolerance((tol) => [x, { tol }], 'tol'),
        ...tolerance((rtol) => [x, { rtol }], 'rtol'),
        range([x, { tol: 1, rtol: 1 }], 'both tol and rtol are given: 1, 1'),
      ],
      finite: [...notFinite(), stacked],
    },
    without: { dtype: why.accepted, shape: why.anyShape, axis: why.axis, empty: why.empty },
  },
  {
    name: 'cond',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x]),
      shape: [...notMatrix, range([x, { p: 1 }], 'the matrix is not square: a is [2, 3]')],
      options: [
        ...badOptions([x], { p: 'own' }),
        range([x, { p: 'two' }], `p ${ord} two`),
        range([x, { p: null }], `p ${ord} null`),
        range([square, { p: bad }], `p ${ord} NaN`),
        range([square, { p: 3 }], "a matrix has the norms 1, -1, 2, -2, 'inf', '-inf', 'fro' and 'nuc', got 3"),
        type([x, { ord: 2 }], 'unknown option ord; it takes p'),
      ],
      finite: [...notFinite(), ...notFinite({ p: 1 }), stacked],
      empty: [range([zeros([0, 2])], 'a matrix without elements has no condition: a is [0, 2]')],
    },
    without: { dtype: why.accepted, axis: why.axis },
  },
  {
    name: 'norm',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x]),
      shape: [
        range([v, { ord: 'nuc' }], "ord 'nuc' needs two axes: x is [3]"),
        range([ones([1, 2, 3]), { ord: 1 }], 'with ord one or two axes are needed: x is [1, 2, 3], axes are [0, 1, 2]'),
      ],
      axis: badAxes([x], 2),
      options: [
        ...badOptions([x], { ord: 'own', axes: 'axes', keepDims: 'boolean' }),
        range([x, { ord: 'two' }], `ord ${ord} two`),
        range([x, { ord: bad }], `ord ${ord} NaN`),
        range([x, { ord: null }], `ord ${ord} null`),
        range([x, { ord: 3 }], "a matrix has the norms 1, -1, 2, -2, 'inf', '-inf', 'fro' and 'nuc', got 3"),
      ],
      finite: [...notFinite({ ord: 2 }), ...notFinite({ ord: 'nuc' })],
      empty: [
        range([zeros([0]), { ord: -1 }], 'ord -1 of no elements: x is [0], axes are [0]'),
        range([zeros([0, 2]), { ord: -1 }], 'ord -1 of a matrix without elements: [0, 2]'),
      ],
    },
    without: { dtype: why.accepted },
  },
  {
    name: 'qr',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x]),
      shape: notMatrix,
      options: [
        ...badOptions([x], { mode: 'string' }),
        range([x, { mode: 'full' }], "mode must be 'reduced' or 'complete', got full"),
      ],
      finite: [...notFinite(), stacked],
    },
    without: { dtype: why.accepted, axis: why.axis, empty: why.empty },
  },
  {
    name: 'svd',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: {
      tensor: noTensor([x]),
      shape: notMatrix,
      options: badOptions([x], { fullMatrices: 'boolean' }),
      finite: [...notFinite(), stacked],
    },
    without: { dtype: why.accepted, axis: why.axis, empty: why.empty },
  },
  {
    name: 'svdvals',
    valid: [x],
    dtypes: dtypes.floating,
    misuses: { tensor: noTensor([x]), shape: notMatrix, finite: [...notFinite(), stacked] },
    without: none,
  },
];
