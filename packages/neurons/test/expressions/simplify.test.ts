import { fc, test } from '@fast-check/vitest';
import { flatten, tensor } from '@neuronseek/tensor';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import * as e from '../../src/expressions/construct.js';
import { evaluateInterval } from '../../src/expressions/intervals/evaluate-interval.js';
import { nodeCount } from '../../src/expressions/map-parts.js';
import { compareExpressions, keyOf } from '../../src/expressions/simplification/key-of.js';
import { simplifyExpression } from '../../src/expressions/simplification/simplify-expression.js';
import { type Expression, evaluate, expressionNeuron, parse, simplify } from '../../src/index.js';
import { expressions, tameNumbers } from '../support/arbitrary-expression.js';
import { drawTensor } from '../support/draw.js';
import { neurons } from '../support/neuron.js';

const inputs = 3;
const points = fc.array(fc.array(tameNumbers, { minLength: inputs, maxLength: inputs }), {
  minLength: 4,
  maxLength: 4,
});
const [a, b, c] = [e.feature(0), e.feature(1), e.feature(2)];
const two = e.number(2);

/** Values of both formulas lie between bounds that hold for certain; rounded numbers in the simpler one move its value by a little more. */
function expectSameValue(original: Expression, simpler: Expression, x: readonly number[]): void {
  const expected = evaluateInterval(original, x);
  // Numbers that were computed are rounded, which bounds of the simpler formula do not know of: it is compared where both are narrow.
  const actual = evaluateInterval(simpler, x);
  if (!expected || !actual) return;
  const size = Math.max(Math.abs(expected.low), Math.abs(expected.high));
  const width = expected.high - expected.low;
  if (width > 1e-9 * size) return;
  const slack = 1e3 * width + 1e-11 * size + 1e-290;
  if (expected.low - slack <= actual.high && actual.low <= expected.high + slack) return;
  throw new Error(
    `${keyOf(original)} is in [${expected.low}, ${expected.high}], ${keyOf(simpler)} in [${actual.low}, ${actual.high}]`,
  );
}

describe('simplify', () => {
  test.prop([expressions({ numbers: tameNumbers }), points])('keeps the value', (formula, xs) => {
    const simpler = simplifyExpression(formula, inputs);
    for (const x of xs) expectSameValue(formula, simpler, x);
  });

  test.prop([
    expressions({ depth: 3, functions: ['exp', 'log', 'sqrt', 'abs', 'sin', 'cos'], exponents: { min: -2, max: 3 } }),
    points,
  ])('keeps the value of formulas full of identities', (formula, xs) => {
    const simpler = simplifyExpression(formula, inputs);
    for (const x of xs) expectSameValue(formula, simpler, x);
  });

  test.prop([
    expressions({
      depth: 3,
      features: 1,
      vector: false,
      functions: ['sqrt', 'abs'],
      numbers: fc.constantFrom(-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3),
    }),
    points,
  ])('loses no point: powers of negative numbers', (formula, xs) => {
    const simpler = simplifyExpression(formula, inputs);
    for (const x of xs) {
      const before = evaluate(
        expressionNeuron({ features: ['a', 'b', 'c'], expressions: [formula] }),
        tensor([x]),
      ).item();
      const after = evaluate(
        expressionNeuron({ features: ['a', 'b', 'c'], expressions: [simpler] }),
        tensor([x]),
      ).item();
      const size = Math.abs(before);
      if (evaluateInterval(formula, x) && size > 1e-100 && size < 1e100) expect(after).not.toBeNaN();
    }
  });

  test.prop([expressions({ depth: 5 })])('is never larger, and does nothing the second time', (formula) => {
    const simpler = simplifyExpression(formula, inputs);
    expect(nodeCount(simpler)).toBeLessThanOrEqual(nodeCount(formula));
    expect(keyOf(simplifyExpression(simpler, inputs))).toBe(keyOf(simpler));
  });

  test.prop([fc.array(expressions({ depth: 2 }), { minLength: 2, maxLength: 5 }), fc.nat()])(
    'the sequence of terms does not matter',
    (terms, turn) => {
      const at = turn % terms.length;
      const turned = [...terms.slice(at), ...terms.slice(0, at)];
      const left = simplifyExpression(e.add(...terms), inputs);
      const right = simplifyExpression(e.add(...turned), inputs);
      expect(nodeCount(left)).toBe(nodeCount(right));
    },
  );

  test.prop([expressions({ depth: 2 }), expressions({ depth: 2 }), expressions({ depth: 2 })])(
    'the canonical sequence is one',
    (p, q, r) => {
      expect(Math.sign(compareExpressions(p, q)) + Math.sign(compareExpressions(q, p))).toBe(0);
      expect(compareExpressions(p, q) === 0).toBe(keyOf(p) === keyOf(q));
      if (compareExpressions(p, q) <= 0 && compareExpressions(q, r) <= 0) {
        expect(compareExpressions(p, r)).toBeLessThanOrEqual(0);
      }
    },
  );

  test.each<[string, Expression, Expression]>([
    ['x + 0', e.add(a, e.number(0)), a],
    ['1·x', e.multiply(e.number(1), a), a],
    ['0·log x', e.multiply(e.number(0), e.call('log', a)), e.number(0)],
    ['−(−x)', e.negate(e.negate(a)), a],
    ['x·x', e.multiply(a, a), e.power(a, two)],
    ['x + x', e.add(a, a), e.multiply(two, a)],
    ['x − x', e.subtract(a, a), e.number(0)],
    ['x/x', e.divide(a, a), e.number(1)],
    ['x³/x', e.divide(e.power(a, e.number(3)), a), e.power(a, two)],
    ['(x²)³', e.power(e.power(a, two), e.number(3)), e.power(a, e.number(6))],
    ['√(x²)', e.call('sqrt', e.power(a, two)), e.call('abs', a)],
    ['(√x)²', e.power(e.call('sqrt', a), two), a],
    ['(x²)^0.5', e.power(e.power(a, two), e.number(0.5)), e.call('abs', a)],
    ['x^0.5', e.power(a, e.number(0.5)), e.call('sqrt', a)],
    ['e^(log x)', e.call('exp', e.call('log', a)), a],
    ['log(eˣ)', e.call('log', e.call('exp', a)), a],
    ['eˣ·eʸ', e.multiply(e.call('exp', a), e.call('exp', b)), e.call('exp', e.add(a, b))],
    ['sin² + cos²', e.add(e.power(e.call('sin', a), two), e.power(e.call('cos', a), two)), e.number(1)],
    ['cos(−x)', e.call('cos', e.negate(a)), e.call('cos', a)],
    ['sin(−x)', e.call('sin', e.negate(a)), e.negate(e.call('sin', a))],
    ['b·a·c', e.multiply(b, a, c), e.multiply(a, b, c)],
    ['2 + (x + 3)', e.add(two, e.add(a, e.number(3))), e.add(a, e.number(5))],
    ['x/3', e.divide(a, e.number(3)), e.divide(a, e.number(3))],
    ['x/3 + x/3 + x/3', e.add(e.divide(a, e.number(3)), e.divide(a, e.number(3)), e.divide(a, e.number(3))), a],
    ['Σ 2·x', e.total(e.multiply(two, e.vector)), e.multiply(two, e.total(e.vector))],
    ['Σ 2', e.total(two), e.number(6)],
    ['log(−1) stays', e.call('log', e.number(-1)), e.call('log', e.number(-1))],
    ['1/0 stays', e.divide(e.number(1), e.number(0)), e.divide(e.number(1), e.number(0))],
    ['log(x²) stays', e.call('log', e.power(a, two)), e.call('log', e.power(a, two))],
  ])('%s', (_title, formula, expected) => {
    expect(simplifyExpression(formula, inputs)).toEqual(expected);
  });

  test('a neuron keeps its names, and text goes through', () => {
    const neuron = parse('2*age*bmi - bmi*age + sin(bmi)^2 + cos(bmi)^2', { features: ['age', 'bmi'] });
    expect(simplify(neuron)).toEqual(
      expressionNeuron({
        features: ['age', 'bmi'],
        expressions: [e.add(e.multiply(e.feature(0), e.feature(1)), e.number(1))],
      }),
    );
  });

  test.prop([neurons, fc.nat()])('polynomial neurons: what is 0 goes, the value stays', (neuron, seed) => {
    const zero = {
      ...neuron,
      power: neuron.power.map((term, p) => (p === 0 ? { ...term, weights: drawZero(term.weights.shape) } : term)),
    };
    const simpler = simplify(zero);
    expect(simpler.power.length).toBeLessThan(Math.max(1, neuron.power.length));
    const x = drawTensor(seed, [3, neuron.inputs]);
    const [before, after] = [zero, simpler].map((n) => flatten(evaluate(n, x)));
    after.forEach((value, i) => {
      expect(Math.abs(value - before[i])).toBeLessThan(1e-9);
    });
    expectSameBits(flatten(evaluate(simplify(simpler), x)), after);
  });
});

function drawZero(shape: readonly number[]): ReturnType<typeof tensor> {
  return tensor(new Float64Array(shape.reduce((p, q) => p * q, 1)), shape);
}
