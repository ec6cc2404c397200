import { test } from '@fast-check/vitest';
import { crossEntropy, type LabelledTable } from '@neuronseek/network';
import { ones, softmax, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type GatesOptions, type SearchResult, searchTensorDecomposition } from '../src/index.js';
import { drawNormal } from './support/bridge.js';
import { published, smallData } from './support/small-model.js';

const table = smallData(40, 3, 1, 1);
const search = (options: Partial<GatesOptions> = {}, data: LabelledTable = table): SearchResult =>
  searchTensorDecomposition(data, {
    method: 'gates',
    ...published,
    epochs: 2,
    refitEpochs: 1,
    key: key(3),
    ...options,
  });

describe('searchTensorDecomposition refuses', () => {
  const at = (t: Tensor, index: number, value: number): Tensor =>
    tensor(
      t.toTypedArray().map((v, i) => (i === index ? value : v)),
      t.shape,
    );
  const classes = softmax(drawNormal(1, [40, 2]));
  const cases: [string, Partial<GatesOptions>, LabelledTable, string][] = [
    [
      'a vector for x',
      {},
      { x: ones([40]), y: table.y },
      'needs x [n, D] and y [n, C] with n ≥ 2: x is [40], y is [40, 1]',
    ],
    [
      'a vector for y',
      {},
      { x: table.x, y: ones([40]) },
      'needs x [n, D] and y [n, C] with n ≥ 2: x is [40, 3], y is [40]',
    ],
    [
      'rows that differ',
      {},
      { x: table.x, y: ones([39, 1]) },
      'needs x [n, D] and y [n, C] with n ≥ 2: x is [40, 3], y is [39, 1]',
    ],
    [
      'one row',
      {},
      { x: ones([1, 3]), y: ones([1, 1]) },
      'needs x [n, D] and y [n, C] with n ≥ 2: x is [1, 3], y is [1, 1]',
    ],
    [
      'no inputs',
      {},
      { x: ones([40, 0]), y: table.y },
      'needs x [n, D] and y [n, C] with n ≥ 2: x is [40, 0], y is [40, 1]',
    ],
    [
      'no outputs',
      {},
      { x: table.x, y: ones([40, 0]) },
      'needs x [n, D] and y [n, C] with n ≥ 2: x is [40, 3], y is [40, 0]',
    ],
    ['NaN in x', {}, { x: at(table.x, 7, Number.NaN), y: table.y }, 'x has NaN at row 2, column 1'],
    [
      'infinity in y',
      {},
      { x: table.x, y: at(table.y, 39, Number.NEGATIVE_INFINITY) },
      'y has -Infinity at row 39, column 0',
    ],
    [
      'one class',
      { task: 'classification' },
      { x: table.x, y: ones([40, 1]) },
      'classification needs y [n, C] with C ≥ 2, one column a class: y is [40, 1]',
    ],
    [
      'class numbers for probabilities',
      { task: 'classification' },
      { x: table.x, y: at(classes, 3, 2) },
      `classification needs probabilities that add up to 1 in every row of y: row 1 is [${classes.toTypedArray()[2]}, 2]`,
    ],
    [
      'negative probabilities',
      { task: 'classification' },
      { x: table.x, y: at(at(classes, 0, -1), 1, 2) },
      'classification needs probabilities that add up to 1 in every row of y: row 0 is [-1, 2]',
    ],
    [
      'validation rows of another width',
      { validation: { x: ones([5, 2]), y: ones([5, 1]) } },
      table,
      'validation must have 3 inputs and 1 outputs like the data: its x is [5, 2], its y is [5, 1]',
    ],
    [
      'no validation rows',
      { validation: { x: ones([0, 3]), y: ones([0, 1]) } },
      table,
      'needs validation.x [n, D] and validation.y [n, C] with n ≥ 1: validation.x is [0, 3], validation.y is [0, 1]',
    ],
    [
      'NaN among validation rows',
      { validation: { x: ones([2, 3]), y: tensor([[1], [Number.NaN]]) } },
      table,
      'validation.y has NaN at row 1, column 0',
    ],
    [
      'too few names',
      { features: ['a', 'b'] },
      table,
      'features must be 3 different names that are not blank, got ["a","b"]',
    ],
    [
      'a name twice',
      { features: ['a', 'b', 'a'] },
      table,
      'features must be 3 different names that are not blank, got ["a","b","a"]',
    ],
    [
      'a blank name',
      { features: ['a', 'b', ' '] },
      table,
      'features must be 3 different names that are not blank, got ["a","b"," "]',
    ],
    ['maxOrder', { maxOrder: 0 }, table, 'maxOrder must be an integer ≥ 1, got 0'],
    ['minInteractionOrder', { minInteractionOrder: 1.5 }, table, 'minInteractionOrder must be an integer ≥ 1, got 1.5'],
    ['rank', { rank: -1 }, table, 'rank must be an integer ≥ 1, got -1'],
    ['rankTolerance', { rankTolerance: 1 }, table, 'rankTolerance must be a number in [0, 1), got 1'],
    ['epochs', { epochs: 0 }, table, 'epochs must be an integer ≥ 1, got 0'],
    ['refitEpochs', { refitEpochs: Number.NaN }, table, 'refitEpochs must be an integer ≥ 0, got NaN'],
    ['batchSize', { batchSize: 1 }, table, 'batchSize must be an integer ≥ 2, got 1'],
    ['powerRate', { powerRate: 0 }, table, 'powerRate must be positive and finite, got 0'],
    [
      'factorRate',
      { factorRate: Number.POSITIVE_INFINITY },
      table,
      'factorRate must be positive and finite, got Infinity',
    ],
    ['clipNorm', { clipNorm: Number.NaN }, table, 'clipNorm must be positive, got NaN'],
    ['lambda', { lambda: -0.1 }, table, 'lambda must be a number ≥ 0, got -0.1'],
    ['warmUp', { warmUp: 0.8 }, table, 'needs 0 ≤ warmUp < annealed ≤ 1, got 0.8 and 0.75'],
    ['annealed', { annealed: 1.1 }, table, 'needs 0 ≤ warmUp < annealed ≤ 1, got 0.25 and 1.1'],
  ];
  test.each(cases)('%s', (_what, options, data, message) => {
    expect(() => search(options, data)).toThrow(new RangeError(`searchTensorDecomposition: ${message}`));
  });

  test('names of methods and tasks that there are not, which only untyped callers can pass', () => {
    const untyped =
      (options: object): (() => SearchResult) =>
      () =>
        searchTensorDecomposition(table, { method: 'gates', key: key(1), ...options });
    expect(untyped({ method: 'sgd' })).toThrow(
      new RangeError("searchTensorDecomposition: method must be 'als' or 'gates', got 'sgd'"),
    );
    expect(untyped({ task: 'ranking' })).toThrow(
      new RangeError("searchTensorDecomposition: task must be 'regression' or 'classification', got 'ranking'"),
    );
  });

  test('probabilities of classes in the validation rows are looked at too', () => {
    const validation = { x: ones([1, 3]), y: tensor([[0.5, 0.4]]) };
    expect(() => search({ task: 'classification', validation }, { x: table.x, y: classes })).toThrow(
      new RangeError(
        'searchTensorDecomposition: classification needs probabilities that add up to 1 in every row of validation.y: row 0 is [0.5, 0.4]',
      ),
    );
    expect(crossEntropy(zeros([1, 2]), tensor([[0.5, 0.5]])).item()).toBeCloseTo(Math.log(2), 12);
  });
});
