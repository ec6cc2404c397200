import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as e from '../../src/expressions/construct.js';
import type { Expression } from '../../src/expressions/expression.js';
import { type ExpressionNeuron, expressionNeuron } from '../../src/expressions/expression-neuron.js';
import { evaluateInterval } from '../../src/expressions/intervals/evaluate-interval.js';
import { equivalent, equivalentDefaults, evaluateExact, parse, simplify, toExpressionNeuron } from '../../src/index.js';
import { expressions, tameNumbers } from '../support/arbitrary-expression.js';
import { evaluateByHand } from '../support/evaluate-by-hand.js';
import { neurons } from '../support/neuron.js';

const features = ['a', 'b', 'c'];

function neuronOf(...formulas: Expression[]): ExpressionNeuron {
  return expressionNeuron({ features, expressions: formulas });
}

function formula(text: string): ExpressionNeuron {
  return parse(text, { features: ['x', 'y', 'z'] });
}

describe('bounds of values', () => {
  test.prop([expressions({ numbers: tameNumbers }), fc.array(tameNumbers, { minLength: 3, maxLength: 3 })])(
    'hold the value that is computed, to its rounding',
    (f, x) => {
      const bounds = evaluateInterval(f, x);
      if (bounds) {
        const value = evaluateByHand(f, x);
        expect(value).toBeGreaterThanOrEqual(bounds.low);
        expect(value).toBeLessThanOrEqual(bounds.high);
      }
    },
  );

  test.prop([
    expressions({ numbers: tameNumbers, functions: [], exponents: { min: 0, max: 3 }, divide: false }),
    fc.array(tameNumbers, { minLength: 3, maxLength: 3 }),
  ])('hold the exact value of a polynomial', (f, x) => {
    const bounds = evaluateInterval(f, x);
    if (!bounds) return;
    const [exact] = evaluateExact(neuronOf(f), x.map(rationalOf));
    const value = Number(exact.numerator) / Number(exact.denominator);
    if (!Number.isFinite(value)) return;
    expect(value).toBeGreaterThanOrEqual(bounds.low);
    expect(value).toBeLessThanOrEqual(bounds.high);
  });
});

describe('equivalent', () => {
  test.each([
    ['x^4 + x^3 + x^2 + x', 'x*(1 + x)*(1 + x^2)', 'exact'],
    ['x^3 + x^2 + x', 'x*(x*(x + 1) + 1)', 'exact'],
    ['x^5 + x^4 + x^3 + x^2 + x', 'x + x^2*(1 + x*(1 + x*(1 + x)))', 'exact'],
    ['(x^2 - 1)/(x - 1)', 'x + 1', 'exact'],
    ['1/x + 1/y', '(x + y)/(x*y)', 'exact'],
    ['x/x', '1', 'exact'],
    ['sin(x^2)*cos(x) - 1', 'cos(x)*sin(x*x) - 1', 'exact'],
    ['(sin(x) + 1)*(sin(x) - 1)', 'sin(x)^2 - 1', 'exact'],
    ['sqrt(x)', 'x^0.5', 'exact'],
    ['x^1.5', 'x*sqrt(x)', 'sampled'],
    ['sin(x)^2 + cos(x)^2', '1', 'sampled'],
    ['log(x + 1) + log(x^2 + 1)', 'log((x + 1)*(x^2 + 1))', 'sampled'],
    ['exp(x)*exp(y)', 'exp(x + y)', 'sampled'],
    ['sin(x) + sin(x + x^2)', '2*sin(x + x^2/2)*cos(x^2/2)', 'sampled'],
    ['2*sin(x)*cos(y)', 'sin(x + y) + sin(x - y)', 'sampled'],
    ['tanh(x)', '(exp(2*x) - 1)/(exp(2*x) + 1)', 'sampled'],
    ['sigmoid(x)', '1/(1 + exp(-x))', 'sampled'],
    ['exp(log(x))', 'x', 'sampled'],
    ['log(x^2)', '2*log(x)', 'sampled'],
    ['sqrt(x^2)', 'abs(x)', 'sampled'],
    ['sin(x)^2 + cos(x)^2 - 1', '0', 'sampled'],
    ['x^y', 'exp(y*log(x))', 'sampled'],
  ] as const)('%s is %s', (left, right, method) => {
    const result = equivalent(formula(left), formula(right));
    expect(result).toMatchObject({ equivalent: true, method });
    if (method === 'sampled') {
      expect(result.samples).toBe(equivalentDefaults.samples);
      expect(result.bound).toBeCloseTo(1 - 0.001 ** (1 / 256), 12);
      expect(result.resolution).toBeLessThanOrEqual(1e-7);
    } else expect(result).toMatchObject({ bound: 0, resolution: 0 });
    expect(equivalent(formula(right), formula(left))).toMatchObject({ equivalent: true, method });
  });

  test.each([
    ['x^4 + x^3 + x^2 + x', 'x*(1 + x)*(1 + 1.0000000000000002*x^2)'],
    ['sin(x)', 'x - x^3/6'],
    ['sin(x)^2 + cos(x)^2', '1.000000000001'],
    ['log(x + 1)', 'log(x + 1.0000001)'],
    ['abs(x)', 'x'],
    ['sqrt(x)', '-sqrt(x)'],
    ['1/x', '1/(x + 1e-9)'],
    ['1e-20*x', '2e-20*sin(x)'],
    ['exp(x)', 'exp(x) + 1e-9'],
    ['0', '1e-300*exp(x)'],
  ])('%s is not %s', (left, right) => {
    const [a, b] = [formula(left), formula(right)];
    const result = equivalent(a, b);
    expect(result.equivalent).toBe(false);
    if (result.method === 'sampled') expect(result.witness).toBeDefined();
    if (result.witness) {
      const { x, a: p, b: q } = result.witness;
      expect(evaluateByHand(a.expressions[0], x)).toBeCloseTo(p, 9);
      expect(evaluateByHand(b.expressions[0], x)).toBeCloseTo(q, 9);
      expect(p).not.toBe(q);
    }
  });

  test.prop([expressions({ numbers: tameNumbers, depth: 3 }), expressions({ numbers: tameNumbers, depth: 2 })])(
    'a formula is itself in another shape, and not itself with something added',
    (f, g) => {
      const [a, shuffled] = [neuronOf(f), neuronOf(e.subtract(e.add(g, f), g))];
      const same = equivalent(a, shuffled);
      // Where both have no value at all, or bounds are too wide, nothing is claimed.
      if (same.samples > 0 || same.method === 'exact') expect(same.equivalent).toBe(true);
      expect(same.witness).toBeUndefined();
      const moved = equivalent(a, neuronOf(e.add(f, e.number(1))));
      expect(moved.equivalent).toBe(false);
    },
  );

  test.prop([expressions({ vector: true, depth: 3, numbers: fc.integer({ min: -4, max: 4 }) })])(
    'what simplify makes is not refuted where no number is rounded',
    (f) => {
      const result = equivalent(neuronOf(f), simplify(neuronOf(f)), { tolerance: 1e-9 });
      expect(result.witness).toBeUndefined();
    },
  );

  test.prop([neurons])('a polynomial neuron is its formula, exactly', (neuron) => {
    expect(equivalent(neuron, toExpressionNeuron(neuron))).toMatchObject({ equivalent: true, method: 'exact' });
  });

  test('Σ x² is the sum of squares; outputs are compared one by one', () => {
    const squares = features.map((_, d) => e.power(e.feature(d), e.number(2)));
    const sum = e.total(e.multiply(e.vector, e.vector));
    expect(equivalent(neuronOf(sum, squares[0]), neuronOf(e.add(...squares), squares[0]))).toMatchObject({
      equivalent: true,
      method: 'exact',
    });
    const other = equivalent(neuronOf(sum, squares[0]), neuronOf(e.add(...squares), squares[1]));
    expect(other).toMatchObject({ equivalent: false, method: 'exact' });
    expect(other.witness?.output).toBe(1);
    const sines = e.total(e.call('sin', e.vector));
    expect(
      equivalent(neuronOf(sines), neuronOf(e.add(...features.map((_, d) => e.call('sin', e.feature(d)))))),
    ).toMatchObject({
      equivalent: true,
      method: 'exact',
    });
  });

  test('fitted constants need a tolerance', () => {
    const [a, b] = [formula('2.0000000001*x^2 + sin(y)'), formula('2*x^2 + sin(0.9999999999*y)')];
    expect(equivalent(a, b).equivalent).toBe(false);
    expect(equivalent(a, b, { tolerance: 1e-7 })).toMatchObject({ equivalent: true, method: 'sampled' });
    expect(equivalent(a, b, { tolerance: 1e-13 }).equivalent).toBe(false);
  });

  test('without a common domain nothing is equivalent', () => {
    expect(equivalent(formula('log(x)'), formula('log(-x)'))).toMatchObject({
      equivalent: false,
      samples: 0,
      bound: 1,
    });
    expect(equivalent(formula('sqrt(x - 20)^2'), formula('x - 20')).equivalent).toBe(false);
    expect(equivalent(formula('sqrt(x - 20)^2'), formula('x - 20'), { range: [20, 30] }).equivalent).toBe(true);
  });

  test('other numbers of inputs or outputs differ; options are checked', () => {
    const one = neuronOf(e.feature(0));
    expect(equivalent(one, neuronOf(e.feature(0), e.feature(0)))).toMatchObject({ equivalent: false, method: 'exact' });
    expect(() => equivalent(one, one, { samples: 0 })).toThrow('equivalent: samples');
    expect(() => equivalent(one, one, { tolerance: -1 })).toThrow(
      new RangeError('equivalent: tolerance must be at least 0 and below 1: got -1'),
    );
    expect(() => equivalent(one, one, { range: [1, 1] })).toThrow('ascending');
  });

  test('same key, same answer', () => {
    const run = (): unknown => equivalent(formula('sin(x)'), formula('x'));
    expect(run()).toEqual(run());
  });
});

/** Numbers of two decimals are doubles, which are fractions of powers of two. */
function rationalOf(x: number): { numerator: bigint; denominator: bigint } {
  let denominator = 1n;
  let numerator = x;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(numerator), denominator };
}
