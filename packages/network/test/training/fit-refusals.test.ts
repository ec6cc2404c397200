import { tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { adam, type FitOptions, type FitResult, fit, type LabelledTable, linear, mse } from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';
import { saddle } from '../support/problems.js';

const common = { loss: mse, optimizer: adam(), key: key(11) };

describe('fit refuses', () => {
  const table = saddle(1, 10);
  const poisoned = (value: number): LabelledTable => {
    const data = Float64Array.from(table.x.toTypedArray());
    data[7] = value;
    return { x: tensor(data, [10, 2]), y: table.y };
  };
  const run = (data: LabelledTable, options: Partial<FitOptions<never>> = {}): FitResult =>
    fit(linear(2, 1), data, { ...common, epochs: 1, ...options, optimizer: adam() });

  test.each<[string, () => unknown]>([
    ['epochs must be a positive integer, got 0', () => run(table, { epochs: 0 })],
    ['epochs must be a positive integer, got -3', () => run(table, { epochs: -3 })],
    ['epochs must be a positive integer, got 1.5', () => run(table, { epochs: 1.5 })],
    ['epochs must be a positive integer, got NaN', () => run(table, { epochs: Number.NaN })],
    ['batchSize must be a positive integer, got 0', () => run(table, { batchSize: 0 })],
    ['batchSize must be a positive integer, got 0.5', () => run(table, { batchSize: 0.5 })],
    ['patience must be a positive integer, got 0', () => run(table, { patience: 0 })],
    ['patience must be a positive integer, got NaN', () => run(table, { patience: Number.NaN })],
    ['clipNorm must be positive, got 0', () => run(table, { clipNorm: 0 })],
    ['clipNorm must be positive, got NaN', () => run(table, { clipNorm: Number.NaN })],
    ['x is not finite at [3, 1]: NaN', () => run(poisoned(Number.NaN))],
    ['x is not finite at [3, 1]: -Infinity', () => run(poisoned(Number.NEGATIVE_INFINITY))],
    [
      'y is not finite at [1, 0]: Infinity',
      () => run({ x: drawNormal(1, [2, 2]), y: tensor([[0], [Number.POSITIVE_INFINITY]]) }),
    ],
    ['validation.x is not finite at [3, 1]: NaN', () => run(table, { validation: poisoned(Number.NaN) })],
    ['y has 1 columns, validation.y has 2', () => run(table, { validation: { x: table.x, y: table.x } })],
    ['x has 2 columns, validation.x has 1', () => run(table, { validation: { x: table.y, y: table.y } })],
    [
      'needs x [rows, columns] and y [rows, outputs]: x is [10, 2], y is [9, 1]',
      () => run({ x: table.x, y: saddle(1, 9).y }),
    ],
    [
      'needs x [rows, columns] and y [rows, outputs]: x is [10, 2], y is [10]',
      () => run({ x: table.x, y: drawNormal(1, [10]) }),
    ],
    [
      'needs x [rows, columns] and y [rows, outputs]: x is [0, 2], y is [0, 1]',
      () => run({ x: drawNormal(1, [0, 2]), y: drawNormal(1, [0, 1]) }),
    ],
    [
      'needs validation.x [rows, columns] and validation.y [rows, outputs]: x is [0, 2], y is [0, 1]',
      () => run(table, { validation: { x: drawNormal(1, [0, 2]), y: drawNormal(1, [0, 1]) } }),
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(new RangeError(`fit: ${message}`));
  });

  test('columns that do not fit the layer, targets that do not fit the loss, a loss that is no number', () => {
    expect(() => run({ x: table.y, y: table.y })).toThrow('apply: layer takes 2 inputs, it is given 1');
    expect(() => run({ x: table.x, y: table.x })).toThrow(
      'mse: shapes differ: prediction is [10, 1], target is [10, 2]',
    );
    expect(() => run(table, { loss: (p) => p })).toThrow('valueAndGrad: the function must return one number');
    expect(() => run(table, { variables: { params: {}, state: {} } })).toThrow('apply: the variables have no "weight"');
  });

  test('what a callback throws comes through', () => {
    const onProgress = (): void => {
      throw new Error('enough');
    };
    expect(() => run(table, { onProgress })).toThrow(new Error('enough'));
  });
});
