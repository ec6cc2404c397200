import { fc, test } from '@fast-check/vitest';
import { astype, ones, type Tensor, tensor, treeLeaves, treeMap } from '@neuronseek/tensor';
import { checkRoundTrip, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { fromJSON, jsonVersion, type PolynomialNeuron, polynomialNeuron, toJSON } from '../src/index.js';
import { toData } from './support/bridge.js';
import { makeNeuron, neuronCases } from './support/neuron.js';
import { throughJson } from './support/through-json.js';

function expectSame(actual: PolynomialNeuron, expected: PolynomialNeuron): void {
  const plain = (neuron: PolynomialNeuron): unknown => JSON.parse(JSON.stringify(treeMap(() => tensor(0), neuron)));
  expect(plain(actual)).toEqual(plain(expected));
  const theirs = treeLeaves(expected);
  treeLeaves(actual).forEach((t, i) => {
    expect([t.dtype, t.shape]).toEqual([theirs[i].dtype, theirs[i].shape]);
    expectSameBits(toData(t).data, toData(theirs[i]).data);
  });
}

describe('JSON', () => {
  test.prop([
    neuronCases,
    fc.constantFrom('float64', 'float32'),
    fc.infiniteStream(fc.double({ noNaN: true, noDefaultInfinity: true })),
  ])('a neuron comes back bit for bit from text', (c, dtype, numbers) => {
    const draw = (_: number, shape: readonly number[]): Tensor => {
      const size = shape.reduce((a, b) => a * b, 1);
      // float32 has its own bounds: beyond them a double would become infinite.
      const next = (): number => {
        const value = numbers.next().value ?? 0;
        return dtype === 'float32' ? Math.fround(Math.max(-3e38, Math.min(3e38, value))) : value;
      };
      return astype(tensor(Float64Array.from({ length: size }, next), shape), dtype);
    };
    checkRoundTrip({ forward: throughJson, backward: (n) => n, value: makeNeuron(c, draw), compare: expectSame });
  });

  test('negative zero, the smallest and the largest double', () => {
    const bias = tensor([-0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2]);
    const neuron = polynomialNeuron({ inputs: 1, outputs: 4, bias });
    expectSame(throughJson(neuron), neuron);
    expect(toJSON(neuron).bias).toEqual(['-0', 5e-324, Number.MAX_VALUE, 0.30000000000000004]);
  });

  const neuron = polynomialNeuron({
    inputs: 2,
    power: [{ order: 3, weights: ones([2, 1]) }],
    interaction: [{ form: 'cp', order: 1, rank: 1, factors: [ones([2, 1, 1])] }],
  });
  const good = toJSON(neuron);

  test('the format', () => {
    expect(jsonVersion).toBe(1);
    expect(good).toEqual({
      kind: 'polynomial',
      version: 1,
      dtype: 'float64',
      inputs: 2,
      outputs: 1,
      features: ['x1', 'x2'],
      bias: [0],
      power: [{ order: 3, weights: [[1], [1]] }],
      interaction: [{ form: 'cp', order: 1, rank: 1, factors: [[[[1]], [[1]]]] }],
    });
  });

  test('what is not finite is not written', () => {
    const broken = { ...neuron, bias: tensor([Number.NaN]) };
    expect(() => toJSON(broken)).toThrow(new RangeError('toJSON: bias is not finite at [0]: NaN'));
  });

  test.each([
    [null, '$ must be an object: got null'],
    ['{}', "$ must be an object: got '{}'"],
    [[good], '$ must be an object: got an array'],
    [{}, "$.kind must be 'polynomial' or 'expression': got nothing"],
    [{ ...good, version: 2 }, '$.version must be 1: got 2'],
    [{ ...good, dtype: 'int32' }, "$.dtype must be 'float64' or 'float32': got 'int32'"],
    [{ ...good, inputs: '2' }, "$.inputs must be a number: got '2'"],
    [{ ...good, outputs: -1 }, '$.outputs must be an integer ≥ 1: got -1'],
    [{ ...good, features: ['a', 1] }, '$.features[1] must be a string: got 1'],
    [{ ...good, features: ['a', 'a'] }, "$.features[1] is 'a', as is $.features[0]"],
    [{ ...good, bias: [null] }, '$.bias[0] must be a number: got null'],
    [{ ...good, bias: [Number.NaN] }, '$.bias is not finite at [0]: NaN'],
    [{ ...good, bias: 0 }, '$.bias must be an array: got 0'],
    [{ ...good, power: [good.power[0], good.power[0]] }, '$.power[1].order is 3, which $.power[0] has already'],
    [
      { ...good, power: [{ order: 3, weights: [[1], []] }] },
      '$.power[0].weights[1] must be an array of 1: got 0 items',
    ],
    [{ ...good, power: [{ order: 3 }] }, '$.power[0].weights must be an array: got nothing'],
    [
      { ...good, interaction: [{ ...good.interaction[0], form: 'hosvd' }] },
      "$.interaction[0].form must be 'cp', 'symmetric', 'tucker' or 'tt': got 'hosvd'",
    ],
    [
      { ...good, interaction: [{ ...good.interaction[0], factors: [[[[1]], [['one']]]] }] },
      "$.interaction[0].factors[0][1][0][0] must be a number: got 'one'",
    ],
    [{ ...good, interaction: [{ ...good.interaction[0], factors: [] }] }, '$.interaction[0] has order 1 but 0 factors'],
  ])('refuses malformed input by its place (%#)', (value, message) => {
    expect(() => fromJSON(value)).toThrow(`fromJSON: ${message}`);
  });
});
