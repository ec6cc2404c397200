import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { describe, expect } from 'vitest';
import { formatMagnitude } from '../src/format-number.js';
import { evaluate, expand, type PolynomialNeuron, polynomialNeuron, print, printDefaults } from '../src/index.js';
import { toData } from './support/bridge.js';
import { drawTensor } from './support/draw.js';
import { neurons } from './support/neuron.js';

/** 2.5·age³ − 0.0012·bmi² − 1.2·age·bmi + 7 */
const neuron: PolynomialNeuron = polynomialNeuron({
  inputs: 2,
  features: ['age', 'bmi'],
  bias: tensor([7]),
  power: [
    { order: 3, weights: tensor([[2.5], [0]]) },
    { order: 2, weights: tensor([[0], [-0.0012]]) },
  ],
  interaction: [{ form: 'cp', order: 2, rank: 1, factors: [tensor([[[-1.2]], [[0]]]), tensor([[[0]], [[1]]])] }],
});
const sample = drawTensor(3, [50, 2]);

function variance(values: ArrayLike<number>): number {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return list.reduce((a, b) => a + (b - mean) ** 2, 0) / list.length;
}

describe('print', () => {
  test('by order without a sample, by variance with one', () => {
    expect(print(neuron)).toBe('y ≈ −1.20·age·bmi − 0.00120·bmi² + 2.50·age³ + 7.00');
    expect(print(neuron, { sample })).toBe('y ≈ 2.50·age³ − 1.20·age·bmi − 0.00120·bmi² + 7.00');
    expect(print(neuron, { sample, by: 'order' })).toBe(print(neuron));
  });

  test('names, output and digits', () => {
    const options = { names: ['a', 'body mass'], output: 'risk', digits: 2 };
    expect(print(neuron, options)).toBe('risk ≈ −1.2·a·[body mass] − 0.0012·[body mass]² + 2.5·a³ + 7.0');
  });

  test('terms beyond maxTerms are counted, and weighed where there is a sample', () => {
    expect(printDefaults).toEqual({ digits: 3, maxTerms: 12 });
    expect(print(neuron, { maxTerms: 2 })).toBe('y ≈ −1.20·age·bmi + 2.50·age³ + 7.00  (1 smaller term left out)');
    const [, share] = /^y ≈ 7\.00 {2}\(3 smaller terms left out: (\d+) % of the variance\)$/.exec(
      print(neuron, { maxTerms: 0, sample }),
    ) ?? ['', ''];
    expect(share).toBe('100');
  });

  test.prop([neurons, fc.nat()])('the share left out is the variance of the sum of what is left out', (any, seed) => {
    const rows = drawTensor(seed, [9, any.inputs]);
    const lines = print(any, { sample: rows, maxTerms: 1, digits: 17 }).split('\n');
    const values = toData(evaluate(any, rows)).data;
    expand(any).forEach(({ monomials }, c) => {
      const terms = monomials.filter(({ exponents }) => exponents.some((e) => e > 0));
      const columns = terms.map(({ coefficient, exponents }) =>
        Array.from({ length: 9 }, (_, b) =>
          exponents.reduce((p, e, d) => p * toData(rows).data[b * any.inputs + d] ** e, coefficient),
        ),
      );
      const shown = columns.reduce((best, column, i) => (variance(column) > variance(columns[best]) ? i : best), 0);
      const total = variance(values.filter((_, i) => i % any.outputs === c));
      if (terms.length < 2 || total < 1e-6) return;
      const rest = Array.from({ length: 9 }, (_, b) =>
        columns.reduce((sum, col, i) => sum + (i === shown ? 0 : col[b]), 0),
      );
      const share = Number(
        /left out: (.*) % of/
          .exec(lines[c])?.[1]
          .replace('·10', 'e')
          .replace(/[⁻⁰-⁹¹²³]+/u, plain),
      );
      // Two digits are printed.
      const expected = (100 * variance(rest)) / total;
      expect(Math.abs(share - expected)).toBeLessThanOrEqual(0.051 * expected + 1e-9);
    });
  });

  test.prop([neurons, fc.integer({ min: 1, max: 17 })])('contains every coefficient', (any, digits) => {
    const lines = print(any, { digits, maxTerms: Number.POSITIVE_INFINITY }).split('\n');
    expect(lines).toHaveLength(any.outputs);
    expand(any).forEach(({ monomials }, c) => {
      const body = lines[c].slice(lines[c].indexOf('≈') + 1);
      const terms = body.trim() === '0' ? [] : body.split(/(?= [+−] )/u);
      expect(terms).toHaveLength(monomials.length);
      for (const { coefficient } of monomials) expect(body).toContain(formatMagnitude(coefficient, digits));
    });
  });

  test('nothing but a bias, and nothing at all', () => {
    expect(print(polynomialNeuron({ inputs: 1, outputs: 2, bias: tensor([0, -1.5]) }))).toBe('y1 ≈ 0\ny2 ≈ −1.50');
  });

  test.each([
    [{ digits: 0 }, 'digits must be an integer from 1 to 17: got 0'],
    [{ maxTerms: -1 }, 'maxTerms must be ≥ 0: got -1'],
    [{ maxTerms: Number.NaN }, 'maxTerms must be ≥ 0: got NaN'],
    [{ names: ['a'] }, 'names must be 2: got 1'],
    [{ output: ['a', 'b'] }, 'output must name 1 outputs: got 2'],
    [{ by: 'variance' as const }, "by 'variance' needs a sample"],
    [{ sample: tensor([[1, 2]]) }, 'sample must have shape [N, 2] with N ≥ 2: got [1, 2]'],
    [
      {
        sample: tensor([
          [1, 2],
          [3, Number.NaN],
        ]),
      },
      'sample is not finite at [1, 1]: NaN',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => print(neuron, options)).toThrow(new RangeError(`print: ${message}`));
  });
});

function plain(raised: string): string {
  return Array.from(raised, (digit) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)]).join('');
}

describe('formatMagnitude', () => {
  test.each([
    [2.5, 3, '2.50'],
    [-0.0012, 3, '0.00120'],
    [999.6, 3, '1000'],
    [12345, 3, '12300'],
    [999999, 3, '1.00·10⁶'],
    [1.234e-7, 3, '1.23·10⁻⁷'],
    [0.001, 1, '0.001'],
    [0.00099, 1, '0.001'],
    [5e-324, 1, '5·10⁻³²⁴'],
    [Number.NEGATIVE_INFINITY, 3, '∞'],
  ])('%d with %d digits is %s', (value, digits, expected) => {
    expect(formatMagnitude(value, digits)).toBe(expected);
  });

  test.prop([fc.double({ min: 1e-300, max: 1e300, noNaN: true }), fc.integer({ min: 1, max: 17 })])(
    'reads back within half a unit of the last digit',
    (value, digits) => {
      const read = Number(
        formatMagnitude(value, digits).replace(/·10(.*)$/u, (_, power: string) => `e${plain(power)}`),
      );
      expect(Math.abs(read - value)).toBeLessThanOrEqual(value * (0.5 * 10 ** (1 - digits) + 2 ** -52));
    },
  );
});
