import { fc, test } from '@fast-check/vitest';
import { evaluate, expand, type Polynomial, structureOf } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { describe, expect, it } from 'vitest';
import {
  evaluateNeuronRational,
  evaluatePolynomialRational,
  exactPolynomialNeuron,
  exactPolynomialNeuronDefaults,
  polarization,
  polarizationMaxOrder,
  rational,
} from '../src/index.js';
import { polynomialDifference } from '../src/theorems/polynomial-difference.js';
import { changedNumbers } from './support/changed-numbers.js';

/** Polynomials in 1 … 3 inputs of degree at most 5 whose coefficients are drawn from `coefficient`. */
function polynomials(coefficient: fc.Arbitrary<number>): fc.Arbitrary<Polynomial> {
  return fc.integer({ min: 1, max: 3 }).chain((inputs) => {
    const exponents = fc
      .array(fc.integer({ min: 0, max: inputs }), { minLength: 5, maxLength: 5 })
      .map((picks) => Array.from({ length: inputs }, (_, d) => picks.filter((p) => p === d).length));
    return fc
      .uniqueArray(fc.record({ coefficient, exponents }), { maxLength: 6, selector: (m) => m.exponents.join() })
      .map((monomials) => ({ features: ['a', 'b', 'c'].slice(0, inputs), monomials }));
  });
}

const integerCoefficient = fc.integer({ min: -50, max: 50 }).filter((c) => c !== 0);
const anyCoefficient = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((c) => c !== 0);
const integers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });

describe('exactPolynomialNeuron', () => {
  test.prop([polynomials(integerCoefficient), integers])(
    'property 10: equals the polynomial in BigInt at integers, and in float64, which is exact there',
    (polynomial, all) => {
      const x = all.slice(0, polynomial.features.length);
      const expected = polynomial.monomials.reduce(
        (sum, { coefficient, exponents }) =>
          sum + exponents.reduce((product, e, d) => product * BigInt(x[d]) ** BigInt(e), BigInt(coefficient)),
        0n,
      );
      const neuron = exactPolynomialNeuron(polynomial);
      const point = x.map((t) => rational(BigInt(t)));
      expect(evaluateNeuronRational(neuron, point)).toEqual(rational(expected));
      expect(evaluatePolynomialRational(polynomial, point)).toEqual(rational(expected));
      expect(evaluate(neuron, tensor([x])).item()).toBe(Number(expected));
    },
  );

  test.prop([polynomials(anyCoefficient)])(
    'property 10: is the polynomial for any coefficients, decided',
    (polynomial) => {
      const neuron = exactPolynomialNeuron(polynomial);
      expect(polynomialDifference(neuron, polynomial)).toBeUndefined();
      const mixed = polynomial.monomials.filter(({ exponents }) => exponents.filter((e) => e > 0).length > 1);
      expect(structureOf(neuron).interaction.reduce((sum, { rank }) => sum + rank, 0)).toBe(mixed.length);
    },
  );

  test.prop([polynomials(integerCoefficient.map((c) => 15 * c))])(
    'property 11: the same as powers of linear forms, decided',
    (polynomial) => {
      // 5! = 8·15: multiples of 15 keep the coefficients of the powers within float64.
      const neuron = exactPolynomialNeuron(polynomial, { form: 'powers' });
      expect(polynomialDifference(neuron, polynomial)).toBeUndefined();
      for (const { order, factors } of neuron.interaction.filter((part) => part.form === 'cp')) {
        // Equal factors but for the coefficient, which the first one carries: powers indeed.
        for (const factor of factors.slice(2)) expect(factor.toArray()).toEqual(factors[1].toArray());
        expect(factors).toHaveLength(order);
      }
    },
  );

  test.prop([polynomials(integerCoefficient)])('expands to the monomials that it was made of', (polynomial) => {
    const [{ features, monomials }] = expand(exactPolynomialNeuron(polynomial));
    const sorted = (list: Polynomial['monomials']): string[] =>
      list.map((m) => JSON.stringify([m.exponents, m.coefficient])).sort();
    expect(features).toEqual(polynomial.features);
    expect(sorted(monomials)).toEqual(sorted(polynomial.monomials));
  });

  it('mutation: changing any number of the neuron makes another polynomial', () => {
    const polynomial: Polynomial = {
      features: ['x', 'y'],
      monomials: [
        { coefficient: 7, exponents: [0, 0] },
        { coefficient: -2, exponents: [1, 0] },
        { coefficient: 3, exponents: [0, 3] },
        { coefficient: 6, exponents: [2, 1] },
        { coefficient: 12, exponents: [1, 2] },
      ],
    };
    for (const form of ['products', 'powers'] as const) {
      const neuron = exactPolynomialNeuron(polynomial, { form });
      expect(polynomialDifference(neuron, polynomial)).toBeUndefined();
      const all = changedNumbers(neuron);
      expect(all).toHaveLength(form === 'products' ? 17 : 41);
      for (const { neuron: changed, place } of all) {
        expect(polynomialDifference(changed, polynomial), `${form}: ${place}`).toMatch(/^at \[\d,\d\] the neuron is/);
      }
    }
  });

  it('the zero polynomial, a constant, and the names of the inputs', () => {
    const zero = exactPolynomialNeuron({ features: ['t'], monomials: [] });
    expect(evaluate(zero, tensor([[3]])).item()).toBe(0);
    const constant = exactPolynomialNeuron({ features: ['t'], monomials: [{ coefficient: 2.5, exponents: [0] }] });
    expect([constant.features, evaluate(constant, tensor([[3]])).item()]).toEqual([['t'], 2.5]);
    expect(exactPolynomialNeuronDefaults).toEqual({ form: 'products' });
  });

  it('bad input is refused with the reason', () => {
    const one = (coefficient: number, exponents: number[]): Polynomial => ({
      features: ['x', 'y', 'z'],
      monomials: [{ coefficient, exponents }],
    });
    expect(() => exactPolynomialNeuron(one(Number.NaN, [1, 0, 0]))).toThrow(
      'exactPolynomialNeuron: monomials[0].coefficient is not finite: got NaN',
    );
    expect(() => exactPolynomialNeuron(one(1, [1, 0]))).toThrow(
      'exactPolynomialNeuron: monomials[0] must have 3 exponents, one a feature: got 2',
    );
    expect(() => exactPolynomialNeuron(one(1, [1, -1, 0]))).toThrow(
      'exactPolynomialNeuron: monomials[0].exponents[1] must be an integer of at least 0: got -1',
    );
    expect(() => exactPolynomialNeuron({ features: [], monomials: [] })).toThrow(
      'exactPolynomialNeuron: the polynomial has no features',
    );
    const twice = one(1, [1, 1, 0]).monomials[0];
    expect(() => exactPolynomialNeuron({ features: ['x', 'y', 'z'], monomials: [twice, twice] })).toThrow(
      'exactPolynomialNeuron: monomials[1] has the exponents of monomials[0]',
    );
    expect(() => exactPolynomialNeuron(one(1, [1, 1, 1]), { form: 'powers' })).toThrow(
      "exactPolynomialNeuron: monomials[0]: the coefficient 1/24 of a power is no float64: use form 'products'",
    );
    expect(() => exactPolynomialNeuron(one(1, [16, 1, 0]), { form: 'powers' })).toThrow(
      "exactPolynomialNeuron: monomials[0] has degree 17: form 'powers' takes at most 16",
    );
    expect(() => exactPolynomialNeuron(one(1, [1, 1, 1]), JSON.parse('{"form":"sums"}'))).toThrow(
      "exactPolynomialNeuron: form must be 'products' or 'powers': got sums",
    );
    const neuron = exactPolynomialNeuron(one(1, [1, 1, 1]));
    expect(() => evaluateNeuronRational(neuron, [])).toThrow(
      'evaluateNeuronRational: x must have 3 coordinates: got 0',
    );
    expect(() => evaluatePolynomialRational(one(1, [1, 1, 1]), [])).toThrow(
      'evaluatePolynomialRational: x must have 3 coordinates: got 0',
    );
  });
});

describe('polarization (property 11)', () => {
  const side = (order: number, x: readonly bigint[], signs: readonly number[]): bigint =>
    polarization(order).forms.reduce(
      (sum, form, r) => sum + BigInt(signs[r]) * form.reduce((z, e, m) => z + BigInt(e) * x[m], 0n) ** BigInt(order),
      0n,
    );

  test.prop([
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: 8, maxLength: 8 }),
  ])('a product of k numbers is a sum of 2^(k−1) powers, in BigInt, k ≤ 8', (order, all) => {
    const x = all.slice(0, order);
    const { signs, denominator, forms } = polarization(order);
    expect(forms).toHaveLength(2 ** (order - 1));
    expect(side(order, x, signs)).toBe(denominator * x.reduce((product, t) => product * t, 1n));
  });

  it('mutation: a wrong sign breaks the identity', () => {
    for (let order = 1; order <= 6; order++) {
      const x = Array.from({ length: order }, (_, m) => BigInt(2 * m + 1) ** 3n);
      const { signs, denominator } = polarization(order);
      signs.forEach((_, r) => {
        const wrong = signs.map((sign, i) => (i === r ? -sign : sign));
        const product = x.reduce((p, t) => p * t, 1n);
        const form = polarization(order).forms[r].reduce((z, e, m) => z + BigInt(e) * x[m], 0n);
        expect(side(order, x, wrong) === denominator * product).toBe(form === 0n);
      });
    }
  });

  it('known values and bad input', () => {
    expect(polarization(2)).toEqual({
      forms: [
        [1, 1],
        [1, -1],
      ],
      signs: [1, -1],
      denominator: 4n,
    });
    expect(polarizationMaxOrder).toBe(16);
    expect(polarization(16).forms).toHaveLength(32768);
    for (const order of [0, 17, 1.5]) {
      expect(() => polarization(order)).toThrow(`polarization: order must be an integer in 1 … 16: got ${order}`);
    }
  });
});
