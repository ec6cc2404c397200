import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as api from '../src/index.js';
import { arange, ones, tensor, zeros } from '../src/index.js';
import { opTable } from './support/op-table.js';

type Call = (...args: unknown[]) => unknown;

const functions = new Map<string, unknown>(Object.entries(api));

/** A function of the package called the way plain JavaScript can call it. */
function loose(name: keyof typeof api): Call {
  const f = functions.get(name);
  if (typeof f !== 'function') throw new Error(`${name} is not a function`);
  return (...args) => Reflect.apply(f, undefined, args);
}

const array = 'an array; make a tensor of it with tensor(…)';
const x = ones([2, 3]);

/** Functions whose first argument is a tensor or a number, and the rest of a call that is right. */
const elementwise: readonly [keyof typeof api, unknown[]][] = [
  ...(['add', 'sub', 'mul', 'div', 'power', 'maximum', 'minimum'] as const).map(
    (name) => [name, [1]] as [typeof name, unknown[]],
  ),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const).map(
    (name) => [name, [1]] as [typeof name, unknown[]],
  ),
  ...(
    [
      'neg',
      'abs',
      'ceil',
      'cos',
      'exp',
      'expm1',
      'floor',
      'log',
      'log1p',
      'reciprocal',
      'relu',
      'sigmoid',
      'sign',
      'sin',
      'softplus',
      'sqrt',
      'square',
      'tanh',
    ] as const
  ).map((name) => [name, []] as [typeof name, unknown[]]),
  ['clip', [0, 1]],
];

/** Functions whose first argument is a tensor. */
const structural: readonly [keyof typeof api, unknown[]][] = [
  ...(
    [
      'sum',
      'mean',
      'max',
      'min',
      'argmax',
      'argmin',
      'variance',
      'std',
      'logsumexp',
      'softmax',
      'logSoftmax',
      'transpose',
      'matrixTranspose',
      'squeeze',
      'contiguous',
      'stopGradient',
      'zerosLike',
      'onesLike',
    ] as const
  ).map((name) => [name, []] as [typeof name, unknown[]]),
  ['reshape', [[6]]],
  ['broadcastTo', [[2, 3]]],
  ['slice', [[0]]],
  ['take', [[0]]],
  ['expandDims', [0]],
  ['astype', ['float32']],
  ['matmul', [ones([3, 1])]],
  ['dot', [ones([3])]],
  ['where', [1, 2]],
];

describe.each(elementwise)('%s', (name, rest) => {
  test.each([
    ['an array', [1, 2], array],
    ['a typed array', Float64Array.of(1), array],
    ['a string', '1', 'a value of type string'],
    ['null', null, 'null'],
    ['nothing', undefined, 'undefined'],
    ['a boolean', true, 'a value of type boolean'],
  ])('refuses %s', (_what, wrong, described) => {
    const error = new TypeError(`${name}: expected a tensor or a number, got ${described}`);
    expect(() => loose(name)(wrong, ...rest)).toThrow(error);
    rest.forEach((_, i) => {
      expect(() => loose(name)(x, ...rest.map((right, k) => (k === i ? wrong : right)))).toThrow(error);
    });
  });
});

describe.each(structural)('%s', (name, rest) => {
  test.each([
    ['an array', [1, 2], array],
    ['a number', 1, 'a value of type number'],
    ['nothing', undefined, 'undefined'],
    ['an object', { shape: [2] }, 'a value of type object'],
  ])('refuses %s', (_what, wrong, described) => {
    expect(() => loose(name)(wrong, ...rest)).toThrow(new TypeError(`${name}: expected a tensor, got ${described}`));
  });
});

test('every public operation stands in a table', () => {
  // concat takes a list of tensors; its rows are below.
  const named = new Set<string>(['concat', ...[...elementwise, ...structural].map(([name]) => name)]);
  const operations = [...opTable.values()].map(({ name }) => name).filter((name) => functions.has(name));
  expect(operations.length).toBeGreaterThan(40);
  expect(operations.filter((name) => !named.has(name))).toEqual([]);
});

const shapes = 'sizes must be non-negative integers, got';

/** Calls that are wrong, the class of the error and its message. */
const rows: readonly [string, () => unknown, ErrorConstructor, string][] = [
  ['zeros of a number', () => loose('zeros')(3), TypeError, 'zeros: the shape must be an array of sizes, got number'],
  ['ones of a negative size', () => ones([2, -1]), RangeError, `ones: ${shapes} [2, -1]`],
  ['zeros of a fraction', () => zeros([1.5]), RangeError, `zeros: ${shapes} [1.5]`],
  ['full of NaN sizes', () => api.full([Number.NaN], 1), RangeError, `full: ${shapes} [NaN]`],
  [
    'full of no number',
    () => loose('full')([2], '1'),
    TypeError,
    'full: expected a number, got a value of type string',
  ],
  ['eye of a fraction', () => api.eye(1.5), RangeError, `eye: ${shapes} [1.5]`],
  [
    'arange without end',
    () => arange(0, Number.POSITIVE_INFINITY),
    RangeError,
    'arange: needs finite bounds and a step other than 0, got 0, Infinity, 1',
  ],
  [
    'arange without step',
    () => arange(0, 1, 0),
    RangeError,
    'arange: needs finite bounds and a step other than 0, got 0, 1, 0',
  ],
  ['linspace of NaN', () => api.linspace(Number.NaN, 1), RangeError, 'linspace: needs finite bounds, got NaN, 1'],
  ['linspace of −1 points', () => api.linspace(0, 1, -1), RangeError, `linspace: ${shapes} [-1]`],
  [
    'tensor of strings',
    () => loose('tensor')([1, 'a']),
    TypeError,
    'tensor: expected a number or boolean at [1], got a value of type string',
  ],
  [
    'tensor of nothing',
    () => loose('tensor')(),
    TypeError,
    'tensor: expected a number or boolean at the top, got undefined',
  ],
  [
    'tensor of holes',
    () => loose('tensor')([[1, null]]),
    TypeError,
    'tensor: expected a number or boolean at [0][1], got null',
  ],
  [
    'astype to what there is not',
    () => loose('astype')(x, 'float16'),
    TypeError,
    'astype: dtype must be float64, float32, int32 or bool, got float16',
  ],
  [
    'add of shapes that do not fit',
    () => api.add(x, ones([2])),
    RangeError,
    'add: shapes [2, 3] and [2] do not broadcast (3 and 2)',
  ],
  [
    'less of shapes that do not fit',
    () => api.less(x, ones([4, 3])),
    RangeError,
    'less: shapes [2, 3] and [4, 3] do not broadcast (2 and 4)',
  ],
  [
    'where of shapes that do not fit',
    () => api.where(tensor([true, false]), x, 0),
    RangeError,
    'where: shapes [2] and [2, 3] do not broadcast (2 and 3)',
  ],
  [
    'where of a condition that is none',
    () => api.where(x, 1, 2),
    TypeError,
    'where: the condition must be bool, got float64',
  ],
  [
    'where of branches that are none',
    () => loose('where')(tensor([true]), [1], 2),
    TypeError,
    `where: expected a tensor or a number, got ${array}`,
  ],
  [
    'sum over an axis that is not there',
    () => api.sum(x, { axes: 2 }),
    RangeError,
    'sum: axis 2 is out of range for a tensor of order 2',
  ],
  [
    'max over an axis that is not there',
    () => api.max(x, { axes: [0, -3] }),
    RangeError,
    'max: axis -3 is out of range for a tensor of order 2',
  ],
  ['mean over an axis twice', () => api.mean(x, { axes: [0, -2] }), RangeError, 'mean: axis 0 is named twice'],
  [
    'std over a fraction',
    () => api.std(x, { axes: 0.5 }),
    RangeError,
    'std: axis 0.5 is out of range for a tensor of order 2',
  ],
  [
    'variance of a scalar along an axis',
    () => api.variance(tensor(1), { axes: 0 }),
    RangeError,
    'variance: axis 0 is out of range for a tensor of order 0',
  ],
  [
    'argmin of a scalar',
    () => api.argmin(tensor(1)),
    RangeError,
    'argmin: axis -1 is out of range for a tensor of order 0',
  ],
  [
    'softmax of a scalar',
    () => api.softmax(tensor(1)),
    RangeError,
    'softmax: axis -1 is out of range for a tensor of order 0',
  ],
  [
    'logSoftmax over an axis that is not there',
    () => api.logSoftmax(x, { axis: 2 }),
    RangeError,
    'logSoftmax: axis 2 is out of range for a tensor of order 2',
  ],
  [
    'logsumexp over an axis that is not there',
    () => api.logsumexp(x, { axes: 2 }),
    RangeError,
    'logsumexp: axis 2 is out of range for a tensor of order 2',
  ],
  [
    'transpose by too few axes',
    () => api.transpose(x, [0]),
    RangeError,
    'transpose: axes [0] are not a permutation of the axes of [2, 3]',
  ],
  [
    'transpose by an axis twice',
    () => api.transpose(x, [1, 1]),
    RangeError,
    'transpose: axes [1, 1] are not a permutation of the axes of [2, 3]',
  ],
  [
    'transpose by an axis that is not there',
    () => api.transpose(x, [0, 2]),
    RangeError,
    'transpose: axis 2 is out of range for a tensor of order 2',
  ],
  [
    'matrixTranspose of a vector',
    () => api.matrixTranspose(ones([3])),
    RangeError,
    'matrixTranspose: needs at least two axes, got [3]',
  ],
  ['squeeze of a long axis', () => api.squeeze(x, 1), RangeError, 'squeeze: axis 1 of [2, 3] has size 3, not 1'],
  [
    'squeeze of an axis that is not there',
    () => api.squeeze(x, -3),
    RangeError,
    'squeeze: axis -3 is out of range for a tensor of order 2',
  ],
  [
    'expandDims beyond the end',
    () => api.expandDims(x, 3),
    RangeError,
    'expandDims: axis 3 is out of range for a tensor of order 3',
  ],
  ['expandDims twice at a place', () => api.expandDims(x, [0, -4]), RangeError, 'expandDims: axis 0 is named twice'],
  [
    'reshape to no shape',
    () => loose('reshape')(x, 6),
    TypeError,
    'reshape: the shape must be an array of sizes, got number',
  ],
  [
    'broadcastTo no shape',
    () => loose('broadcastTo')(x, 6),
    TypeError,
    'broadcastTo: the shape must be an array of sizes, got number',
  ],
  [
    'slice by too many ranges',
    () => api.slice(x, [0, 0, 0]),
    RangeError,
    'slice: 3 ranges for a tensor of shape [2, 3]',
  ],
  [
    'slice at an index out of range',
    () => api.slice(x, [{}, -4]),
    RangeError,
    'slice: index -4 is out of range for axis 1 of [2, 3]',
  ],
  [
    'slice at a fraction',
    () => api.slice(x, [0.5]),
    RangeError,
    'slice: index 0.5 is out of range for axis 0 of [2, 3]',
  ],
  [
    'slice in steps of 0',
    () => api.slice(x, [{ step: 0 }]),
    RangeError,
    'slice: the step must be an integer other than 0, got 0',
  ],
  [
    'slice from a fraction',
    () => api.slice(x, [{ start: 0.5 }]),
    RangeError,
    'slice: bounds must be integers, got 0.5',
  ],
  [
    'slice by a list in place of a range',
    () => loose('slice')(x, [[0, 1]]),
    TypeError,
    'slice: expected an index, { start, stop, step } or undefined for axis 0',
  ],
  [
    'slice by a range in place of a list',
    () => loose('slice')(x, { start: 1 }),
    TypeError,
    'slice: expected an array of ranges, got a value of type object',
  ],
  [
    'take out of range',
    () => api.take(x, [0, 3], { axis: 1 }),
    RangeError,
    'take: index 3 at position 1 is out of range for axis 1 of [2, 3]',
  ],
  [
    'take at a fraction',
    () => api.take(x, [0.5]),
    RangeError,
    'take: index 0.5 at position 0 is out of range for axis 0 of [2, 3]',
  ],
  [
    'take from an empty axis',
    () => api.take(zeros([0]), [0]),
    RangeError,
    'take: index 0 at position 0 is out of range for axis 0 of [0]',
  ],
  [
    'take from a scalar',
    () => api.take(tensor(1), [0]),
    RangeError,
    'take: axis 0 is out of range for a tensor of order 0',
  ],
  [
    'take by a mask',
    () => api.take(x, tensor([true, false])),
    TypeError,
    'take: indices must be numbers, got a tensor of bool',
  ],
  [
    'take by a matrix',
    () => api.take(x, zeros([1, 1])),
    RangeError,
    'take: indices must have order 1, got shape [1, 1]',
  ],
  [
    'take by a number',
    () => loose('take')(x, 0),
    TypeError,
    'take: expected an array or a tensor of indices, got a value of type number',
  ],
  ['concat of nothing', () => api.concat([]), RangeError, 'concat: needs at least one tensor'],
  ['concat of no list', () => loose('concat')(x), TypeError, 'concat: expected an array of tensors, got a tensor'],
  [
    'concat of numbers',
    () => loose('concat')([x, 1]),
    TypeError,
    'concat: expected a tensor, got a value of type number',
  ],
  [
    'concat off the axis',
    () => api.concat([x, ones([2, 4])]),
    RangeError,
    'concat: shapes differ off axis 0: [2, 3], [2, 4]',
  ],
  [
    'concat of orders that differ',
    () => api.concat([x, ones([3])]),
    RangeError,
    'concat: shapes differ off axis 0: [2, 3], [3]',
  ],
  [
    'concat along an axis that is not there',
    () => api.concat([x], { axis: 2 }),
    RangeError,
    'concat: axis 2 is out of range for a tensor of order 2',
  ],
  ['stack of nothing', () => api.stack([]), RangeError, 'stack: needs at least one tensor'],
  [
    'stack of shapes that differ',
    () => api.stack([x, ones([3, 3])]),
    RangeError,
    'stack: shapes differ: [2, 3], [3, 3]',
  ],
  [
    'stack along an axis that is not there',
    () => api.stack([x], { axis: 3 }),
    RangeError,
    'stack: axis 3 is out of range for a tensor of order 3',
  ],
  [
    'matmul of sizes that differ',
    () => api.matmul(x, x),
    RangeError,
    'matmul: inner dimensions differ: a is [2, 3], b is [2, 3]',
  ],
  [
    'matmul by a vector of another size',
    () => api.matmul(x, ones([2])),
    RangeError,
    'matmul: inner dimensions differ: a is [2, 3], b is [2]',
  ],
  [
    'matmul of a vector of another size',
    () => api.matmul(ones([3]), x),
    RangeError,
    'matmul: inner dimensions differ: a is [3], b is [2, 3]',
  ],
  [
    'matmul of stacks that differ',
    () => api.matmul(ones([2, 1, 3]), ones([4, 3, 1])),
    RangeError,
    'matmul: shapes [2] and [4] do not broadcast (2 and 4)',
  ],
  [
    'matmul of a scalar',
    () => api.matmul(tensor(1), x),
    RangeError,
    'matmul: operands need at least one axis: a is [], b is [2, 3]',
  ],
  [
    'dot of a matrix',
    () => api.dot(x, ones([3])),
    RangeError,
    'dot: needs two vectors: a is [2, 3], b is [3]; see matmul',
  ],
  [
    'dot of vectors that differ',
    () => api.dot(ones([2]), ones([3])),
    RangeError,
    'dot: sizes differ: a is [2], b is [3]',
  ],
];

describe('misuse', () => {
  test.each(rows)('%s', (_what, call, kind, message) => {
    expect(call).toThrow(new kind(message));
  });
});
