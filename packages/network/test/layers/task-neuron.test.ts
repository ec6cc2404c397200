import { fc, test } from '@fast-check/vitest';
import { evaluate, polynomialNeuron, polynomialTermsComposed } from '@neuronseek/neurons';
import {
  astype,
  flatten,
  grad,
  mul,
  reshape,
  slice,
  sum,
  type Tensor,
  tensor,
  treeLeaves,
  treeMap,
} from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { apply, init, type TaskNeuronLayer, type Tree, taskNeuron, type Variables } from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';
import { taskNeuronsOf } from '../support/layers.js';

type Named = Readonly<Record<string, Tensor>>;

/** Task neurons of two inputs. */
const layers = taskNeuronsOf(2).map((layer) => {
  if (layer.kind !== 'taskNeuron') throw new TypeError('not a task neuron');
  return layer;
});
const seeds = fc.integer({ min: 0, max: 1e6 });

function named(tree: Tree): Named {
  return Object.fromEntries(Object.entries(tree).map(([name, x]) => [name, treeLeaves(x)[0]]));
}

/** Every number drawn anew, scales and biases too. */
function drawn(layer: TaskNeuronLayer, seed: number): { readonly params: Named; readonly state: Named } {
  let next = seed;
  const { params, state } = init(layer, key(0));
  const anew = (tree: Tree): Named =>
    Object.fromEntries(
      Object.entries(named(tree)).map(([name, x]) => [
        name,
        name === 'variance' ? mul(drawNormal(next, x.shape), drawNormal(next++, x.shape)) : drawNormal(next++, x.shape),
      ]),
    );
  return { params: anew(params), state: anew(state) };
}

function columnsOf({ structure, outputs }: TaskNeuronLayer): number[] {
  return structure.interaction.map(({ order, rank }) => order * rank * outputs);
}

/** The terms [T][B][C] as nested arrays. */
function termsOf(layer: TaskNeuronLayer, params: Named, x: Tensor): number[][][] {
  const options = { powers: layer.structure.power, interactions: layer.structure.interaction };
  const terms = polynomialTermsComposed(x, params.power, params.factors, options);
  const [count, rows, outputs] = terms.shape;
  const data = flatten(terms);
  return Array.from({ length: count }, (_, t) =>
    Array.from({ length: rows }, (_, b) =>
      Array.from({ length: outputs }, (_, c) => data[(t * rows + b) * outputs + c]),
    ),
  );
}

/** Batch normalisation written out: outputs [B·C], batch mean and variance [T·C]. */
function normalizedByHand(layer: TaskNeuronLayer, params: Named, x: Tensor, running?: Named): Record<string, number[]> {
  const rows = x.shape[0];
  const output = Array.from({ length: rows * layer.outputs }, (_, i) => params.bias.toTypedArray()[i % layer.outputs]);
  const [means, variances]: [number[], number[]] = [[], []];
  termsOf(layer, params, x).forEach((term, t) => {
    for (let c = 0; c < layer.outputs; c++) {
      const at = t * layer.outputs + c;
      const column = term.map((row) => row[c]);
      const mean = column.reduce((a, b) => a + b, 0) / rows;
      const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / rows;
      means.push(mean);
      variances.push(variance);
      const [m, v] = running
        ? [running.mean.toTypedArray()[at], running.variance.toTypedArray()[at]]
        : [mean, variance];
      column.forEach((value, b) => {
        output[b * layer.outputs + c] += (params.scale.toTypedArray()[at] * (value - m)) / Math.sqrt(v + 1e-5);
      });
    }
  });
  return { output, mean: means, variance: variances };
}

function values(tree: Tree, name?: string): number[] {
  return treeLeaves(name === undefined ? tree : named(tree)[name]).flatMap((x) => Array.from(x.toTypedArray()));
}

const normalizedLayers = layers.filter(({ normalize }) => normalize);

describe('taskNeuron', () => {
  test.prop([layers, seeds])('without normalisation it is the polynomial neuron of its parameters', (any, seed) => {
    const layer = { ...any, normalize: false };
    const { params } = drawn(layer, seed);
    const x = drawNormal(seed + 50, [5, 2]);
    let start = 0;
    const neuron = polynomialNeuron({
      inputs: 2,
      outputs: layer.outputs,
      bias: params.bias,
      power: layer.structure.power.map((order, p) => ({ order, weights: slice(params.power, [p]) })),
      interaction: layer.structure.interaction.map(({ order, rank }, q) => {
        const columns = rank * layer.outputs;
        const factors = Array.from({ length: order }, (_, m) => {
          const from = start + m * columns;
          const part = slice(params.factors, [undefined, { start: from, stop: from + columns }]);
          return reshape(part, [2, rank, layer.outputs]);
        });
        start += columnsOf(layer)[q];
        return { form: 'cp' as const, order, rank, factors };
      }),
    });
    for (const training of [false, true]) {
      const { output, state } = apply(layer, { params, state: {} }, x, { training });
      const expected = evaluate(neuron, x);
      expect(output.shape).toEqual(expected.shape);
      // The same terms, added in the same order.
      expectClose(output.toTypedArray(), expected.toTypedArray(), { factor: 10 });
      expect(state).toEqual({});
    }
  });

  test('a worked example', () => {
    const layer = taskNeuron(2, 1, { power: [2], interaction: [{ order: 2, rank: 1 }] }, { normalize: false });
    const params = {
      power: tensor([[[2], [3]]]),
      factors: tensor([
        [1, 4],
        [5, 6],
      ]),
      bias: tensor([7]),
    };
    // 2·x₁² + 3·x₂² + (x₁ + 5·x₂)·(4·x₁ + 6·x₂) + 7 at (1, −1)
    expect(apply(layer, { params, state: {} }, tensor([[1, -1]])).output.toArray()).toEqual([[2 + 3 + 8 + 7]]);
  });

  test.prop([normalizedLayers, seeds, fc.integer({ min: 1, max: 6 })])(
    'in training it uses the statistics of the batch, and running statistics follow by a tenth',
    (layer, seed, rows) => {
      const variables = drawn(layer, seed);
      const x = drawNormal(seed + 50, [rows, 2]);
      const { output, state } = apply(layer, variables, x, { training: true });
      const expected = normalizedByHand(layer, variables.params, x);
      // Terms up to about 300; where the batch varies little, their roundings are divided by √1e-5 = 1/316.
      const scale = 1 + 316 * Math.max(...termsOf(layer, variables.params, x).flat(2).map(Math.abs));
      expectClose(values(output), expected.output, { factor: 300, scale: scale * 4 });
      for (const name of ['mean', 'variance']) {
        const followed = values(variables.state, name).map((old, i) => 0.9 * old + 0.1 * expected[name][i]);
        expectClose(values(state, name), followed, { factor: 300 });
      }
    },
  );

  test.prop([normalizedLayers, seeds, fc.integer({ min: 0, max: 6 })])(
    'outside training it uses the running statistics and changes none',
    (layer, seed, rows) => {
      const { params, state } = drawn(layer, seed);
      const x = drawNormal(seed + 50, [rows, 2]);
      const applied = apply(layer, { params, state }, x);
      const expected = normalizedByHand(layer, params, x, state);
      const scale =
        1 + Math.max(0, ...expected.output.map(Math.abs)) + 316 * Math.max(0, ...values(state, 'mean').map(Math.abs));
      expectClose(values(applied.output), expected.output, { factor: 300, scale: scale * 10 });
      expect(applied.state).toBe(state);
    },
  );

  test.prop([normalizedLayers, seeds])('outside training rows do not see each other', (layer, seed) => {
    const variables = drawn(layer, seed);
    const x = drawNormal(seed + 50, [4, 2]);
    const together = values(apply(layer, variables, x).output);
    const alone = [0, 1, 2, 3].flatMap((row) =>
      values(apply(layer, variables, slice(x, [{ start: row, stop: row + 1 }])).output),
    );
    expectClose(alone, together, { factor: 20, scale: 1 + 316 * Math.max(...together.map(Math.abs)) });
  });

  test.prop([seeds, fc.integer({ min: 1, max: 10 })])(
    'in training the output does not see the scale of power weights or factors',
    (seed, exponent) => {
      const structure = { power: [1, 2], interaction: [{ order: 2, rank: 2 }] };
      const layer = taskNeuron(2, 3, structure);
      const { params, state } = drawn(layer, seed);
      const x = drawNormal(seed + 50, [30, 2]);
      const factor = 2 ** exponent;
      const scaled = { ...params, power: mul(params.power, factor), factors: mul(params.factors, -factor) };
      const before = values(apply(layer, { params, state }, x, { training: true }).output);
      const after = values(apply(layer, { params: scaled, state }, x, { training: true }).output);
      // Each normalised term, at most √30 times its scale, loses at most the share ε/(2·variance) to the ε under the root.
      const { variance } = normalizedByHand(layer, params, x);
      const scales = values(params.scale);
      const bound = scales.reduce(
        (total, s, i) => total + Math.abs(s) * Math.sqrt(30) * Math.min(1, 0.5e-5 / variance[i]),
        1e-12,
      );
      expect(Math.max(...before.map((y, i) => Math.abs(after[i] - y)))).toBeLessThanOrEqual(bound);
    },
  );

  test('a batch of one row is normalised to the bias', () => {
    const layer = taskNeuron(2, 2, { power: [1, 3], interaction: [{ order: 2, rank: 1 }] });
    const { params, state } = drawn(layer, 3);
    const { output } = apply(layer, { params, state }, drawNormal(4, [1, 2]), { training: true });
    expectSameBits(values(output), values(params.bias));
  });

  test('float32 variables stay float32, running statistics too', () => {
    const layer = taskNeuron(2, 2, { power: [2], interaction: [{ order: 2, rank: 1 }] });
    const { params, state }: Variables = drawn(layer, 3);
    const cast = (tree: Tree): Tree => treeMap((t) => astype(t, 'float32'), tree);
    const { output, state: followed } = apply(
      layer,
      { params: cast(params), state: cast(state) },
      astype(drawNormal(4, [5, 2]), 'float32'),
      { training: true },
    );
    expect([output, ...treeLeaves(followed)].map(({ dtype }) => dtype)).toEqual(['float32', 'float32', 'float32']);
  });

  test('state carries no derivative, and none flows through it', () => {
    const layer = taskNeuron(2, 1, { power: [2], interaction: [] });
    const { params, state } = drawn(layer, 5);
    const seen: Variables['state'][] = [];
    const slopes = grad((trial: Named) => {
      const applied = apply(layer, { params: trial, state }, drawNormal(6, [4, 2]), { training: true });
      seen.push(applied.state);
      return treeLeaves(applied.state).reduce((total, x) => sum(mul(x, total)), sum(mul(applied.output, 0)));
    })(params);
    expect(treeLeaves(seen).map((x) => x.node)).toEqual([undefined, undefined]);
    expect(values(slopes).every((g) => g === 0)).toBe(true);
  });

  const none = { power: [], interaction: [] };
  test.each<[string, () => unknown]>([
    ['inputs must be a positive integer, got 0', () => taskNeuron(0, 1, { ...none, power: [1] })],
    ['outputs must be a positive integer, got 1.5', () => taskNeuron(1, 1.5, { ...none, power: [1] })],
    ['power[1] must be a positive integer, got -2', () => taskNeuron(1, 1, { ...none, power: [1, -2] })],
    [
      "interaction[0].form must be 'cp', got 'tt'",
      () => taskNeuron(1, 1, { ...none, interaction: [{ order: 2, rank: 1, form: 'tt' }] }),
    ],
    ['powers must be distinct, 2 occurs twice', () => taskNeuron(1, 1, { ...none, power: [2, 2] })],
    [
      'interaction[0].order must be a positive integer, got 0',
      () => taskNeuron(1, 1, { ...none, interaction: [{ order: 0, rank: 1 }] }),
    ],
    [
      'interaction[0].rank must be a positive integer, got NaN',
      () => taskNeuron(1, 1, { ...none, interaction: [{ order: 1, rank: Number.NaN }] }),
    ],
    ['the structure has no terms', () => taskNeuron(1, 1, none)],
  ])('refuses: %s', (message, make) => {
    expect(make).toThrow(new RangeError(`taskNeuron: ${message}`));
  });
});
