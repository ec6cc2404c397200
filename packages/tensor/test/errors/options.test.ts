import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ones } from '../../src/core/create.js';
import { checkOptions } from '../../src/core/options.js';
import type * as api from '../../src/index.js';
import { loose } from '../support/loose.js';

const x = ones([2, 3]);

describe('an option that there is not', () => {
  const rows: readonly [keyof typeof api, unknown[], string][] = [
    ['sum', [x, { axis: 0 }], 'sum: unknown option axis; did you mean axes?'],
    ['max', [x, { keepdims: true }], 'max: unknown option keepdims; did you mean keepDims?'],
    ['mean', [x, { ddof: 1 }], 'mean: unknown option ddof; it takes axes, keepDims'],
    ['argmax', [x, { axes: 0 }], 'argmax: unknown option axes; did you mean axis?'],
    ['std', [x, { corection: 1 }], 'std: unknown option corection; did you mean correction?'],
    ['take', [x, [0], { axes: 0 }], 'take: unknown option axes; did you mean axis?'],
    ['cumsum', [x, { axes: 0 }], 'cumsum: unknown option axes; did you mean axis?'],
  ];
  test.each(rows)('%s', (name, args, message) => {
    expect(() => loose(name)(...args)).toThrow(new TypeError(message));
  });
});

describe('an option of another type', () => {
  const rows: readonly [keyof typeof api, unknown[], string][] = [
    ['sum', [x, { axes: '0' }], "sum: axes must be an axis or an array of axes, got '0'"],
    ['sum', [x, { axes: ['0', 1] }], "sum: axes must be an axis or an array of axes, got ['0', 1]"],
    ['min', [x, { keepDims: 1 }], 'min: keepDims must be a boolean, got 1'],
    ['argmin', [x, { axis: null }], 'argmin: axis must be a number, got null'],
    ['variance', [x, { correction: () => 1 }], 'variance: correction must be a number, got a value of type function'],
    ['sum', [x, 0], 'sum: options must be an object, got 0'],
    ['prod', [x, [0]], 'prod: options must be an object, got [0]'],
    ['any', [x, null], 'any: options must be an object, got null'],
    ['oneHot', [x, 2, { dtype: 'int8' }], 'oneHot: dtype must be float64, float32, int32 or bool, got int8'],
  ];
  test.each(rows)('%s: %j', (name, args, message) => {
    expect(() => loose(name)(...args)).toThrow(new TypeError(message));
  });
});

test('undefined stands for the default, and no options are none', () => {
  expect(() => checkOptions('f', { axis: undefined }, { axis: 'number' })).not.toThrow();
  expect(() => checkOptions('f', {}, {})).not.toThrow();
  expect(() => checkOptions('f', { x: 1 }, {})).toThrow(new TypeError('f: unknown option x; it takes none'));
});
