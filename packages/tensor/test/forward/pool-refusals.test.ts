import { describe, expect, it } from 'vitest';
import { ones } from '../../src/core/create.js';
import { loose } from '../support/loose.js';

describe('pooling that does not fit', () => {
  const x = ones([1, 1, 4, 5]);
  it.each<[string, Parameters<typeof loose>[0], unknown[], ErrorConstructor, string]>([
    [
      'a window that is too large',
      'maxPool2d',
      [x, [5, 2]],
      RangeError,
      'maxPool2d: the window is larger than the padded input: it covers [5, 2], the input is [4, 5]',
    ],
    [
      'a window in the padding',
      'avgPool2d',
      [x, 2, { padding: [[2, 0], 0] }],
      RangeError,
      'avgPool2d: a window sees nothing but padding: window [2, 2] on [1, 1, 4, 5]',
    ],
    [
      'a window around everything',
      'maxPool1d',
      [ones([1, 1, 1]), 2, { dilation: 2, padding: 1 }],
      RangeError,
      'maxPool1d: a window sees nothing but padding: window [2] on [1, 1, 1]',
    ],
    ['one image', 'maxPool2d', [ones([4, 5]), 2], RangeError, 'maxPool2d: needs x as [N, C, H, W], got [4, 5]'],
    ['images for avgPool1d', 'avgPool1d', [x, 2], RangeError, 'avgPool1d: needs x as [N, C, W], got [1, 1, 4, 5]'],
    ['no window', 'maxPool2d', [x], TypeError, 'maxPool2d: window must be a number or an array, got undefined'],
    ['an empty window', 'maxPool2d', [x, 0], RangeError, 'maxPool2d: window must be made of integers from 1, got 0'],
    [
      'a stride of a half',
      'avgPool2d',
      [x, 2, { stride: 0.5 }],
      RangeError,
      'avgPool2d: stride must be made of integers from 1, got 0.5',
    ],
    [
      'a dilated mean',
      'avgPool2d',
      [x, 2, { dilation: 2 }],
      TypeError,
      'avgPool2d: unknown option dilation; it takes stride, padding, countIncludePadding',
    ],
    [
      'counting in words',
      'avgPool2d',
      [x, 2, { countIncludePadding: 'no' }],
      TypeError,
      "avgPool2d: countIncludePadding must be a boolean, got 'no'",
    ],
    ['a stride without a name', 'maxPool2d', [x, 2, 2], TypeError, 'maxPool2d: options must be an object, got 2'],
  ])('%s is refused', (_what, name, args, kind, message) => {
    expect(() => loose(name)(...args)).toThrow(new kind(message));
  });
});
