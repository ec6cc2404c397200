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
    ['concat', [[x], { axes: 0 }], 'concat: unknown option axes; did you mean axis?'],
    ['stack', [[x], { dim: 0 }], 'stack: unknown option dim; it takes axis'],
    ['slice', [x, [{ start: 0, end: 1 }]], 'slice: unknown option end; it takes start, stop, step'],
    ['tensor', [[1], [1], { type: 'int32' }], 'tensor: unknown option type; did you mean dtype?'],
    ['arange', [3, { dtyp: 'int32' }], 'arange: unknown option dtyp; did you mean dtype?'],
    ['sort', [x, { desc: true }], 'sort: unknown option desc; it takes axis, descending'],
    ['pad', [x, 1, { constantValues: 1 }], 'pad: unknown option constantValues; it takes mode, value'],
    ['roll', [x, 1, { axis: 0 }], 'roll: unknown option axis; did you mean axes?'],
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
    ['squeeze', [x, '0'], "squeeze: axes must be an axis or an array of axes, got '0'"],
    [
      'expandDims',
      [x, undefined],
      'expandDims: axes must be an axis or an array of axes, got a value of type undefined',
    ],
    [
      'transpose',
      [x, { axes: [1, 0] }],
      'transpose: axes must be an axis or an array of axes, got a value of type object',
    ],
    ['flip', [x, [null]], 'flip: axes must be an axis or an array of axes, got [null]'],
    ['moveAxis', [x, 0, '1'], "moveAxis: axes must be an axis or an array of axes, got '1'"],
    ['slice', [x, [{ start: '0' }]], "slice: start must be a number, got '0'"],
    ['zeros', [[1], 'int32'], "zeros: options must be an object, got 'int32'"],
    ['quantile', [x, '0.5'], 'quantile: q must be a number or an array of them, got a value of type string'],
    ['repeat', [x, '2'], 'repeat: expected a count or an array of them, got a value of type string'],
    ['split', [x, '2'], 'split: expected a number of parts or an array of indices, got a value of type string'],
    ['tril', [x, '1'], 'tril: the diagonal must be a number, got a value of type string'],
    ['topK', [x, '1'], 'topK: k must be a number, got a value of type string'],
    ['pad', [x, '1'], 'pad: widths must be a number, a pair or an array of pairs, got a value of type string'],
    ['broadcastArrays', [x], 'broadcastArrays: expected an array of tensors, got a tensor'],
    ['meshgrid', [[1]], 'meshgrid: expected a tensor, got a value of type number'],
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
