import { fc, test } from '@fast-check/vitest';
import { evaluate } from '@neuronseek/neurons';
import { ones, tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { runGatedModel } from '../../src/gates/gated-model.js';
import { expectedGates } from '../../src/gates/hard-concrete.js';
import { apart, together } from '../../src/gates/products.js';
import { blockOfRows, restated, termMoments } from '../../src/gates/term-moments.js';
import { toNeuron } from '../../src/gates/to-neuron.js';
import { drawNormal } from '../support/bridge.js';
import { smallStructure, trainedParams } from '../support/small-model.js';

const seeds = [fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 3 })] as const;

describe('products', () => {
  test.prop([...seeds])('apart, and together again, are the same function', (seed, outputs) => {
    const x = drawNormal(seed + 9, [25, 3]);
    const params = trainedParams(smallStructure, 3, outputs, seed);
    const gates = expectedGates(params.logAlpha);
    const whole = runGatedModel(smallStructure, params, x, gates).toTypedArray();
    const split = apart({ structure: smallStructure, params }, x, gates);
    expect(split.structure.interaction).toEqual([2, 2, 3].map((order) => ({ order, rank: 1 })));
    const open = ones(split.params.logAlpha.shape);
    expectClose(runGatedModel(split.structure, split.params, x, open).toTypedArray(), whole, {
      factor: 1e5,
      scale: 10,
    });
    const joined = together(split, x);
    expect(joined.structure).toEqual(smallStructure);
    const all = ones(joined.params.logAlpha.shape);
    expectClose(runGatedModel(joined.structure, joined.params, x, all).toTypedArray(), whole, {
      factor: 1e5,
      scale: 10,
    });
    const neuron = toNeuron(joined.structure, joined.params, x, all)?.neuron;
    expectClose(neuron ? evaluate(neuron, x).toTypedArray() : [], whole, { factor: 1e5, scale: 10 });
  });

  test('of one stream alone', () => {
    const x = drawNormal(4, [12, 2]);
    for (const structure of [
      { power: [], interaction: [{ order: 2, rank: 3 }] },
      { power: [2], interaction: [] },
    ]) {
      const params = trainedParams(structure, 2, 1, 5);
      const gates = ones([1]);
      const joined = together(apart({ structure, params }, x, gates), x);
      expect(joined.structure).toEqual(structure);
      expectClose(
        runGatedModel(structure, joined.params, x, gates).toTypedArray(),
        runGatedModel(structure, params, x, gates).toTypedArray(),
        { factor: 1e5, scale: 10 },
      );
    }
  });
});

describe('termMoments', () => {
  test.prop([...seeds])('are those of one batch of all rows; restated parameters mean the same', (seed, outputs) => {
    const x = drawNormal(seed, [30, 3]);
    const params = trainedParams(smallStructure, 3, outputs, seed);
    const gates = expectedGates(params.logAlpha);
    const batch = runGatedModel(smallStructure, params, x, gates).toTypedArray();
    const moments = termMoments(smallStructure, params, x);
    expectClose(runGatedModel(smallStructure, params, x, gates, moments).toTypedArray(), batch, {
      factor: 1e4,
      scale: 10,
    });
    const others = termMoments(smallStructure, params, drawNormal(seed + 1, [20, 3]));
    const same = runGatedModel(smallStructure, restated(params, moments, others), x, gates, others);
    expectClose(same.toTypedArray(), batch, { factor: 1e5, scale: 10 });
  });

  test('joined over blocks are those of all rows', () => {
    const rows = 2 * blockOfRows + 17;
    const x = drawNormal(3, [rows, 1]);
    const structure = { power: [2], interaction: [] };
    const params = { ...trainedParams(structure, 1, 1, 1), power: tensor([[[1]]]) };
    const values = Array.from(x.toTypedArray(), (v) => v * v);
    const mean = values.reduce((sum, v) => sum + v, 0) / rows;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows;
    const got = termMoments(structure, params, x);
    expectClose([got.mean.item(), got.inverse.item()], [mean, 1 / Math.sqrt(variance + 1e-5)], { factor: 1e4 });
  });
});
