import { polynomialTermsComposed } from '@neuronseek/neurons';
import { slice, type Tensor, treeLeaves, treeMap } from '@neuronseek/tensor';
import { fold, key } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { init, linear, parameterCount, taskNeuron } from '../../src/index.js';
import { rulesOf } from '../../src/layers/table.js';
import { drawNormal } from '../support/bridge.js';
import { everyKind } from '../support/layers.js';

function numbers(tree: unknown): number[] {
  return treeLeaves(tree).flatMap((x) => Array.from(x.toTypedArray()));
}

function leavesOf(params: unknown): readonly Tensor[] {
  return treeLeaves(params);
}

describe('init', () => {
  test.each(everyKind)('$name: the key decides every bit', ({ layer }) => {
    const variables = init(layer, key(7));
    expect(init(layer, key(7))).toEqual(variables);
    if (parameterCount(variables.params) > 0) expect(init(layer, key(8))).not.toEqual(variables);
  });

  test.each(everyKind)('$name: the template has its shapes and dtypes, and holds no number', ({ layer }) => {
    const template = rulesOf(layer).template(layer);
    const shapes = (tree: unknown): string[] => {
      const seen: string[] = [];
      treeMap((x, path) => {
        seen.push(`${path} ${x.dtype} ${x.shape.join('×')}`);
        return x;
      }, tree);
      return seen;
    };
    const { params, state } = init(layer, key(1));
    expect([shapes(template.params), shapes(template.state)]).toEqual([shapes(params), shapes(state)]);
    expect(treeLeaves([template.params, template.state]).every((x) => x.data.length === 1)).toBe(true);
  });

  test('layers of a sequence draw from keys of their own', () => {
    const { layer } = everyKind[everyKind.length - 1];
    const seen = numbers(init(layer, key(1)).params).filter((w) => w !== 0 && w !== 1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('weights of linear are uniform on ±1/√inputs', () => {
    const { params } = init(linear(50, 200), key(3));
    const [weight, bias] = leavesOf(params).map((x) => Array.from(x.toTypedArray()));
    const bound = 1 / Math.sqrt(50);
    const n = weight.length;
    expect(weight.every((w) => Math.abs(w) <= bound)).toBe(true);
    // Five standard errors of the mean (bound/√3 over √n) and of the mean square (bound²·√(1/5 − 1/9) over √n).
    expect(Math.abs(weight.reduce((a, w) => a + w, 0) / n)).toBeLessThan((5 * bound) / Math.sqrt(3 * n));
    const square = weight.reduce((a, w) => a + w * w, 0) / n;
    expect(Math.abs(square - bound ** 2 / 3)).toBeLessThan(5 * bound ** 2 * Math.sqrt((1 / 5 - 1 / 9) / n));
    expect(bias).toEqual(new Array(200).fill(0));
  });

  test('terms of taskNeuron have a variance of about 1 for standard normal inputs', () => {
    const inputs = 16;
    const structure = {
      power: [1, 2, 3],
      interaction: [
        { order: 1, rank: 1 },
        { order: 2, rank: 1 },
        { order: 2, rank: 4 },
        { order: 3, rank: 2 },
      ],
    };
    // Power terms: exactly 1. Interactions: (E|x|²)ᵏ is meant to be Dᵏ, but E(|x|²)ᵏ is D·(D + 2)·…·(D + 2k − 2).
    const excess = (order: number): number =>
      Array.from({ length: order }, (_, i) => 1 + (2 * i) / inputs).reduce((a, b) => a * b, 1);
    const expected = [1, 1, 1, ...structure.interaction.map(({ order }) => excess(order))];
    const layer = taskNeuron(inputs, 8, structure, { normalize: false });
    const runs = 60;
    const squares = Array.from({ length: runs }, (_, run) => {
      const [power, factors] = leavesOf(init(layer, fold(key(5), run)).params);
      const x = drawNormal(1000 + run, [40, inputs]);
      const terms = polynomialTermsComposed(x, power, factors, {
        powers: structure.power,
        interactions: structure.interaction,
      });
      // Means of all terms are 0: the weights are symmetric about 0.
      return expected.map((_, t) => {
        const term = Array.from(slice(terms, [t]).toTypedArray());
        return term.reduce((a, v) => a + v * v, 0) / term.length;
      });
    });
    expected.forEach((variance, t) => {
      const means = squares.map((run) => run[t]);
      const mean = means.reduce((a, b) => a + b, 0) / runs;
      const error = Math.sqrt(means.reduce((a, m) => a + (m - mean) ** 2, 0) / (runs * (runs - 1)));
      // Five standard errors of the mean over runs with weights and rows of their own; small enough to notice a factor of 1.5.
      expect(error).toBeLessThan(0.1 * variance);
      expect(Math.abs(mean - variance)).toBeLessThan(5 * error);
    });
  });

  test('refuses what is no layer', () => {
    const layer = JSON.parse('{"kind":"conv","size":3}');
    expect(() => init(layer, key(1))).toThrow(new TypeError('rulesOf: unknown kind of layer: "conv"'));
  });
});
