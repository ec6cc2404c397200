import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as api from '../../src/index.js';
import { arange, ones, zeros } from '../../src/index.js';
import { loose } from '../support/loose.js';

const x = ones([2, 3]);
const shapes = 'sizes must be non-negative integers, got';

/** Calls that are wrong, the class of the error and its message. */
const rows: readonly [string, () => unknown, ErrorConstructor, string][] = [
  ['zeros of a number', () => loose('zeros')(3), TypeError, 'zeros: the shape must be an array of sizes, got 3'],
  ['ones of a negative size', () => ones([2, -1]), RangeError, `ones: ${shapes} [2, -1]`],
  ['zeros of a fraction', () => zeros([1.5]), RangeError, `zeros: ${shapes} [1.5]`],
  ['full of NaN sizes', () => api.full([Number.NaN], 1), RangeError, `full: ${shapes} [NaN]`],
  [
    'full of no number',
    () => loose('full')([2], '1'),
    TypeError,
    'full: expected a number, got a value of type string',
  ],
  ['eye of a fraction', () => api.eye(1.5), RangeError, 'eye: n must be a non-negative integer, got 1.5'],
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
  ['linspace of −1 points', () => api.linspace(0, 1, -1), RangeError, 'linspace: count must be a non-negative integer, got -1'],
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
    'reshape: the shape must be an array of sizes, got 6',
  ],
  [
    'broadcastTo no shape',
    () => loose('broadcastTo')(x, 6),
    TypeError,
    'broadcastTo: the shape must be an array of sizes, got 6',
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
];

describe('misuse of what makes and views tensors', () => {
  test.each(rows)('%s', (_what, call, kind, message) => {
    expect(call).toThrow(new kind(message));
  });
});
