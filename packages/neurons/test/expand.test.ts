import { fc, test } from '@fast-check/vitest';
import { reshape, slice, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { evaluate, expand, expandDefaults, type Polynomial, polynomialNeuron } from '../src/index.js';
import { monomialCount, monomialTable } from '../src/monomial-table.js';
import { toData } from './support/bridge.js';
import { drawTensor } from './support/draw.js';
import { neurons, neuronTolerance } from './support/neuron.js';

function valuesOf({ monomials }: Polynomial, x: Tensor): number[] {
  return Array.from({ length: x.shape[0] }, (_, b) =>
    monomials.reduce((total, { coefficient, exponents }) => {
      return total + exponents.reduce((product, e, d) => product * slice(x, [b, d]).item() ** e, coefficient);
    }, 0),
  );
}

const degree = (exponents: readonly number[]): number => exponents.reduce((a, b) => a + b, 0);

/** A product of `order` linear forms in `inputs` inputs, all coefficients 1. */
function allOnes(inputs: number, order: number, rank = 1): ReturnType<typeof polynomialNeuron> {
  const factor = tensor(new Float64Array(inputs * rank).fill(1), [inputs, rank, 1]);
  return polynomialNeuron({
    inputs,
    interaction: [{ form: 'cp', order, rank, factors: new Array<Tensor>(order).fill(factor) }],
  });
}

describe('expand', () => {
  test.prop([neurons, fc.nat()])('is the neuron: same values', (neuron, seed) => {
    const x = drawTensor(seed, [5, neuron.inputs]);
    const expected = toData(evaluate(neuron, x)).data;
    expand(neuron).forEach((polynomial, c) => {
      const column = Array.from({ length: 5 }, (_, b) => expected[b * neuron.outputs + c]);
      expectClose(valuesOf(polynomial, x), column, neuronTolerance);
    });
  });

  test.prop([neurons])('monomials are distinct, not zero, in graded lexicographic sequence', (neuron) => {
    for (const { monomials, features } of expand(neuron)) {
      expect(features).toEqual(neuron.features);
      monomials.forEach(({ coefficient, exponents }, i) => {
        expect(coefficient).not.toBe(0);
        expect(exponents).toHaveLength(neuron.inputs);
        if (i === 0) return;
        const before = monomials[i - 1].exponents;
        const first = exponents.findIndex((e, d) => e !== before[d]);
        const sooner = degree(before) < degree(exponents);
        expect(sooner || (degree(before) === degree(exponents) && before[first] > exponents[first])).toBe(true);
      });
    }
  });

  test('coefficients of a power of a sum are multinomial', () => {
    const [{ monomials }] = expand(allOnes(3, 4, 2));
    expect(monomials).toHaveLength(15);
    const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
    for (const { coefficient, exponents } of monomials) {
      expect(coefficient).toBe(2 * exponents.reduce((rest, e) => rest / factorial(e), factorial(4)));
    }
  });

  test('a pure power and an interaction of the same order are summed', () => {
    const neuron = polynomialNeuron({
      inputs: 2,
      power: [{ order: 2, weights: tensor([[3], [5]]) }],
      interaction: [{ form: 'cp', order: 2, rank: 1, factors: [tensor([[[1]], [[0]]]), tensor([[[-3]], [[0]]])] }],
    });
    expect(expand(neuron)[0].monomials).toEqual([{ coefficient: 5, exponents: [0, 2] }]);
  });

  test('inputs that no factor uses cost nothing: a product of three among five hundred', () => {
    const factor = (d: number): Tensor => {
      const data = new Float64Array(500);
      data[d] = 2;
      return tensor(data, [500, 1, 1]);
    };
    const neuron = polynomialNeuron({
      inputs: 500,
      interaction: [{ form: 'cp', order: 3, rank: 1, factors: [factor(7), factor(400), factor(7)] }],
    });
    const [{ monomials }] = expand(neuron);
    expect(monomials).toHaveLength(1);
    expect(monomials[0].coefficient).toBe(8);
    expect([monomials[0].exponents[7], monomials[0].exponents[400], degree(monomials[0].exponents)]).toEqual([2, 1, 3]);
  });

  test('too many monomials are refused before any work', () => {
    expect(expandDefaults).toEqual({ maxMonomials: 200_000, exact: false });
    expect(() => expand(allOnes(64, 5))).toThrow(
      new RangeError(
        'expand: output 0 may have 10424129 monomials of 64 exponents: ' +
          'the limit is maxMonomials = 200000, and 20000000 exponents in all',
      ),
    );
    // 10 monomials of degree 2 and a constant.
    expect(() => expand(allOnes(4, 2), { maxMonomials: 10 })).toThrow('may have 11 monomials');
    expect(expand(allOnes(4, 2), { maxMonomials: 11 })[0].monomials).toHaveLength(10);
    expect(() => expand(allOnes(2, 2), { maxMonomials: 0 })).toThrow(
      'expand: maxMonomials must be an integer ≥ 1: got 0',
    );
  });

  test('a number that is not finite is refused by its place', () => {
    const neuron = polynomialNeuron({ inputs: 2, power: [{ order: 1, weights: zeros([2, 1]) }] });
    const broken = { ...neuron, power: [{ order: 1, weights: reshape(tensor([0, Number.NaN]), [2, 1]) }] };
    expect(() => expand(broken)).toThrow(new RangeError('expand: power[0].weights is not finite at [1, 0]: NaN'));
  });
});

describe('monomial table', () => {
  test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 })])(
    'numbers every monomial once and multiplies',
    (n, k) => {
      const table = monomialTable(n, k);
      const exponentsOf = (level: number, i: number): number[] => {
        const exponents = new Array<number>(n).fill(0);
        for (; level > 0; level--) {
          exponents[table[level].last[i]]++;
          i = table[level].prefix[i];
        }
        return exponents;
      };
      table.forEach(({ count, next }, level) => {
        expect(count).toBe(monomialCount(n, level));
        const seen = Array.from({ length: count }, (_, i) => exponentsOf(level, i).join());
        expect(new Set(seen).size).toBe(count);
        if (level === k) return;
        for (let i = 0; i < count; i++) {
          for (let d = 0; d < n; d++) {
            const product = exponentsOf(level, i);
            product[d]++;
            expect(exponentsOf(level + 1, next[i * n + d])).toEqual(product);
          }
        }
      });
    },
  );
});
