import { fc, test } from '@fast-check/vitest';
import { apply, init, parameterCount } from '@neuronseek/network';
import { tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect } from 'vitest';
import { linearModel } from '../../src/discover/linear-model.js';
import { matchingPerceptron, taskNetwork } from '../../src/discover/networks.js';
import { type Prepared, prepare } from '../../src/discover/prepare.js';
import { decode, score } from '../../src/discover/score.js';
import { drawNormal } from '../support/bridge.js';
import { mixedTable, tableOf } from '../support/tables.js';

const noFit = (): never => {
  throw new Error('a closed form needs no training');
};

function matrixOf(x: Prepared['train']['x']): Matrix {
  const values = x.toTypedArray();
  const rows = Array.from({ length: x.shape[0] }, (_, i) => [...values.slice(i * x.shape[1], (i + 1) * x.shape[1]), 1]);
  return new Matrix(rows);
}

describe('linear regression', () => {
  test('is the least-squares solution that ml-matrix finds', () => {
    for (const seed of [1, 2, 3]) {
      const prepared = prepare(mixedTable(90, seed), 'y', undefined, key(seed));
      const { train, test: held } = prepared;
      const model = linearModel(prepared, noFit);
      const y = new Matrix(Array.from(train.y.toTypedArray(), (v) => [v]));
      const solution = new SingularValueDecomposition(matrixOf(train.x), { autoTranspose: true }).solve(y);
      const expected = matrixOf(held.x).mmul(solution).to1DArray();
      // Condition numbers of these standardised columns are below 10.
      expectClose(model.predict(held.x).toTypedArray(), expected, { factor: 1e3, scale: 1 });
      expect([model.name, model.parameters, model.trace, model.note]).toEqual([
        'linear regression',
        6,
        [],
        'least squares, closed form',
      ]);
    }
  });

  test('columns that repeat each other, or more columns than rows, have finite answers', () => {
    const rows = 20;
    const wide = Object.fromEntries(
      Array.from({ length: 18 }, (_, c) => [`c${c}`, Array.from({ length: rows }, (_, i) => Math.sin(i * (c + 1)))]),
    );
    const y = Array.from({ length: rows }, (_, i) => i);
    const prepared = prepare(tableOf({ ...wide, again: wide.c0, y }), 'y', undefined, key(1));
    expect(prepared.train.x.shape).toEqual([14, 19]);
    const predict = linearModel(prepared, noFit).predict;
    expect(predict(prepared.test.x).toTypedArray().every(Number.isFinite)).toBe(true);
    // More columns than rows: the training rows are met.
    expectClose(predict(prepared.train.x).toTypedArray(), prepared.train.y.toTypedArray(), { factor: 1e5 });
  });
});

describe('networks', () => {
  const sizes = fc.record({
    parameters: fc.integer({ min: 1, max: 5000 }),
    inputs: fc.integer({ min: 1, max: 40 }),
    outputs: fc.integer({ min: 1, max: 10 }),
  });
  test.prop([sizes])('the perceptron has at least as many parameters, and a narrower one would not', (c) => {
    const count = (width: number): number => (c.inputs + 1) * width + (width + 1) * width + (width + 1) * c.outputs;
    const layer = matchingPerceptron(c.parameters, c.inputs, c.outputs);
    const { params } = init(layer, key(1));
    const parameters = parameterCount(params);
    const width = Array.from({ length: 5001 }, (_, w) => w).find((w) => w >= 1 && count(w) >= c.parameters) ?? 0;
    expect(parameters).toBe(count(width));
    expect(parameters).toBeGreaterThanOrEqual(c.parameters);
    expect(apply(layer, init(layer, key(1)), drawNormal(1, [3, c.inputs])).output.shape).toEqual([3, c.outputs]);
  });

  test('the task network is one hidden layer of the found neuron', () => {
    const structure = { power: [1, 3], interaction: [{ order: 2, rank: 8 }] };
    const layer = taskNetwork(structure, 4, 3);
    if (layer.kind !== 'sequential') throw new Error('expected a sequence');
    const [neurons, activation, head] = layer.layers;
    expect(neurons).toMatchObject({ kind: 'taskNeuron', inputs: 4, structure: { power: [1, 3] } });
    expect(neurons).toMatchObject({ structure: { interaction: [{ order: 2 }] } });
    expect(activation).toMatchObject({ kind: 'activation' });
    expect(head).toMatchObject({ kind: 'linear', outputs: 3 });
    expect(apply(layer, init(layer, key(1)), drawNormal(1, [5, 4])).output.shape).toEqual([5, 3]);
  });
});

describe('scores', () => {
  const regression = { task: 'regression', mean: 10, deviation: 2 } as const;
  test('of a regression are RMSE and R² in units of the target', () => {
    const predicted = decode(tensor([[-1], [0], [1]]), regression);
    expect(Array.from(predicted)).toEqual([8, 10, 12]);
    const { error, metric, score: r2, scoreName } = score(predicted, Float64Array.of(8, 10, 15), regression);
    expect([metric, scoreName]).toEqual(['rmse', 'R²']);
    expectClose([error, r2], [Math.sqrt(3), 1 - 9 / (9 + 1 + 16)], { factor: 8 });
  });

  test('of a target that is constant in the test rows are numbers all the same', () => {
    const actual = Float64Array.of(4, 4);
    expect(score(Float64Array.of(4, 5), actual, regression).score).toBe(0);
    expect(score(Float64Array.of(4, 4), actual, regression).score).toBe(1);
  });

  test('of a classification are shares of right and wrong answers', () => {
    const classes = { task: 'classification', classes: ['a', 'b', 'c'] } as const;
    const predicted = decode(
      tensor([
        [0.1, 3, 2],
        [5, 4, -1],
        [0, 0, 1],
        [1, 1, 1],
      ]),
      classes,
    );
    expect(Array.from(predicted)).toEqual([1, 0, 2, 0]);
    expect(score(predicted, Float64Array.of(1, 0, 2, 2), classes)).toEqual({
      error: 0.25,
      metric: 'error rate',
      score: 0.75,
      scoreName: 'accuracy',
    });
  });
});
