import { test } from '@fast-check/vitest';
import { astype, ones, tensor, treeMap, zeros } from '@neuronseek/tensor';
import { describe, expect } from 'vitest';
import { type Interaction, type PolynomialNeuronOptions, polynomialNeuron } from '../src/index.js';
import { neurons } from './support/neuron.js';

const factor = ones([2, 3, 1]);
const cp: Interaction = { form: 'cp', order: 2, rank: 3, factors: [factor, factor] };

describe('polynomialNeuron', () => {
  test('fills in names, bias and empty streams', () => {
    const neuron = polynomialNeuron({ inputs: 2 });
    expect(neuron).toMatchObject({ kind: 'polynomial', inputs: 2, outputs: 1, power: [], interaction: [] });
    expect(neuron.features).toEqual(['x1', 'x2']);
    expect(neuron.bias.toArray()).toEqual([0]);
  });

  test('a default bias has the dtype of the weights', () => {
    const weights = astype(ones([2, 1]), 'float32');
    expect(polynomialNeuron({ inputs: 2, power: [{ order: 1, weights }] }).bias.dtype).toBe('float32');
    const factors = [astype(factor, 'float32'), astype(factor, 'float32')];
    expect(polynomialNeuron({ inputs: 2, interaction: [{ ...cp, factors }] }).bias.dtype).toBe('float32');
  });

  test.prop([neurons])('is a tree of tensors: treeMap keeps everything else', (neuron) => {
    expect(treeMap((t) => t, neuron)).toEqual(neuron);
  });

  const refused: [PolynomialNeuronOptions, string][] = [
    [{ inputs: 0 }, 'inputs must be an integer ≥ 1: got 0'],
    [{ inputs: 2, outputs: 1.5 }, 'outputs must be an integer ≥ 1: got 1.5'],
    [{ inputs: 2, features: ['a'] }, 'features must be 2 names: got 1'],
    [{ inputs: 2, features: ['a', 'a'] }, "features[1] is 'a', as is features[0]"],
    [{ inputs: 2, features: ['a', ' '] }, 'features[1] is blank'],
    [{ inputs: 2, bias: zeros([2]) }, 'bias must have shape [1]: got [2]'],
    [{ inputs: 2, power: [{ order: 0, weights: ones([2, 1]) }] }, 'power[0].order must be an integer ≥ 1: got 0'],
    [
      { inputs: 2, power: [{ order: 2, weights: ones([1, 2]) }] },
      'power[0].weights must have shape [2, 1]: got [1, 2]',
    ],
    [
      { inputs: 2, power: [2, 3, 2].map((order) => ({ order, weights: ones([2, 1]) })) },
      'power[2].order is 2, which power[0] has already',
    ],
    [
      { inputs: 2, power: [{ order: 1, weights: tensor([[1], [Number.NEGATIVE_INFINITY]]) }] },
      'power[0].weights is not finite at [1, 0]: -Infinity',
    ],
    [{ inputs: 2, interaction: [{ ...cp, order: 3 }] }, 'interaction[0] has order 3 but 2 factors'],
    [{ inputs: 2, interaction: [{ ...cp, rank: 0 }] }, 'interaction[0].rank must be an integer ≥ 1: got 0'],
    [
      { inputs: 2, interaction: [cp, { ...cp, rank: 2 }] },
      'interaction[1].factors[0] must have shape [2, 2, 1]: got [2, 3, 1]',
    ],
  ];
  test.each(refused)('refuses %o', (options, message) => {
    expect(() => polynomialNeuron(options)).toThrow(new RangeError(`polynomialNeuron: ${message}`));
  });

  test('refuses numbers of another kind', () => {
    const narrow = { order: 1, weights: astype(ones([2, 1]), 'float32') };
    expect(() => polynomialNeuron({ inputs: 2, bias: zeros([1]), power: [narrow] })).toThrow(
      new TypeError('polynomialNeuron: power[0].weights is float32 but bias is float64: all must have one dtype'),
    );
    expect(() => polynomialNeuron({ inputs: 2, bias: astype(zeros([1]), 'int32') })).toThrow(
      new TypeError('polynomialNeuron: bias must be float64 or float32: got int32'),
    );
  });

  test('refuses what JavaScript callers may pass', () => {
    const loose: Record<string, unknown>[] = [
      { inputs: 1, power: [{ order: 1, weights: [[1]] }] },
      { inputs: 1, interaction: [{ form: 'hosvd', order: 1, rank: 1, factors: [] }] },
      { inputs: 1, features: [7] },
    ];
    const messages = loose.map((options) => {
      try {
        Reflect.apply(polynomialNeuron, undefined, [options]);
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(messages).toEqual([
      'TypeError: polynomialNeuron: power[0].weights must be a tensor: got object',
      "RangeError: polynomialNeuron: interaction[0].form must be 'cp', 'symmetric', 'tucker' or 'tt': got hosvd",
      'TypeError: polynomialNeuron: features[0] must be a string: got number',
    ]);
  });
});
