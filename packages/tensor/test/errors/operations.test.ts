import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as api from '../../src/index.js';
import { ones, tensor, zeros } from '../../src/index.js';
import { loose } from '../support/loose.js';

const x = ones([2, 3]);
const array = 'an array; make a tensor of it with tensor(…)';

/** Calls that are wrong, the class of the error and its message. */
const rows: readonly [string, () => unknown, ErrorConstructor, string][] = [
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
    'take by a matrix out of range',
    () =>
      api.take(
        x,
        tensor([
          [0, 1],
          [0, 2],
        ]),
      ),
    RangeError,
    'take: index 2 at position [1, 1] is out of range for axis 0 of [2, 3]',
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

describe('misuse of what computes', () => {
  test.each(rows)('%s', (_what, call, kind, message) => {
    expect(call).toThrow(new kind(message));
  });
});
