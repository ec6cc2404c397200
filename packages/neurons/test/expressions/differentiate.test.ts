import { fc, test } from '@fast-check/vitest';
import { flatten, grad, slice, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import * as e from '../../src/expressions/construct.js';
import type { Expression } from '../../src/expressions/expression.js';
import { expressionNeuron } from '../../src/expressions/expression-neuron.js';
import { evaluateInterval } from '../../src/expressions/intervals/evaluate-interval.js';
import { differentiate, evaluate, type Neuron, simplify } from '../../src/index.js';
import { expressions, tameNumbers } from '../support/arbitrary-expression.js';
import { drawTensor } from '../support/draw.js';
import { formsCases, formsTolerance, makeFormsNeuron } from '../support/forms.js';

const inputs = 3;
const features = ['a', 'b', 'c'];
const point = fc.array(
  fc.integer({ min: -200, max: 200 }).map((n) => (n === 0 ? 0.5 : n / 100)),
  { minLength: inputs, maxLength: inputs },
);

/** ∂y_c/∂x_d of every row, by autodiff. */
function gradientOf(neuron: Neuron, x: Tensor, c: number, d: number): number[] {
  const gradient = grad((t: Tensor) => sum(slice(evaluate(neuron, t), [undefined, c])))(x);
  return [...flatten(slice(gradient, [undefined, d]))];
}

/** Autodiff and the formula agree to the certainty with which bounds of the formula are known. */
function expectGradient(formula: Expression, x: readonly number[], d: number): void {
  const neuron = expressionNeuron({ features, expressions: [formula] });
  const derivative = differentiate(neuron, { by: d });
  for (const [symbolic] of [derivative.expressions, simplify(derivative).expressions]) {
    const bounds = evaluateInterval(symbolic, x);
    if (!bounds || !evaluateInterval(formula, x)) continue;
    const [expected] = gradientOf(neuron, tensor([x]), 0, d);
    const size = Math.max(Math.abs(bounds.low), Math.abs(bounds.high));
    const width = bounds.high - bounds.low;
    // Where the formula itself loses its digits, autodiff loses as many.
    if (width > 1e-8 * size || size > 1e100) continue;
    const slack = 1e4 * width + 1e-10 * size + 1e-200;
    expect(expected).toBeGreaterThanOrEqual(bounds.low - slack);
    expect(expected).toBeLessThanOrEqual(bounds.high + slack);
  }
}

describe('differentiate of expressions', () => {
  test.prop([expressions({ depth: 3, numbers: tameNumbers }), point, fc.nat(inputs - 1)])(
    'is autodiff',
    expectGradient,
  );

  test.prop([
    expressions({
      depth: 4,
      numbers: tameNumbers,
      exponents: { min: -2, max: 3 },
      functions: ['sin', 'exp', 'tanh', 'abs', 'sigmoid'],
    }),
    point,
    fc.nat(inputs - 1),
  ])('is autodiff: smooth formulas', expectGradient);

  test.each([
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
    'sinh',
    'cosh',
    'tanh',
    'exp',
    'log',
    'sqrt',
    'abs',
    'sigmoid',
  ] as const)('the rule of %s', (name) => {
    const neuron = expressionNeuron({ features: ['x'], expressions: [e.call(name, e.feature(0))] });
    const positive = name === 'log' || name === 'sqrt';
    const x = tensor([[0.125], [0.5], [0.875], ...(positive ? [[3]] : [[-0.25], [-0.75]])]);
    const symbolic = flatten(evaluate(differentiate(neuron, { by: 'x' }), x));
    expectClose(symbolic, gradientOf(neuron, x, 0, 0), { factor: 16 });
  });

  test.each<[string, Expression, Expression]>([
    ['x³', e.power(e.feature(0), e.number(3)), e.multiply(e.number(3), e.power(e.feature(0), e.number(2)))],
    ['Σ x²', e.total(e.power(e.vector, e.number(2))), e.multiply(e.number(2), e.feature(0))],
    ['Σ a·x', e.total(e.multiply(e.feature(0), e.vector)), e.add(e.feature(0), e.total(e.vector))],
    ['eˣ', e.call('exp', e.feature(0)), e.call('exp', e.feature(0))],
    ['b', e.feature(1), e.number(0)],
    ['x⁰', e.power(e.feature(0), e.number(0)), e.number(0)],
  ])('known derivative of %s', (_title, formula, expected) => {
    const neuron = expressionNeuron({ features, expressions: [formula] });
    expect(simplify(differentiate(neuron, { by: 'a' })).expressions[0]).toEqual(
      simplify({ ...neuron, expressions: [expected] }).expressions[0],
    );
  });

  test.prop([
    expressions({
      depth: 3,
      vector: false,
      functions: ['sin', 'exp'],
      exponents: { min: 0, max: 3 },
      divide: false,
      numbers: tameNumbers,
    }),
    point,
  ])('second derivatives do not depend on the sequence', (formula, x) => {
    const neuron = expressionNeuron({ features, expressions: [formula] });
    const mixed = (p: number, q: number): Expression =>
      differentiate(differentiate(neuron, { by: p }), { by: q }).expressions[0];
    const [one, other] = [evaluateInterval(mixed(0, 1), x), evaluateInterval(mixed(1, 0), x)];
    if (!one || !other) return;
    expect(one.low).toBeLessThanOrEqual(other.high);
    expect(other.low).toBeLessThanOrEqual(one.high);
  });

  test('|a| has no derivative at 0', () => {
    const neuron = expressionNeuron({ features: ['x'], expressions: [e.call('abs', e.feature(0))] });
    expect([...flatten(evaluate(differentiate(neuron, { by: 0 }), tensor([[-2], [0], [3]])))]).toEqual([
      -1,
      Number.NaN,
      1,
    ]);
  });

  test('refuses a feature that there is not', () => {
    const neuron = expressionNeuron({ features, expressions: [e.feature(0)] });
    expect(() => differentiate(neuron, { by: 'z' })).toThrow(
      new RangeError("differentiate: by must be one of the features a, b, c: got 'z'"),
    );
    expect(() => differentiate(neuron, { by: 3 })).toThrow(
      new RangeError('differentiate: by must be a name or an integer from 0 to 2: got 3'),
    );
  });
});

describe('differentiate of polynomial neurons', () => {
  test.prop([formsCases, fc.nat()])('is autodiff, in every form and with scaling', (forms, seed) => {
    const neuron = makeFormsNeuron(forms);
    const x = drawTensor(seed, [3, neuron.inputs]);
    for (let d = 0; d < neuron.inputs; d++) {
      const derivative = differentiate(neuron, { by: d });
      expect(derivative.kind).toBe('polynomial');
      const y = evaluate(derivative, x);
      const simpler = evaluate(simplify(derivative), x);
      for (let c = 0; c < neuron.outputs; c++) {
        const expected = gradientOf(neuron, x, c, d);
        expectClose(flatten(slice(y, [undefined, c])), expected, formsTolerance);
        expectClose(flatten(slice(simpler, [undefined, c])), expected, formsTolerance);
      }
    }
  });
});
