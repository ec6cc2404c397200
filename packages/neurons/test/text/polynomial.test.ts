import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  evaluate,
  expand,
  type PolynomialNeuron,
  parse,
  polynomialNeuron,
  print,
  textFormats,
  toExpressionNeuron,
  toPolynomialNeuron,
} from '../../src/index.js';
import { toData } from '../support/bridge.js';
import { drawPositive, drawTensor } from '../support/draw.js';
import { formsCases, formsTolerance, makeFormsNeuron } from '../support/forms.js';
import { makeNeuron, neuronCases, neurons, neuronTolerance } from '../support/neuron.js';

const formats = textFormats.filter((format) => format !== 'tnlearn');

function valuesOf(neuron: Parameters<typeof evaluate>[0], seed: number): Float64Array {
  return toData(evaluate(neuron, drawTensor(seed, [5, neuron.inputs]))).data;
}

/** 2.5·age³ − 1.2·bmi·bp + 7 */
const example: PolynomialNeuron = polynomialNeuron({
  inputs: 3,
  features: ['age', 'bmi', 'bp'],
  bias: tensor([7]),
  power: [{ order: 3, weights: tensor([[2.5], [0], [0]]) }],
  interaction: [
    {
      form: 'cp',
      order: 2,
      rank: 1,
      factors: [tensor([[[0]], [[-1.2]], [[0]]]), tensor([[[0]], [[0]], [[1]]])],
    },
  ],
});

const wide: PolynomialNeuron = polynomialNeuron({
  inputs: 2,
  features: ['a', 'b'],
  interaction: [
    {
      form: 'cp',
      order: 2,
      rank: 1,
      factors: [tensor([[[0.1]], [[3]]]), tensor([[[1]], [[-2]]])],
    },
  ],
});

describe('polynomial neurons as text', () => {
  test('structured by default, expanded on request', () => {
    expect(print(example, { format: 'text' })).toBe('2.5*age^3 - 1.2*bmi*bp + 7');
    expect(print(wide, { format: 'text' })).toBe('(0.1*a + 3*b)*(a - 2*b)');
    expect(print(wide, { format: 'text', expanded: true })).toBe('0.1*a^2 + 2.8*a*b - 6*b^2');
    expect(print(wide, { format: 'text', names: ['u', 'v w'] })).toBe('(0.1*u + 3*`v w`)*(u - 2*`v w`)');
  });

  test.prop([neurons, fc.constantFrom(...formats), fc.boolean(), fc.nat()])(
    'printed and parsed has the value of the neuron',
    (neuron, format, expanded, seed) => {
      const back = parse(print(neuron, { format, expanded }), { format, features: neuron.features });
      expectClose(valuesOf(back, seed), valuesOf(neuron, seed), neuronTolerance);
    },
  );

  test.prop([formsCases, fc.nat()])('so have interactions of all forms, with their scaling', (c, seed) => {
    const neuron = makeFormsNeuron(c, drawTensor);
    const back = parse(print(neuron, { format: 'text' }), { features: neuron.features });
    expectClose(valuesOf(back, seed), valuesOf(neuron, seed), formsTolerance);
  });

  test.prop([neurons, fc.nat()])('toPolynomialNeuron reads CP neurons back', (neuron, seed) => {
    const back = toPolynomialNeuron(toExpressionNeuron(neuron));
    expectClose(valuesOf(back, seed), valuesOf(neuron, seed), neuronTolerance);
    expect(expand(back, { exact: true })).toEqual(expand(neuron, { exact: true }));
  });

  test.prop([neuronCases])(
    'bit for bit where the structure shows: no zeros, no order twice, products of two forms',
    (c) => {
      const orders = c.structure.interaction.filter(
        ({ order }, q) => order > 1 && c.structure.interaction.findIndex((other) => other.order === order) === q,
      );
      const neuron = makeNeuron(
        {
          ...c,
          inputs: c.inputs + 1,
          structure: {
            power: [...c.structure.power].sort((p, q) => p - q),
            interaction: orders.sort((p, q) => p.order - q.order),
          },
        },
        (seed, shape) => {
          const { data } = drawPositive(seed, shape);
          return tensor(
            data.map((u) => (u === 1 ? 1.25 : u)),
            shape,
          );
        },
      );
      const back = toPolynomialNeuron(parse(print(neuron, { format: 'text' }), { features: neuron.features }));
      expect(back).toEqual(neuron);
    },
  );

  test('a string of tnlearn becomes a power stream', () => {
    const formula = parse('2@x**3 - 0.5@x + 7', { format: 'tnlearn', features: ['a', 'b'] });
    const neuron = toPolynomialNeuron(formula);
    expect(print(neuron)).toBe('y ≈ −0.500·a − 0.500·b + 2.00·a³ + 2.00·b³ + 7.00');
    expect(print(formula, { format: 'tnlearn' })).toBe('2@x**3 - 0.5@x + 7');
  });

  test.each([
    ['a*b + sin(a)', "has a node 'call' that no product of linear forms has"],
    ['2*3.5*a', 'has numbers to multiply'],
    ['2*(3*a + b)*(0.1*a - b)', 'has numbers to multiply'],
    ['1 + a + 2', 'has two constants'],
    ['(a + 1)*b', "has a node 'add' that no product of linear forms has"],
    ['a/b', "has a node 'divide' that no product of linear forms has"],
    ['a^0.5', 'has a power of something else than a linear form'],
    ['a^1000', 'has a power of something else than a linear form'],
    ['a^900*b^900', 'has a product of more than 999 linear forms'],
    ['sum(x^2)*a', 'has a total in a product'],
    ['sum(x*a)', 'has a total of something else than a power of x'],
  ])('toPolynomialNeuron refuses %s', (text, message) => {
    expect(() => toPolynomialNeuron(parse(text, { features: ['a', 'b'] }))).toThrow(
      new RangeError(
        `toPolynomialNeuron: expressions[0] must be a sum of products of linear forms: got one that ${message}`,
      ),
    );
  });

  test.each([
    ['a + a', [4, 2]],
    ['-(a*b)', [-2, -3]],
    ['-2*(-(a - b))*b', [2, -12]],
    ['(a - b)^2', [1, 4]],
    ['sum(x)', [3, 4]],
    ['-(sum(x^2)*3)', [-15, -30]],
    ['-(-1.5)', [1.5, 1.5]],
  ])('toPolynomialNeuron of %s', (text, expected) => {
    const x = tensor([
      [2, 1],
      [1, 3],
    ]);
    const neuron = toPolynomialNeuron(parse(text, { features: ['a', 'b'] }));
    const values = Array.from(toData(evaluate(neuron, x)).data);
    expect(values).toEqual(expected);
  });
});
