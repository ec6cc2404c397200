import { fc, test } from '@fast-check/vitest';
import { astype, flatten, mul, slice, type Tensor, take, tensor, treeMap } from '@neuronseek/tensor';
import { expectClose, permutation } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { add, compare, multiply, power } from '../src/exact/rational.js';
import type { Expression } from '../src/expressions/expression.js';
import {
  absorbScaling,
  type ExactPolynomial,
  type ExpressionNeuron,
  equivalentPolynomials,
  equivalentPolynomialsDefaults,
  evaluate,
  evaluateExact,
  expand,
  type Interaction,
  isPolynomial,
  nextUp,
  type PolynomialNeuron,
  polynomialNeuron,
  type Rational,
  rational,
  roundNearest,
  toRational,
  withScaling,
  withScalingDefaults,
} from '../src/index.js';
import { toData } from './support/bridge.js';
import { drawTensor } from './support/draw.js';
import { formsCases, formsTolerance, makeFormsNeuron } from './support/forms.js';

const fractions: fc.Arbitrary<Rational> = fc
  .tuple(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: 1n, max: 9n }))
  .map(([p, q]) => rational(p, q));
const points = fc.array(fractions, { minLength: 4, maxLength: 4 });

function valueAt({ monomials }: ExactPolynomial, x: readonly Rational[]): Rational {
  return monomials.reduce(
    (sum, { coefficient, exponents }) =>
      add(
        sum,
        exponents.reduce((product, e, d) => multiply(product, power(x[d], e)), coefficient),
      ),
    rational(0n),
  );
}

const degree = (exponents: readonly number[]): number => exponents.reduce((a, b) => a + b, 0);

describe('exact expansion', () => {
  test.prop([formsCases, points], { numRuns: 60 })(
    'has the values of the neuron at rational points, without any difference',
    (c, point) => {
      const neuron = makeFormsNeuron(c);
      const x = point.slice(0, c.inputs);
      const values = evaluateExact(neuron, x);
      expand(neuron, { exact: true }).forEach((polynomial, o) => {
        expect(valueAt(polynomial, x)).toEqual(values[o]);
      });
    },
  );

  test.prop([formsCases], { numRuns: 60 })('evaluateExact at doubles is what evaluate rounds', (c) => {
    const neuron = makeFormsNeuron(c);
    const x = drawTensor(c.seed + 5, [1, c.inputs]);
    const exact = evaluateExact(neuron, Array.from(flatten(x), toRational)).map(roundNearest);
    expectClose(toData(evaluate(neuron, x)).data, exact, formsTolerance);
  });

  test.prop([formsCases], { numRuns: 60 })(
    'coefficients in doubles are the exact ones but for rounding; monomials are sorted, distinct and not 0',
    (c) => {
      const neuron = makeFormsNeuron(c);
      const exact = expand(neuron, { exact: true });
      expand(neuron).forEach(({ monomials, features }, o) => {
        expect(features).toEqual(neuron.features);
        const rounded = new Map(
          exact[o].monomials.map(({ coefficient, exponents }) => [String(exponents), roundNearest(coefficient)]),
        );
        for (const { coefficient, exponents } of monomials) {
          expectClose([coefficient], [rounded.get(String(exponents)) ?? 0], formsTolerance);
        }
      });
      for (const { monomials } of exact) {
        monomials.forEach(({ coefficient, exponents }, i) => {
          expect(coefficient.numerator).not.toBe(0n);
          if (i === 0) return;
          const before = monomials[i - 1].exponents;
          const first = exponents.findIndex((e, d) => e !== before[d]);
          expect(degree(before) < degree(exponents) || before[first] > exponents[first]).toBe(true);
        });
      }
    },
  );

  test('known value: 0.1·(x + y)² + 3·x²', () => {
    const factor = tensor([[[1]], [[1]]]);
    const neuron = polynomialNeuron({
      inputs: 2,
      power: [{ order: 2, weights: tensor([[3], [0]]) }],
      interaction: [{ form: 'symmetric', order: 2, rank: 1, weights: tensor([[0.1]]), factor }],
    });
    const tenth = toRational(0.1);
    expect(expand(neuron, { exact: true })[0].monomials).toEqual([
      { coefficient: add(tenth, rational(3n)), exponents: [2, 0] },
      { coefficient: multiply(tenth, rational(2n)), exponents: [1, 1] },
      { coefficient: tenth, exponents: [0, 2] },
    ]);
  });

  test('numbers from the smallest to the largest double are exact', () => {
    const u = (a: number, b: number): Tensor => tensor([[[a]], [[b]]]);
    const factors = [u(5e-324, Number.MAX_VALUE), u(Number.MAX_VALUE, -5e-324)];
    const neuron = polynomialNeuron({ inputs: 2, interaction: [{ form: 'cp', order: 2, rank: 1, factors }] });
    const [{ monomials }] = expand(neuron, { exact: true });
    const [tiny, huge] = [toRational(5e-324), toRational(Number.MAX_VALUE)];
    expect(monomials.map((m) => m.coefficient)).toEqual([
      multiply(tiny, huge),
      add(multiply(huge, huge), multiply(rational(-1n), multiply(tiny, tiny))),
      multiply(rational(-1n), multiply(tiny, huge)),
    ]);
  });

  test('the limit of monomials holds for scalings too', () => {
    const factor = tensor(new Float64Array(4).fill(1), [4, 1, 1]);
    const part: Interaction = { form: 'cp', order: 2, rank: 1, factors: [factor, factor] };
    const scaling = { means: [1, 1, 1, 1], deviations: [1, 1, 1, 1] };
    const neuron = withScaling(polynomialNeuron({ inputs: 4, interaction: [part] }), scaling);
    expect(expand(neuron, { maxMonomials: 15 })[0].monomials).toHaveLength(15);
    expect(() => expand(neuron, { maxMonomials: 11 })).toThrow(
      'expand: more monomials than maxMonomials = 11 arise: got at least 12',
    );
  });
});

const number = (value: number): Expression => ({ op: 'number', value });
const feature = (index: number): Expression => ({ op: 'feature', index });
const integer = fc.integer({ min: -4, max: 4 });
const { tree: polynomials } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    integer.map(number),
    fc.integer({ min: 0, max: 2 }).map(feature),
    fc.constant<Expression>({ op: 'total', argument: { op: 'power', base: { op: 'vector' }, exponent: number(2) } }),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((terms): Expression => ({ op: 'add', terms })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((factors): Expression => ({ op: 'multiply', factors })),
    tie('tree').map((argument): Expression => ({ op: 'negate', argument })),
    fc
      .tuple(tie('tree'), fc.constantFrom(3, -7, 0.1))
      .map(([numerator, d]): Expression => ({ op: 'divide', numerator, denominator: number(d) })),
    fc
      .tuple(tie('tree'), fc.integer({ min: 0, max: 2 }))
      .map(([base, e]): Expression => ({ op: 'power', base, exponent: number(e) })),
  ),
}));

function expressionNeuron(...expressions: Expression[]): ExpressionNeuron {
  return { kind: 'expression', inputs: 3, outputs: expressions.length, features: ['a', 'b', 'c'], expressions };
}

/** The meaning of a tree, written anew with fractions. */
function follow(e: Expression, x: readonly Rational[], at?: Rational): Rational {
  const value = (part: Expression): Rational => follow(part, x, at);
  switch (e.op) {
    case 'number':
      return toRational(e.value);
    case 'feature':
      return x[e.index];
    case 'vector':
      return at ?? rational(0n);
    case 'total':
      return x.map((element) => follow(e.argument, x, element)).reduce(add);
    case 'add':
      return e.terms.map(value).reduce(add);
    case 'multiply':
      return e.factors.map(value).reduce(multiply);
    case 'negate':
      return multiply(rational(-1n), value(e.argument));
    case 'divide': {
      const { numerator, denominator } = value(e.denominator);
      return multiply(value(e.numerator), rational(denominator, numerator));
    }
    case 'power':
      return power(value(e.base), Number(value(e.exponent).numerator));
    case 'call':
      throw new TypeError(e.name);
  }
}

describe('expressions that are polynomials', () => {
  test.prop([polynomials, points])('expand to their values', (expression, point) => {
    const neuron = expressionNeuron(expression);
    expect(isPolynomial(neuron)).toBe(true);
    const x = point.slice(0, 3);
    const expected = follow(expression, x);
    expect(evaluateExact(neuron, x)).toEqual([expected]);
    const [polynomial] = expand(neuron, { exact: true });
    expect(valueAt(polynomial, x)).toEqual(expected);
    const [rounded] = expand(neuron);
    expect(rounded.monomials.map((m) => m.coefficient)).toEqual(
      polynomial.monomials.map((m) => roundNearest(m.coefficient)),
    );
  });

  test.prop([polynomials])('are equivalent to their expansion as a neuron only where it is exact', (expression) => {
    const twice: Expression = { op: 'add', terms: [expression, expression] };
    const double: Expression = { op: 'multiply', factors: [number(2), expression] };
    const more: Expression = { op: 'add', terms: [double, number(2 ** -60)] };
    expect(equivalentPolynomials(expressionNeuron(twice), expressionNeuron(double))).toBe(true);
    expect(equivalentPolynomials(expressionNeuron(more), expressionNeuron(double))).toBe(false);
  });

  const x = feature(0);
  test.each<[Expression, string]>([
    [{ op: 'call', name: 'sin', argument: x }, 'it calls sin'],
    [{ op: 'divide', numerator: number(1), denominator: x }, 'it divides by something that depends on the inputs'],
    [{ op: 'divide', numerator: x, denominator: { op: 'add', terms: [number(1), number(-1)] } }, 'it divides by 0'],
    [{ op: 'power', base: x, exponent: number(0.5) }, 'an exponent is no integer'],
    [{ op: 'power', base: x, exponent: number(-1) }, 'an exponent is negative'],
    [{ op: 'power', base: number(2), exponent: x }, 'an exponent depends on the inputs'],
    [{ op: 'power', base: number(0), exponent: number(-2) }, 'it divides by 0'],
    [{ op: 'power', base: x, exponent: number(1e9) }, 'an exponent is beyond 65535'],
    [{ op: 'add', terms: [x, number(Number.NaN)] }, 'it holds the number NaN'],
  ])('what is none is refused in one sentence (%#)', (expression, why) => {
    const neuron = expressionNeuron(x, expression);
    expect(isPolynomial(neuron)).toBe(false);
    const message = `expressions[1] is no polynomial: ${why}`;
    expect(() => expand(neuron)).toThrow(new RangeError(`expand: ${message}`));
    expect(() =>
      evaluateExact(
        neuron,
        [1n, 2n, 3n].map((n) => rational(n)),
      ),
    ).toThrow(`evaluateExact: ${message}`);
    expect(() => equivalentPolynomials(neuron, neuron)).toThrow(`equivalentPolynomials: ${message}`);
  });

  test('large powers: one monomial is written out, many are refused', () => {
    const power60k = (base: Expression): Expression => ({ op: 'power', base, exponent: number(60_000) });
    const [{ monomials }] = expand(expressionNeuron(power60k(x)), { exact: true });
    expect(monomials).toEqual([{ coefficient: rational(1n), exponents: [60_000, 0, 0] }]);
    const sum: Expression = { op: 'add', terms: [x, feature(1)] };
    expect(() => expand(expressionNeuron(power60k(sum)))).toThrow('is more work than maxMonomials = 200000 allows');
    expect(() => expand(expressionNeuron(power60k(power60k(x))))).toThrow('exponents must be at most 65535');
    expect(() => expand(expressionNeuron(power60k(power60k(number(3)))))).toThrow('is too long to write out');
    const negative: Expression = { op: 'power', base: number(3), exponent: number(-2) };
    expect(expand(expressionNeuron(negative), { exact: true })[0].monomials[0].coefficient).toEqual(rational(1n, 9n));
  });
});

describe('equivalentPolynomials', () => {
  const inCp = formsCases.map((c) => ({
    ...c,
    parts: [{ form: 'cp' as const, order: 3, ranks: [3, 1, 1, 1, 1] }],
  }));

  test.prop([inCp, permutation(3), permutation(3), fc.integer({ min: -40, max: 40 })])(
    'factors and components in another sequence, scaled by powers of two',
    (c, components, modes, exponent) => {
      const neuron = makeFormsNeuron(c);
      const places = tensor(Int32Array.from(components));
      const interaction = neuron.interaction.map((part): Interaction => {
        if (part.form !== 'cp') return part;
        const scales = [2 ** exponent, -(2 ** -exponent), -1];
        const factors = modes.map((m, i) => mul(take(part.factors[m], places, { axis: 1 }), scales[i]));
        return { ...part, factors };
      });
      expect(equivalentPolynomials(neuron, { ...neuron, interaction })).toBe(true);
    },
  );

  test.prop([formsCases, fc.nat()])('one bit of one number makes a difference, and expansion agrees', (c, pick) => {
    const neuron = makeFormsNeuron(c);
    const sizes: number[] = [];
    treeMap((t: Tensor) => {
      sizes.push(t.size);
      return t;
    }, neuron);
    let place = pick % sizes.reduce((a, b) => a + b, 0);
    const changed = treeMap((t: Tensor) => {
      const data = Float64Array.from(flatten(t));
      if (place >= 0 && place < data.length) data[place] = nextUp(data[place]);
      place -= data.length;
      return tensor(data, t.shape);
    }, neuron);
    const expected = JSON.stringify(strings(neuron)) === JSON.stringify(strings(changed));
    expect(equivalentPolynomials(neuron, changed)).toBe(expected);
    // The bias is the first tensor: unless the output is scaled away, it always shows.
    const scaledAway = neuron.scaling?.targetDeviations.includes(0);
    if (pick % sizes.reduce((a, b) => a + b, 0) < c.outputs && !scaledAway) expect(expected).toBe(false);
  });

  test('numbers of inputs and outputs must agree, names need not', () => {
    const one = polynomialNeuron({ inputs: 1, bias: tensor([1]) });
    expect(equivalentPolynomials(one, polynomialNeuron({ inputs: 1, bias: tensor([1]), features: ['age'] }))).toBe(
      true,
    );
    expect(equivalentPolynomials(one, polynomialNeuron({ inputs: 2, bias: tensor([1]) }))).toBe(false);
    expect(equivalentPolynomials(one, polynomialNeuron({ inputs: 1, bias: tensor([1, 1]), outputs: 2 }))).toBe(false);
    const narrow = polynomialNeuron({ inputs: 1, bias: astype(tensor([1]), 'float32') });
    expect(equivalentPolynomials(one, narrow)).toBe(true);
  });

  test("beyond the limit 'no' is still an answer, and where it would be 'yes' the error says why there is none", () => {
    expect(equivalentPolynomialsDefaults).toEqual({ maxMonomials: 200_000 });
    const wide = (seed: number): PolynomialNeuron => {
      const factors = Array.from({ length: 5 }, (_, m) => drawTensor(seed + m, [64, 1, 1]));
      return polynomialNeuron({ inputs: 64, interaction: [{ form: 'cp', order: 5, rank: 1, factors }] });
    };
    expect(equivalentPolynomials(wide(1), wide(2))).toBe(false);
    expect(() => equivalentPolynomials(wide(1), wide(1))).toThrow('the limit is maxMonomials = 200000');
  });
});

/** The expansion as text. */
function strings(neuron: PolynomialNeuron): string[][] {
  return expand(neuron, { exact: true }).map(({ monomials }) =>
    monomials.map(
      ({ coefficient: { numerator, denominator }, exponents }) => `${numerator}/${denominator} ${exponents}`,
    ),
  );
}

describe('withScaling', () => {
  test.prop([formsCases, fc.constantFrom(0, 1, 200, 1e6), fc.nat()])(
    'gives what the neuron gives on standardised inputs, wherever the mean lies, bit for bit',
    (c, shift, seed) => {
      const neuron = makeFormsNeuron({ ...c, scaled: false });
      const means = Array.from(flatten(drawTensor(seed, [c.inputs])), (v) => v + shift);
      const deviations = Array.from(flatten(drawTensor(seed + 1, [c.inputs])), (v) => v + 2);
      const x = drawTensor(seed + 2, [3, c.inputs]);
      const raw = tensor(
        Float64Array.from(flatten(x), (v) => v + shift),
        [3, c.inputs],
      );
      const z = tensor(
        Float64Array.from(flatten(raw), (v, i) => (v - means[i % c.inputs]) / deviations[i % c.inputs]),
        [3, c.inputs],
      );
      const scaled = withScaling(neuron, { means, deviations, targetMean: 5, targetDeviation: 0.5 });
      const expected = Float64Array.from(toData(evaluate(neuron, z)).data, (y) => y * 0.5 + 5);
      expect(toData(evaluate(scaled, raw)).data).toEqual(expected);
      const point = Array.from(flatten(slice(raw, [0])), toRational);
      const [exactRaw] = [evaluateExact(scaled, point)];
      expect(expand(scaled, { exact: true }).map((p) => compare(valueAt(p, point), exactRaw[0]))[0]).toBe(0);
    },
  );

  test.prop([formsCases], { numRuns: 60 })(
    'absorbed where numbers are few bits, it is the same polynomial exactly',
    (c) => {
      const order3 = c.parts.filter(({ order, ranks }) => order < 4 && Math.max(...ranks) < 3);
      const integers = (seed: number, shape: readonly number[]): Tensor =>
        tensor(
          Float64Array.from(toData(drawTensor(seed, shape)).data, (v) => Math.round(2 * v)),
          shape,
        );
      const neuron = makeFormsNeuron({ ...c, parts: order3, scaled: false }, integers);
      const means = Array.from(flatten(integers(c.seed, [c.inputs])));
      const deviations = means.map((_, d) => 2 ** (d - 2));
      const scaled = withScaling(neuron, { means, deviations, targetMean: 3, targetDeviation: 0.25 });
      const absorbed = absorbScaling(scaled);
      expect(absorbed.scaling).toBeUndefined();
      expect(equivalentPolynomials(absorbed, scaled)).toBe(true);
      expect(absorbScaling(absorbed)).toBe(absorbed);
    },
  );

  test('absorbed numbers are rounded once: ((x − 0.1)/3)³', () => {
    const cube = polynomialNeuron({ inputs: 1, power: [{ order: 3, weights: tensor([[1]]) }] });
    const { bias, power: powers, interaction } = absorbScaling(withScaling(cube, { means: [0.1], deviations: [3] }));
    expect(interaction).toEqual([]);
    expect(powers.map(({ order, weights }) => [order, weights.item()])).toEqual([
      [1, roundNearest(multiply(power(toRational(0.1), 2), rational(1n, 9n)))],
      [2, roundNearest(multiply(toRational(-0.1), rational(1n, 9n)))],
      [3, 1 / 27],
    ]);
    expect(bias.item()).toBe(roundNearest(multiply(power(toRational(-0.1), 3), rational(1n, 27n))));
  });

  test('defaults, several targets, and what is refused', () => {
    expect(withScalingDefaults).toEqual({ targetMean: 0, targetDeviation: 1 });
    const neuron = polynomialNeuron({ inputs: 1, outputs: 2, bias: tensor([1, 2]) });
    const scaled = withScaling(neuron, { means: [0], deviations: [2], targetMean: [3, 4] });
    expect(scaled.scaling).toEqual({ means: [0], deviations: [2], targetMeans: [3, 4], targetDeviations: [1, 1] });
    expect(evaluate(scaled, tensor([[9]])).toArray()).toEqual([[4, 6]]);
    const apply = (options: Parameters<typeof withScaling>[1]) => () => withScaling(neuron, options);
    expect(apply({ means: [], deviations: [1] })).toThrow('withScaling: scaling.means must be 1 numbers: got 0');
    expect(apply({ means: [0], deviations: [0] })).toThrow('withScaling: scaling.deviations[0] must not be 0: got 0');
    expect(apply({ means: [Number.NaN], deviations: [1] })).toThrow('scaling.means[0] is not finite: NaN');
    expect(() => withScaling(scaled, { means: [0], deviations: [1] })).toThrow('has a scaling already');
  });
});
