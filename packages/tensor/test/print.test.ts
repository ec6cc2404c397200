import { inspect } from 'node:util';
import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { arange, eye, full, ones, tensor, zeros } from '../src/core/create.js';
import { mul } from '../src/core/ops/arithmetic.js';
import { reshape } from '../src/core/ops/reshape.js';
import { broadcastTo } from '../src/core/ops/sum-broadcast.js';
import { transpose } from '../src/core/ops/transpose.js';
import type { Tensor } from '../src/core/tensor.js';
import { stridedTensor } from './support/strided.js';

const inf = Number.POSITIVE_INFINITY;

// Layouts are NumPy's, numbers are not: no trailing points, 4 decimals at most, JavaScript's words for what is not finite.
const goldens: readonly [string, Tensor, string][] = [
  ['a scalar', tensor(5), '5'],
  ['a scalar with decimals', tensor(-0.125), '-0.125'],
  ['a vector', tensor([1, 2.5, -3]), '[ 1.0  2.5 -3.0]'],
  ['whole numbers', tensor([1, 20, 300]), '[  1  20 300]'],
  ['rounded numbers', tensor([1 / 3, 2 / 3]), '[0.3333 0.6667]'],
  ['float32', tensor(Float32Array.of(0.1, 0.2)), '[0.1 0.2]'],
  [
    'a matrix',
    tensor([
      [1, 2.5],
      [-3, 4],
    ]),
    '[[ 1.0  2.5]\n [-3.0  4.0]]',
  ],
  ['order 3', reshape(arange(12), [2, 3, 2]), '[[[ 0  1]\n  [ 2  3]\n  [ 4  5]]\n\n [[ 6  7]\n  [ 8  9]\n  [10 11]]]'],
  [
    'order 4',
    reshape(arange(8), [2, 2, 2, 1]),
    '[[[[0]\n   [1]]\n\n  [[2]\n   [3]]]\n\n\n [[[4]\n   [5]]\n\n  [[6]\n   [7]]]]',
  ],
  ['int32', tensor(Int32Array.of(1, -20, 300)), '[  1 -20 300]'],
  ['large int32', tensor(Int32Array.of(2 ** 31 - 1)), '[2147483647]'],
  ['bool', tensor([[true, false]]), '[[ true false]]'],
  ['nothing', zeros([0]), '[]'],
  ['nothing of order 2', zeros([0, 3]), '[]'],
  ['nothing of order 3', zeros([2, 0, 3]), '[]'],
  ['what is not finite', tensor([Number.NaN, inf, -1.5]), '[     NaN Infinity     -1.5]'],
  ['nothing finite', tensor([-inf]), '[-Infinity]'],
  ['a negative zero', tensor([-0, 1]), '[0 1]'],
  ['small beside large', tensor([1e-10, 1]), '[1e-10 1e+00]'],
  ['large', tensor([123456789, -1]), '[ 1.2346e+08 -1.0000e+00]'],
  ['huge', tensor([1e300, 0]), '[1e+300  0e+00]'],
  ['just below', tensor([99999999]), '[99999999]'],
  ['tiny', tensor([5e-5]), '[5e-05]'],
  [
    'a transpose',
    transpose(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ),
    '[[1 3]\n [2 4]]',
  ],
  ['a long vector', arange(1001), '[   0    1    2 ...  998  999 1000]'],
  [
    'a large matrix',
    reshape(arange(40000), [200, 200]),
    [
      '[[    0     1     2 ...   197   198   199]',
      ' [  200   201   202 ...   397   398   399]',
      ' [  400   401   402 ...   597   598   599]',
      ' ...',
      ' [39400 39401 39402 ... 39597 39598 39599]',
      ' [39600 39601 39602 ... 39797 39798 39799]',
      ' [39800 39801 39802 ... 39997 39998 39999]]',
    ].join('\n'),
  ],
  [
    'a long thin matrix',
    reshape(arange(2000), [1000, 2]),
    '[[   0    1]\n [   2    3]\n [   4    5]\n ...\n [1994 1995]\n [1996 1997]\n [1998 1999]]',
  ],
  [
    'a tall stack',
    ones([400, 3, 1]),
    [...Array(3).fill('[[1]\n  [1]\n  [1]]'), '...', ...Array(3).fill('[[1]\n  [1]\n  [1]]')]
      .join('\n\n ')
      .replace(/^/, '[')
      .concat(']'),
  ],
  [
    'a wide vector',
    mul(arange(40), 1.5),
    [
      '[ 0.0  1.5  3.0  4.5  6.0  7.5  9.0 10.5 12.0 13.5 15.0 16.5 18.0 19.5 21.0',
      ' 22.5 24.0 25.5 27.0 28.5 30.0 31.5 33.0 34.5 36.0 37.5 39.0 40.5 42.0 43.5',
      ' 45.0 46.5 48.0 49.5 51.0 52.5 54.0 55.5 57.0 58.5]',
    ].join('\n'),
  ],
];

const int32 = { dtype: 'int32' } as const;
const row = '    0     1     2 ...   197   198   199';

/** str(…) of NumPy 1.24.2, which ours is for whole numbers and wherever all elements have as many decimals. */
const numpy: readonly [string, Tensor, string][] = [
  [
    'negative int32',
    tensor(
      [
        [1, -20],
        [300, 4],
      ],
      undefined,
      int32,
    ),
    '[[  1 -20]\n [300   4]]',
  ],
  ['the ends of int32', tensor([2 ** 31 - 1, -(2 ** 31)], undefined, int32), '[ 2147483647 -2147483648]'],
  [
    'order 3',
    reshape(arange(12, int32), [2, 3, 2]),
    '[[[ 0  1]\n  [ 2  3]\n  [ 4  5]]\n\n [[ 6  7]\n  [ 8  9]\n  [10 11]]]',
  ],
  [
    'order 4',
    reshape(arange(8, int32), [2, 2, 2, 1]),
    '[[[[0]\n   [1]]\n\n  [[2]\n   [3]]]\n\n\n [[[4]\n   [5]]\n\n  [[6]\n   [7]]]]',
  ],
  ['a long vector', arange(1001, int32), '[   0    1    2 ...  998  999 1000]'],
  [
    'a large matrix',
    reshape(arange(40000, int32), [200, 200]),
    `[[${row}]\n [  200   201   202 ...   397   398   399]\n [  400   401   402 ...   597   598   599]\n ...\n` +
      ' [39400 39401 39402 ... 39597 39598 39599]\n [39600 39601 39602 ... 39797 39798 39799]\n' +
      ' [39800 39801 39802 ... 39997 39998 39999]]',
  ],
  ['order 0', tensor(2.5), '2.5'],
  ['order 0 of int32', tensor(7, [], int32), '7'],
  ['nothing', tensor([]), '[]'],
  ['nothing of order 2', zeros([2, 0]), '[]'],
  ['float32', tensor(Float32Array.of(1.5, -2.5)), '[ 1.5 -2.5]'],
  ['large and small', tensor([1.2346e10, -1.5234e-3]), '[ 1.2346e+10 -1.5234e-03]'],
  ['huge and tiny', tensor([1.2345e-20, 9.8765e20]), '[1.2345e-20 9.8765e+20]'],
];

/** Where ours differs: NumPy's text and ours. */
const deviations: readonly [string, Tensor, string, string][] = [
  ['no trailing point', tensor([1, 20, 300]), '[  1.  20. 300.]', '[  1  20 300]'],
  [
    'zeros instead of blanks',
    tensor([
      [1, 2.5],
      [-3, 4],
    ]),
    '[[ 1.   2.5]\n [-3.   4. ]]',
    '[[ 1.0  2.5]\n [-3.0  4.0]]',
  ],
  ['four decimals', tensor([1 / 3, 2 / 3]), '[0.33333333 0.66666667]', '[0.3333 0.6667]'],
  [
    'four decimals before an exponent',
    tensor([123456789, -1]),
    '[ 1.23456789e+08 -1.00000000e+00]',
    '[ 1.2346e+08 -1.0000e+00]',
  ],
  ['exponents that line up at the end only', tensor([1e300, 0]), '[1.e+300 0.e+000]', '[1e+300  0e+00]'],
  ['no exponents below a ratio of a million', tensor([1e3, 1e-3]), '[1.e+03 1.e-03]', '[1000.000    0.001]'],
  ['words of JavaScript', tensor([Number.NaN, inf, -1.5]), '[ nan  inf -1.5]', '[     NaN Infinity     -1.5]'],
  ['booleans', tensor([[true, false]]), '[[ True False]]', '[[ true false]]'],
  ['no sign of zero', tensor([-0, 1]), '[-0.  1.]', '[0 1]'],
  [
    'lines of 80',
    arange(30, int32),
    '[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n 24 25 26 27 28 29]',
    '[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25\n 26 27 28 29]',
  ],
];

describe('beside NumPy', () => {
  test.each(numpy)('the same: %s', (_name, x, text) => {
    expect(String(x)).toBe(text);
  });

  test.each(deviations)('another: %s', (_name, x, theirs, ours) => {
    expect(String(x)).toBe(ours);
    expect(ours).not.toBe(theirs);
    // The same numbers in the same order, nevertheless.
    const numbers = (text: string): number[] =>
      text
        .replace(/[[\]]/g, ' ')
        .trim()
        .split(/\s+/)
        .map((word) => ({ nan: Number.NaN, inf, True: 1, true: 1, False: 0, false: 0 })[word] ?? Number(word));
    const [a, b] = [numbers(theirs), numbers(ours)];
    expect(b).toHaveLength(a.length);
    b.forEach((v, i) => {
      if (Number.isFinite(v)) expect(Math.abs(v - a[i])).toBeLessThanOrEqual(5e-5 * Math.max(1, Math.abs(v)));
      else expect(v).toBe(a[i]);
    });
  });
});

describe('toString', () => {
  test.each(goldens)('%s', (_name, x, text) => {
    expect(String(x)).toBe(text);
  });

  test.prop([stridedTensor()])('has as many words as there are elements, and closes what it opens', (x) => {
    const text = String(x);
    expect(text.replace(/[[\]]/g, ' ').trim().split(/\s+/).filter(Boolean)).toHaveLength(x.size);
    expect(text.split('[').length).toBe(text.split(']').length);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('does not read what it does not show', () => {
    const line = broadcastTo(tensor(7), [1e12]);
    expect(String(line)).toBe('[7 7 7 ... 7 7 7]');
    const row = '[7 7 7 ... 7 7 7]';
    expect(String(broadcastTo(tensor(7), [1e6, 1e6]))).toBe(`[${[row, row, row, '...', row, row, row].join('\n ')}]`);
    // NumPy would show 6¹² numbers here.
    expect(String(broadcastTo(tensor(7), new Array<number>(12).fill(10))).match(/7/g)).toHaveLength(8 * 6 ** 3);
    expect(String(broadcastTo(tensor(7), new Array<number>(40).fill(2))).match(/7/g)).toHaveLength(2 ** 6);
  });
});

describe('console.log', () => {
  test('shows shape and dtype, and puts more than one line below them', () => {
    expect(inspect(tensor([1, 2]))).toBe('Tensor([2], float64) [1 2]');
    expect(inspect(tensor(3))).toBe('Tensor([], float64) 3');
    expect(inspect(zeros([0, 2], { dtype: 'int32' }))).toBe('Tensor([0, 2], int32) []');
    expect(inspect(eye(2, { dtype: 'float32' }))).toBe('Tensor([2, 2], float32)\n  [[1 0]\n   [0 1]]');
    expect(inspect(arange(30)).split('\n')).toEqual([
      'Tensor([30], float64)',
      '  [ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24',
      '   25 26 27 28 29]',
    ]);
  });

  test('keeps the alignment inside other things', () => {
    expect(inspect({ weight: full([2, 2], 0.5) })).toBe(
      '{\n  weight: Tensor([2, 2], float64)\n    [[0.5 0.5]\n     [0.5 0.5]]\n}',
    );
    expect(`${tensor([1])}`).toBe('[1]');
  });
});
