import { fc, test } from '@fast-check/vitest';
import { argmax, mul, sub, type Tensor, tensor, transpose, treeLeaves } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  accuracy,
  activation,
  adam,
  apply,
  cosine,
  crossEntropy,
  type FitOptions,
  fit,
  fitDefaults,
  init,
  type LabelledTable,
  type Layer,
  linear,
  mse,
  type Optimizer,
  predict,
  r2,
  type SgdState,
  sequential,
  sgd,
  taskNeuron,
  type Variables,
} from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';
import { saddle, sectors } from '../support/problems.js';

const network: Layer = sequential([
  taskNeuron(2, 3, { power: [1, 2], interaction: [{ order: 2, rank: 1 }] }),
  activation('tanh'),
  linear(3, 1),
]);

function bits({ params, state }: Variables): number[] {
  return treeLeaves([params, state]).flatMap((x) => Array.from(x.toTypedArray()));
}

/** Loss of the whole table with running statistics. */
function lossOf(layer: Layer, variables: Variables, { x, y }: LabelledTable): number {
  return mse(apply(layer, variables, x).output, y).item();
}

const common = { loss: mse, optimizer: adam(), key: key(11) };

describe('fit learns', () => {
  test('a polynomial by the neuron that has its form, to the digit', () => {
    const layer = taskNeuron(2, 1, { power: [1], interaction: [{ order: 2, rank: 1 }] }, { normalize: false });
    const table = saddle(1, 200);
    const { variables, status, trace } = fit(layer, table, {
      ...common,
      epochs: 120,
      batchSize: 25,
      schedule: cosine(0.05, 960),
    });
    expect(status).toBe('completed');
    expect(trace.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    const fresh = saddle(2, 100);
    expect(r2(predict(layer, variables, fresh.x).toTypedArray(), fresh.y.toTypedArray())).toBeGreaterThan(0.9999);
  });

  test('classes, with normalised neurons and cross-entropy', () => {
    const layer = sequential([
      taskNeuron(2, 8, { power: [1, 2], interaction: [{ order: 2, rank: 1 }] }),
      activation('tanh'),
      linear(8, 3),
    ]);
    const { variables, trace } = fit(layer, sectors(1, 600), { ...common, loss: crossEntropy, epochs: 30 });
    const fresh = sectors(2, 300);
    const label = (y: Tensor): ArrayLike<number> => argmax(y).toTypedArray();
    expect(accuracy(label(predict(layer, variables, fresh.x)), label(fresh.y))).toBeGreaterThan(0.9);
    expect(trace[29].train).toBeLessThan(0.5 * trace[0].train);
  });

  test('what one full batch of gradient descent says, and the mean loss it met', () => {
    const layer = linear(2, 1);
    const table = saddle(3, 10);
    const variables = init(layer, key(1));
    const options: FitOptions<SgdState> = {
      loss: mse,
      optimizer: sgd(),
      key: key(2),
      epochs: 1,
      batchSize: 10,
      schedule: () => 0.1,
      clipNorm: Number.POSITIVE_INFINITY,
      variables,
    };
    const result = fit(layer, table, options);
    const residual = sub(apply(layer, variables, table.x).output, table.y);
    const [weight, bias] = treeLeaves(variables.params).map((t) => t.toTypedArray());
    const [x, r] = [table.x.toTypedArray(), residual.toTypedArray()];
    const expected = [0, 1].map(
      (d) => weight[d] - (0.1 * 2 * [...r].reduce((a, e, i) => a + e * x[2 * i + d], 0)) / 10,
    );
    expected.push(bias[0] - (0.1 * 2 * [...r].reduce((a, e) => a + e, 0)) / 10);
    // Sums of ten products in the order of the shuffle.
    expectClose(bits(result.variables), expected, { factor: 100, scale: 4 });
    expectClose([result.trace[0].train], [lossOf(layer, variables, table)], { factor: 50 });
    expect([result.status, result.bestEpoch]).toEqual(['completed', 1]);
  });

  test('every row once an epoch, in another order each time', () => {
    const rows: number[][] = [];
    const table = {
      x: tensor(
        Float64Array.from({ length: 12 }, (_, i) => i),
        [12, 1],
      ),
      y: drawNormal(1, [12, 1]),
    };
    const seen = (prediction: Tensor, target: Tensor): Tensor => {
      rows.push([...target.toTypedArray()]);
      return mse(prediction, target);
    };
    fit(linear(1, 1), table, { ...common, loss: seen, epochs: 3, batchSize: 5 });
    expect(rows.map((batch) => batch.length)).toEqual([5, 5, 2, 5, 5, 2, 5, 5, 2]);
    const orders = [0, 3, 6].map((from) => rows.slice(from, from + 3).flat());
    const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);
    for (const order of orders) expect(sorted(order)).toEqual(sorted(table.y.toTypedArray()));
    expect(new Set(orders.map(String)).size).toBe(3);
  });

  test('gradients longer than clipNorm are scaled down to it', () => {
    const layer = linear(2, 1);
    const variables = init(layer, key(1));
    const far = { x: saddle(3, 10).x, y: mul(saddle(3, 10).y, 1e6) };
    const { variables: moved } = fit(layer, far, {
      loss: mse,
      optimizer: sgd(),
      key: key(2),
      epochs: 1,
      schedule: () => 1,
      clipNorm: 0.25,
      variables,
    });
    const change = bits(moved).map((w, i) => w - bits(variables)[i]);
    expectClose([Math.hypot(...change)], [0.25], { factor: 100 });
  });

  test('a layer without parameters has nothing to learn', () => {
    const table = { x: drawNormal(1, [6, 2]), y: drawNormal(2, [6, 2]) };
    const { status, trace } = fit(activation('tanh'), table, { ...common, epochs: 2 });
    expect(status).toBe('completed');
    expectClose([trace[1].train], [lossOf(activation('tanh'), { params: {}, state: {} }, table)], { factor: 20 });
  });
});

describe('fit repeats', () => {
  test('same inputs and key: same bits; another key: others', () => {
    const run = (seed: number): number[] => {
      const { variables, trace } = fit(network, saddle(1, 60), {
        ...common,
        key: key(seed),
        epochs: 3,
        batchSize: 16,
        validation: saddle(2, 20),
      });
      return [...bits(variables), ...trace.flatMap(({ train, validation }) => [train, validation])];
    };
    expectSameBits(run(1), run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test('tables that are views give the bits of their copies', () => {
    const { x, y } = saddle(1, 40);
    const copy = (t: Tensor): Tensor => tensor(Float64Array.from(t.toTypedArray()), t.shape);
    const turned = transpose(copy(transpose(x)));
    const options = { ...common, epochs: 2, validation: { x: turned, y } };
    expectSameBits(
      bits(fit(network, { x: turned, y }, options).variables),
      bits(fit(network, { x, y }, options).variables),
    );
  });

  test('the schedule is asked for every step, in order, and defaults as documented', () => {
    const asked: number[] = [];
    const schedule = (step: number): number => {
      asked.push(step);
      return cosine(fitDefaults.learningRate, 3 * 4)(step);
    };
    // 65 rows in batches of 16: four steps an epoch, the last row left out.
    const options = { ...common, epochs: 3, batchSize: 16 };
    const mine = fit(network, saddle(1, 65), { ...options, schedule });
    expect(asked).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expectSameBits(bits(mine.variables), bits(fit(network, saddle(1, 65), options).variables));
    const all = {
      ...common,
      epochs: fitDefaults.epochs,
      batchSize: fitDefaults.batchSize,
      clipNorm: fitDefaults.clipNorm,
    };
    const table = saddle(1, 10);
    expectSameBits(bits(fit(network, table, all).variables), bits(fit(network, table, common).variables));
  });

  test('starts from variables it is given and leaves them as they are', () => {
    const variables = fit(network, saddle(1, 40), { ...common, epochs: 2 }).variables;
    const before = bits(variables);
    const still = fit(network, saddle(1, 40), { ...common, epochs: 1, variables, schedule: () => 0 });
    expect(bits(variables)).toEqual(before);
    // A rate of 0 moves no parameter; running statistics follow.
    expect(treeLeaves(still.variables.params)).toEqual(treeLeaves(variables.params));
    expect(treeLeaves(still.variables.state)).not.toEqual(treeLeaves(variables.state));
  });
});

describe('compiled training', () => {
  function compare<S>(optimizer: Optimizer<S>): void {
    const calls = { compiled: 0, plain: 0 };
    const compiled = (prediction: Tensor, target: Tensor): Tensor => {
      calls.compiled++;
      return mse(prediction, target);
    };
    const plain = (prediction: Tensor, target: Tensor): Tensor => {
      expect(Number.isFinite(prediction.data[0])).toBe(true);
      calls.plain++;
      return mse(prediction, target);
    };
    const results = [compiled, plain].map((loss) =>
      fit(network, saddle(1, 45), { key: key(11), optimizer, loss, epochs: 3, batchSize: 20, clipNorm: 0.3 }),
    );
    expect(calls).toEqual({ compiled: 2, plain: 9 });
    expectSameBits(bits(results[0].variables), bits(results[1].variables));
    expect(results[0].trace).toEqual(results[1].trace);
  }

  test('has the bits of training step by step', () => {
    compare(sgd({ momentum: 0.5 }));
    compare(adam({ weightDecay: 0.01 }));
  });
});

describe('fit sizes of batches', () => {
  test.prop([fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 25 })])(
    'no batch of one row unless there is no other or they are meant to be',
    (rows, batchSize) => {
      const seen: number[] = [];
      const loss = (prediction: Tensor, target: Tensor): Tensor => {
        // Who looks at numbers is not compiled, and so is called for every batch.
        expect(target.data.length).toBeGreaterThan(0);
        seen.push(target.shape[0]);
        return mse(prediction, target);
      };
      const { trace } = fit(network, saddle(1, rows), { ...common, loss, epochs: 1, batchSize });
      const left = rows - seen.reduce((a, b) => a + b, 0);
      expect(left).toBe(rows > batchSize && batchSize > 1 && rows % batchSize === 1 ? 1 : 0);
      expect(seen.every((n) => n <= batchSize && (n > 1 || batchSize === 1 || rows === 1))).toBe(true);
      expect(Number.isFinite(trace[0].train)).toBe(true);
    },
  );

  test('one row is learnt by heart, and predicted with running statistics', () => {
    const one = saddle(1, 1);
    const { variables } = fit(network, one, { ...common, epochs: 300, schedule: () => 0.03 });
    expect(Math.abs(predict(network, variables, one.x).item() - one.y.item())).toBeLessThan(0.2);
  });
});
