import { test } from '@fast-check/vitest';
import { evaluate, type PolynomialNeuron, polynomialNeuron, structureOf } from '@neuronseek/neurons';
import { ones, tensor, zeros } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { describeFormula } from '../../src/discover/formula.js';
import { drawNormal } from '../support/bridge.js';

const scale = (name: string) => ({ name, low: -2, high: 2, mean: 0.5, deviation: 3 }) as const;
const regression = { task: 'regression', mean: -7, deviation: 2 } as const;

/** 1 + 2·a + 3·a·b. */
const neuron = polynomialNeuron({
  inputs: 2,
  features: ['a', 'b'],
  bias: tensor([1]),
  power: [{ order: 1, weights: tensor([[2], [0]]) }],
  interaction: [{ form: 'cp', order: 2, rank: 1, factors: [tensor([[[3]], [[0]]]), tensor([[[0]], [[1]]])] }],
});
const sample = drawNormal(1, [50, 2]);
const describeIt = (n: PolynomialNeuron, target: Parameters<typeof describeFormula>[4], names = n.features) =>
  describeFormula(n, structureOf(n), drawNormal(1, [20, n.inputs]), names.map(scale), target, 'y');

describe('describeFormula', () => {
  test('an indicator is not said to be limited, a column of shares is', () => {
    const scales = ['a=yes', 'b'].map((name) => ({ ...scale(name), low: 0, high: 1 }));
    const { where } = describeFormula(neuron, structureOf(neuron), sample, scales, regression, 'y');
    expect(where.slice(0, 2)).toEqual([
      'a=yes stands for (a=yes − 0.5)/3',
      'b stands for (b − 0.5)/3, b limited to 0 … 1',
    ]);
  });

  test('lists monomials by their share of the variance, and says what the symbols stand for', () => {
    const formula = describeFormula(neuron, structureOf(neuron), sample, ['a', 'b'].map(scale), regression, 'y');
    expect(formula.structure).toBe('w₁·x + ⟨u₁, x⟩⟨u₂, x⟩ (rank 1)');
    expect(formula.expanded.startsWith('y* ≈ ')).toBe(true);
    expect(formula.where).toEqual([
      'a stands for (a − 0.5)/3, a limited to -2 … 2',
      'b stands for (b − 0.5)/3, b limited to -2 … 2',
      'y* = (y + 7)/2',
    ]);
    expect(new Set(formula.monomials.map(({ text }) => text))).toEqual(new Set(['a', 'a·b']));
    // Variance of each monomial over that of the whole neuron.
    const variance = (values: ArrayLike<number>): number => {
      const list = Array.from(values);
      const mean = list.reduce((sum, v) => sum + v, 0) / list.length;
      return list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / list.length;
    };
    const x = sample.toTypedArray();
    const total = variance(evaluate(neuron, sample).toTypedArray());
    const rows = Array.from({ length: 50 }, (_, i) => [x[2 * i], x[2 * i + 1]]);
    for (const { text, coefficient, variance: share } of formula.monomials) {
      const values = rows.map(([a, b]) => (text === 'a' ? 2 * a : 3 * a * b));
      expect(coefficient).toBe(text === 'a' ? 2 : 3);
      expectClose([share], [variance(values) / total], { factor: 400, scale: 1 });
    }
    expect(formula.monomials[0].variance).toBeGreaterThanOrEqual(formula.monomials[1].variance);
  });

  test('names the class of every monomial', () => {
    const two = polynomialNeuron({
      inputs: 1,
      outputs: 2,
      features: ['a'],
      bias: zeros([2]),
      power: [{ order: 1, weights: tensor([[1, -1]]) }],
    });
    const { monomials, where, expanded } = describeIt(two, { task: 'classification', classes: ['no', 'yes'] });
    expect(monomials.map(({ text }) => text)).toEqual(['no: a', 'yes: a']);
    expect(where).toHaveLength(1);
    expect(expanded).toMatch(/score\(no\) ≈ .*\n?.*score\(yes\) ≈ /);
  });

  test('a constant has no monomials', () => {
    const constant = polynomialNeuron({ inputs: 2, features: ['a', 'b'], bias: tensor([3]) });
    const formula = describeIt(constant, regression);
    expect(formula.monomials).toEqual([]);
    expect(formula.expanded).toContain('3');
  });

  test('forty monomials at most, and none of a neuron that has too many to list', () => {
    const wide = (inputs: number, order: number): PolynomialNeuron =>
      polynomialNeuron({
        inputs,
        interaction: [
          { form: 'cp', order, rank: 1, factors: Array.from({ length: order }, () => ones([inputs, 1, 1])) },
        ],
      });
    expect(describeIt(wide(10, 2), regression).monomials).toHaveLength(40);
    const many = describeIt(wide(31, 4), regression);
    // C(35, 4)
    expect(many.expanded).toBe(
      'more than can be listed (up to 52360 monomials): see formula.json for the neuron as sums of products',
    );
    expect(many.monomials).toEqual([]);
  });

  test('thousands of columns: even linear terms have too many exponents to list', () => {
    const inputs = 4000;
    const linear = polynomialNeuron({ inputs, power: [1, 2].map((order) => ({ order, weights: ones([inputs, 1]) })) });
    expect(describeIt(linear, regression).expanded).toMatch(/^more than can be listed \(up to 8001 monomials\)/);
  });
});
