import { tensor } from '../../../src/core/create.js';
import { badOptions, dtypes, type Misuse, noTensor, type Row, range, type, why, x } from './row.js';

const array = 'an array; make a tensor of it with tensor(…)';

/** A shape that is none, as argument 0. */
function badShape(rest: readonly unknown[] = []): Misuse[] {
  return [
    type([3, ...rest], 'the shape must be an array of sizes, got 3'),
    type(['3', ...rest], "the shape must be an array of sizes, got '3'"),
    type([undefined, ...rest], 'the shape must be an array of sizes, got a value of type undefined'),
    type([null, ...rest], 'the shape must be an array of sizes, got null'),
    type([[2, '3'], ...rest], "sizes must be numbers, got [2, '3']"),
    range([[2, -1], ...rest], 'sizes must be non-negative integers, got [2, -1]'),
    range([[1.5], ...rest], 'sizes must be non-negative integers, got [1.5]'),
    range([[Number.NaN], ...rest], 'sizes must be non-negative integers, got [NaN]'),
    range([[Number.POSITIVE_INFINITY], ...rest], 'sizes must be non-negative integers, got [Infinity]'),
  ];
}

function badCount(name: string, call: (count: unknown) => unknown[]): Misuse[] {
  return [
    type(call('3'), `${name} must be a number, got '3'`),
    type(call([3]), `${name} must be a number, got [3]`),
    range(call(-1), `${name} must be a non-negative integer, got -1`),
    range(call(1.5), `${name} must be a non-negative integer, got 1.5`),
    range(call(Number.NaN), `${name} must be a non-negative integer, got NaN`),
  ];
}

const made = { tensor: why.noTensor, dtype: why.noTensor, axis: why.axis, empty: 'makes empty tensors too' };
const values = { finite: 'any number is a value' };
const like = { dtype: why.accepted, shape: why.anyShape, axis: why.axis, empty: why.empty, ...values };
const dtype = { dtype: 'dtype' } as const;

export const rows: readonly Row[] = [
  {
    name: 'tensor',
    valid: [[1, 2]],
    misuses: {
      tensor: [
        type([x], 'the argument is a tensor already'),
        type([[x, x]], 'expected a number or boolean at [0], got a tensor; join tensors with stack(…)'),
      ],
      dtype: [
        type(
          [BigInt64Array.of(1n)],
          'there is no dtype for bigints; convert them first, as in Array.from(values, Number)',
        ),
        type([new DataView(new ArrayBuffer(8))], 'a DataView does not say what it holds; make a typed array of it'),
        type([new ArrayBuffer(8)], 'an ArrayBuffer does not say what it holds; make a typed array of it'),
        range(
          [Uint8Array.of(1, 2)],
          'a Uint8Array is read as bool and must hold 0 and 1, got 2 at 1; say which dtype it is to become',
        ),
      ],
      shape: [
        ...badShape().map(({ args, error }) => ({
          args: [[1], args[0] === undefined ? {} : args[0]],
          error:
            args[0] === undefined
              ? new TypeError('the shape must be an array of sizes, got a value of type object')
              : error,
        })),
        range([[1, 2], [3]], 'shape [3] needs 3 elements, got 2'),
        range([[[1, 2], [3]]], 'rows differ: expected 2 elements at [1] for shape [2, 2], got an array of 1'),
        range([[[1], 2]], 'rows differ: expected 1 elements at [1] for shape [2, 1], got 2'),
        range([[1, [2]]], 'rows differ: expected a number at [1] for shape [2], got an array of 1'),
      ],
      options: badOptions([[1], [1]], dtype),
      value: [
        type([], 'expected a number or boolean at the top, got undefined'),
        type([null], 'expected a number or boolean at the top, got null'),
        type(['1'], 'expected a number or boolean at the top, got a value of type string'),
        type([{}], 'expected a number or boolean at the top, got a value of type object'),
        type([[1, 'a']], 'expected a number or boolean at [1], got a value of type string'),
        type([[[1, null]]], 'expected a number or boolean at [0][1], got null'),
        type([[1, 2n]], 'expected a number or boolean at [1], got a value of type bigint'),
      ],
    },
    without: { axis: why.axis, empty: 'makes empty tensors too', ...values },
  },
  {
    name: 'full',
    valid: [[2], 1],
    misuses: {
      shape: badShape([1]),
      options: badOptions([[2], 1], dtype),
      value: [
        type([[2], '1'], 'expected a number, got a value of type string'),
        type([[2]], 'expected a number, got undefined'),
        type([[2], [1]], `expected a number, got ${array}`),
        type([[2], x], 'expected a number, got a tensor'),
      ],
    },
    without: { ...made, ...values },
  },
  ...['zeros', 'ones'].map((name) => ({
    name,
    valid: [[2]],
    misuses: {
      shape: [...badShape(), range([[1e6, 1e6]], '1000000000000 elements are more than a typed array holds')],
      options: badOptions([[2]], dtype),
    },
    without: { ...made, ...values },
  })),
  {
    name: 'fullLike',
    valid: [x, 1],
    dtypes: dtypes.same,
    misuses: {
      tensor: noTensor([x, 1]),
      options: badOptions([x, 1], dtype),
      value: [
        type([x, '1'], 'expected a number, got a value of type string'),
        type([x], 'expected a number, got undefined'),
      ],
    },
    without: like,
  },
  ...['zerosLike', 'onesLike'].map((name) => ({
    name,
    valid: [x],
    dtypes: dtypes.same,
    misuses: { tensor: noTensor([x]) },
    without: { ...like, options: 'takes none, so that it can be handed to map' },
  })),
  {
    name: 'eye',
    valid: [2],
    misuses: {
      shape: [...badCount('n', (n) => [n]), range([1e6], '1000000000000 elements are more than a typed array holds')],
      options: badOptions([2], dtype),
    },
    without: { ...made, ...values },
  },
  {
    name: 'arange',
    valid: [3],
    misuses: {
      value: [
        type(['3'], 'expected a number, got a value of type string'),
        type([], 'expected a number, got undefined'),
        type([0, '3'], 'expected a number, got a value of type string'),
        type([0, 3, '1'], 'expected a number, got a value of type string'),
        type([x], 'expected a number, got a tensor'),
        type([0, { dtype: 'int32' }, 2], 'options come last'),
        type([0, 1, {}, {}], 'options come last'),
        range([0, 1, 0], 'needs finite bounds and a step other than 0, got 0, 1, 0'),
        range([1e300], '1e+300 elements are more than a typed array holds'),
      ],
      finite: [
        range([Number.NaN], 'needs finite bounds and a step other than 0, got 0, NaN, 1'),
        range([0, Number.POSITIVE_INFINITY], 'needs finite bounds and a step other than 0, got 0, Infinity, 1'),
        range([0, 1, Number.NaN], 'needs finite bounds and a step other than 0, got 0, 1, NaN'),
      ],
      options: badOptions([0, 3, 1], dtype),
    },
    without: { ...made, shape: 'the bounds make it' },
  },
  {
    name: 'linspace',
    valid: [0, 1, 3],
    misuses: {
      shape: badCount('count', (count) => [0, 1, count]),
      value: [
        type(['0', 1], 'expected a number, got a value of type string'),
        type([0], 'expected a number, got undefined'),
        type([x, 1], 'expected a number, got a tensor'),
      ],
      finite: [
        range([Number.NaN, 1], 'needs finite bounds, got NaN, 1'),
        range([0, Number.NEGATIVE_INFINITY], 'needs finite bounds, got 0, -Infinity'),
      ],
      options: badOptions([0, 1, 3], dtype),
    },
    without: made,
  },
  {
    name: 'asTensor',
    valid: ['asTensor', tensor(1)],
    dtypes: dtypes.same,
    misuses: {
      tensor: [
        ['an array', [1, 2], array],
        ['a string', '1', 'a value of type string'],
        ['null', null, 'null'],
        ['nothing', undefined, 'undefined'],
      ].map(([, wrong, got]) => type(['asTensor', wrong], `expected a tensor or a number, got ${got}`)),
    },
    without: {
      dtype: why.accepted,
      shape: why.anyShape,
      axis: why.axis,
      options: why.options,
      empty: why.empty,
      finite: 'any number is a value',
    },
  },
];
