import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { describe, expect } from 'vitest';
import { parse, polynomialNeuron, print, toExpressionNeuron } from '../../src/index.js';
import { drawTensor } from '../support/draw.js';
import { namedNeurons } from '../support/named-neuron.js';

const features = ['age', 'bmi', 'blood pressure', 'x'];

describe('expression neurons for people', () => {
  test.each([
    ['2.5*age^3 - 1.2*age*bmi + 7', 'y ≈ 2.50·age³ − 1.20·age·bmi + 7.00'],
    ['7 + 2.5*age + -1.2*bmi', 'y ≈ 2.50·age − 1.20·bmi + 7.00'],
    ['age - (bmi - 2*age) - (-(3*bmi))', 'y ≈ age − bmi + 2.00·age + 3.00·bmi'],
    ['-3', 'y ≈ −3.00'],
    ['0.1234567*sin(age/(bmi + 1))^2*sqrt(`blood pressure`)', 'y ≈ 0.123·sin(age/(bmi + 1.00))²·√([blood pressure])'],
    ['exp(-abs(age))^(-2) + age^0.5 + age^bmi', 'y ≈ exp(−|age|)⁻² + age^0.500 + age^bmi'],
    ['2*sum(x^3 + `x`) + x/1e9', 'y ≈ 2.00·Σ(x³ + [x]) + x/(1.00·10⁹)'],
    ['(age + bmi)*(age - bmi)', 'y ≈ (age + bmi)·(age − bmi)'],
    ['age\n1', 'y1 ≈ age\ny2 ≈ 1.00'],
  ])('%s', (text, expected) => {
    expect(print(parse(text, { features }))).toBe(expected);
  });

  const neuron = parse('0.5*age - 3*bmi + sin(age) + 1', { features: ['age', 'bmi'] });
  const sample = tensor([
    [10, 0.1],
    [-10, 0.2],
    [20, -0.1],
  ]);

  test('by variance with a sample, the largest terms alone if asked, with the share of the rest', () => {
    expect(print(neuron, { sample })).toBe('y ≈ 0.500·age + sin(age) − 3.00·bmi + 1.00');
    expect(print(neuron, { sample, by: 'order' })).toBe(print(neuron));
    expect(print(neuron, { maxTerms: 1 })).toBe('y ≈ −3.00·bmi + 1.00  (2 smaller terms left out)');
    expect(print(neuron, { maxTerms: 0, sample })).toBe('y ≈ 1.00  (3 smaller terms left out: 100 % of the variance)');
    expect(print(neuron, { digits: 1, names: ['a b', 'c'], output: 'risk' })).toBe(
      'risk ≈ 0.5·[a b] − 3·c + sin([a b]) + 1',
    );
  });

  test('a polynomial neuron and its formula show the same terms and shares', () => {
    const polynomial = polynomialNeuron({
      inputs: 2,
      bias: tensor([7]),
      power: [
        { order: 1, weights: tensor([[0.5], [-2]]) },
        { order: 3, weights: tensor([[1], [0.25]]) },
      ],
    });
    const rows = drawTensor(11, [40, 2]);
    const text = print(polynomial, { sample: rows, maxTerms: 2 });
    expect(print(toExpressionNeuron(polynomial), { sample: rows, maxTerms: 2 })).toBe(text.replace('1.00·x1³', 'x1³'));
  });

  test('values that are not finite come first and leave no share', () => {
    const poles = parse('100*age + log(age) + bmi', { features: ['age', 'bmi'] });
    expect(print(poles, { sample, maxTerms: 1 })).toBe('y ≈ log(age)  (2 smaller terms left out)');
  });

  test.prop([namedNeurons, fc.integer({ min: 1, max: 17 })])(
    'every formula is a line with every output',
    (any, digits) => {
      const names = any.features.map((_, d) => `f${d}`);
      const lines = print(any, { digits, names, sample: drawTensor(digits, [4, any.inputs]) }).split('\n');
      expect(lines).toHaveLength(any.outputs);
      for (const line of lines) expect(line).toMatch(/^y\d? ≈ (?!$)(?:(?!NaN|undefined).)*$/u);
    },
  );

  test.each([
    [{ sample: tensor([[1, 2]]) }, 'sample must have shape [N, 2] with N ≥ 2: got [1, 2]'],
    [{ digits: 0 }, 'digits must be an integer from 1 to 17: got 0'],
    [{ output: ['a', 'b'] }, 'output must name 1 outputs: got 2'],
    [{ names: ['a'] }, 'names must be 2: got 1'],
  ])('refuses %o', (options, message) => {
    expect(() => print(neuron, options)).toThrow(new RangeError(`print: ${message}`));
  });
});
