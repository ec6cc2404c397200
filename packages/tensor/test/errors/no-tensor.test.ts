import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type * as api from '../../src/index.js';
import { ones } from '../../src/index.js';
import { functions, loose } from '../support/loose.js';
import { opTable } from '../support/op-table.js';

const array = 'an array; make a tensor of it with tensor(…)';
const x = ones([2, 3]);

/** Functions whose first argument is a tensor or a number, and the rest of a call that is right. */
const elementwise: readonly [keyof typeof api, unknown[]][] = [
  ...(['atan2', 'hypot', 'mod', 'fmod', 'floorDivide', 'logicalAnd', 'logicalOr', 'logicalXor'] as const).map(
    (name) => [name, [1]] as [typeof name, unknown[]],
  ),
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
      'acos',
      'acosh',
      'asin',
      'asinh',
      'atan',
      'atanh',
      'cbrt',
      'cosh',
      'elu',
      'erf',
      'erfc',
      'exp2',
      'gelu',
      'isFinite',
      'isInf',
      'isNaN',
      'leakyRelu',
      'log10',
      'log2',
      'logicalNot',
      'round',
      'silu',
      'sinh',
      'tan',
      'trunc',
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
      'prod',
      'any',
      'all',
      'countNonzero',
      'cumsum',
      'cumprod',
      'sort',
      'argsort',
      'median',
      'diff',
      'flip',
      'ravel',
      'nonzero',
      'tril',
      'triu',
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
  ['scatterAdd', [[0], 1]],
  ['takeAlongAxis', [ones([1, 3])]],
  ['oneHot', [2]],
  ['topK', [1]],
  ['quantile', [0.5]],
  ['percentile', [50]],
  ['pad', [1]],
  ['tile', [2]],
  ['repeat', [2]],
  ['roll', [1]],
  ['split', [1]],
  ['unstack', []],
  ['fullLike', [1]],
  ['moveAxis', [0, 1]],
  ['swapAxes', [0, 1]],
  ['expandDims', [0]],
  ['astype', ['float32']],
  ['matmul', [ones([3, 1])]],
  ['dot', [ones([3])]],
  ['avgPool1d', [1]],
  ['avgPool2d', [1]],
  ['conv1d', [ones([1, 1, 1])]],
  ['conv2d', [ones([1, 1, 1, 1])]],
  ['convolve', [ones([1])]],
  ['correlate', [ones([1])]],
  ['convTranspose1d', [ones([1, 1, 1])]],
  ['convTranspose2d', [ones([1, 1, 1, 1])]],
  ['diag', []],
  ['diagflat', []],
  ['diagonal', []],
  ['inner', [ones([3])]],
  ['kron', [ones([3])]],
  ['maxPool1d', [1]],
  ['maxPool2d', [1]],
  ['outer', [ones([3])]],
  ['tensordot', [ones([3])]],
  ['trace', []],
  ['vdot', [ones([6])]],
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
