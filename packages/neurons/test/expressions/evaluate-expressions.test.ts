import { fc, test } from '@fast-check/vitest';
import { astype, flatten, grad, sum, type Tensor, tensor, vjp } from '@neuronseek/tensor';
import { checkVjp, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import * as e from '../../src/expressions/construct.js';
import { evaluateComposed } from '../../src/expressions/evaluate-composed.js';
import type { Expression } from '../../src/expressions/expression.js';
import { type ExpressionNeuron, expressionNeuron } from '../../src/expressions/expression-neuron.js';
import { compile, evaluate } from '../../src/index.js';
import { expressionNeurons, expressions, tameNumbers } from '../support/arbitrary-expression.js';
import { toData, toTensor } from '../support/bridge.js';
import { drawPositive } from '../support/draw.js';
import { evaluateByHand } from '../support/evaluate-by-hand.js';
import { neurons } from '../support/neuron.js';

const inputs = 3;
const numbers = fc.oneof(
  { weight: 8, arbitrary: tameNumbers },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
  { weight: 1, arbitrary: fc.double() },
);
const rowsOf = (count: { min: number; max: number }): fc.Arbitrary<number[]> =>
  fc.integer(count).chain((rows) => fc.array(numbers, { minLength: rows * inputs, maxLength: rows * inputs }));

function byHand(neuron: ExpressionNeuron, x: readonly number[]): number[] {
  const values: number[] = [];
  for (let row = 0; row < x.length; row += inputs) {
    for (const formula of neuron.expressions) values.push(evaluateByHand(formula, x.slice(row, row + inputs)));
  }
  return values;
}

function neuronOf(formula: Expression, features = inputs): ExpressionNeuron {
  return expressionNeuron({ features: Array.from({ length: features }, (_, d) => `x${d}`), expressions: [formula] });
}

describe('evaluate of expressions', () => {
  test.prop([expressionNeurons(), rowsOf({ min: 1, max: 5 })])('is the definition, to the bit', (neuron, x) => {
    const y = evaluate(neuron, tensor(x, [x.length / inputs, inputs]));
    expect(y.shape).toEqual([x.length / inputs, neuron.outputs]);
    expectSameBits(flatten(y), byHand(neuron, x));
  });

  test.prop([expressionNeurons({ depth: 5 }), fc.integer({ min: 1, max: 700 }), fc.nat()])(
    'rows do not depend on how many there are',
    (neuron, rows, seed) => {
      const { data } = drawPositive(seed, [rows, inputs]);
      expectSameBits(flatten(evaluate(neuron, toTensor({ shape: [rows, inputs], data }))), byHand(neuron, [...data]));
    },
  );

  test.prop([
    expressions({
      depth: 3,
      functions: ['sin', 'cos', 'atan', 'tanh', 'sigmoid'],
      numbers: fc.integer({ min: -10, max: 10 }).map((n) => n / 10),
      exponents: { min: 0, max: 3 },
      divide: false,
    }),
    fc.nat(),
  ])('the gradient in x obeys the law', (formula, seed) => {
    const neuron = neuronOf({ op: 'call', name: 'tanh', argument: formula });
    const x = drawPositive(seed, [2, inputs]);
    checkVjp({
      apply: ([at]) => toData(evaluate(neuron, toTensor(at))),
      pullback: ([at], g) => [toData(vjp((t: Tensor) => evaluate(neuron, t), toTensor(at)).pullback(toTensor(g)))],
      inputs: [x],
      direction: [drawPositive(seed + 1, [2, inputs])],
      cotangent: drawPositive(seed + 2, [2, 1]),
    });
  });

  test.prop([expressions({ depth: 4 }), fc.nat()])(
    'derivatives of every order are those of basic operations',
    (formula, seed) => {
      const neuron = neuronOf(formula);
      const x = toTensor(drawPositive(seed, [2, inputs]));
      const second = (f: (t: Tensor) => Tensor): Tensor =>
        grad((t: Tensor) => sum(grad((s: Tensor) => sum(f(s)))(t)))(x);
      expectSameBits(
        flatten(second((t) => evaluate(neuron, t))),
        flatten(second((t) => evaluateComposed([formula], t))),
      );
    },
  );

  test('float32 is rounded once, integers are taken for doubles', () => {
    const neuron = neuronOf(e.multiply(e.add(e.feature(0), e.number(1e-9)), e.number(3)), 1);
    const x = tensor([[1], [0.1]]);
    const single = evaluate(neuron, astype(x, 'float32'));
    expect(single.dtype).toBe('float32');
    expectSameBits(flatten(single), Float32Array.of((1 + 1e-9) * 3, (Math.fround(0.1) + 1e-9) * 3));
    expect(evaluate(neuron, astype(tensor([[2]]), 'int32')).toArray()).toEqual([[(2 + 1e-9) * 3]]);
  });

  test('outside of the domain', () => {
    const at = (formula: Expression, x: number): number => evaluate(neuronOf(formula, 1), tensor([[x]])).item();
    expect(at(e.call('log', e.feature(0)), -1)).toBeNaN();
    expect(at(e.call('log', e.feature(0)), 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(at(e.divide(e.number(1), e.feature(0)), 0)).toBe(Number.POSITIVE_INFINITY);
    expect(at(e.power(e.feature(0), e.number(0)), Number.NaN)).toBe(1);
    expect(at(e.power(e.feature(0), e.number(0.5)), -1)).toBeNaN();
  });

  test('an empty batch, a constant formula, x that does not fit', () => {
    const neuron = neuronOf(e.number(4), 2);
    expect(evaluate(neuron, tensor(new Float64Array(0), [0, 2])).shape).toEqual([0, 1]);
    expect(flatten(grad((t: Tensor) => sum(evaluate(neuron, t)))(tensor([[1, 2]])))).toEqual(Float64Array.of(0, 0));
    expect(() => evaluate(neuron, tensor([[1, 2, 3]]))).toThrow(
      new RangeError('evaluate: x must have shape [B, 2]: got [1, 3]'),
    );
  });
});

describe('compile', () => {
  test.prop([expressionNeurons({ depth: 5 }), rowsOf({ min: 1, max: 5 })])(
    'has the bits of evaluate, by row and by rows',
    (neuron, x) => {
      const f = compile(neuron);
      const expected = flatten(evaluate(neuron, tensor(x, [x.length / inputs, inputs])));
      expectSameBits(f.rows(Float64Array.from(x)), expected);
      for (let row = 0; row * inputs < x.length; row++) {
        const result = f(x.slice(row * inputs, (row + 1) * inputs));
        expectSameBits(result, expected.slice(row * neuron.outputs, (row + 1) * neuron.outputs));
      }
    },
  );

  test.prop([expressionNeurons(), fc.integer({ min: 250, max: 800 }), fc.nat()])(
    'blocks end anywhere, and results go where they are told',
    (neuron, rows, seed) => {
      const { data } = drawPositive(seed, [rows, inputs]);
      const x = Float64Array.from(data);
      const f = compile(neuron);
      const out = new Float64Array(rows * neuron.outputs);
      expect(f.rows(x, out)).toBe(out);
      expectSameBits(out, flatten(evaluate(neuron, tensor(x, [rows, inputs]))));
      const single = new Float64Array(neuron.outputs);
      expect(f(x.subarray(0, inputs), single)).toBe(single);
      expectSameBits(single, out.subarray(0, neuron.outputs));
      expectSameBits(x, Float64Array.from(data));
    },
  );

  test.prop([neurons, fc.nat()])('polynomial neurons: the same', (neuron, seed) => {
    const { data } = drawPositive(seed, [4, neuron.inputs]);
    const x = Float64Array.from(data);
    const f = compile(neuron);
    const expected = flatten(evaluate(neuron, tensor(x, [4, neuron.inputs])));
    expectSameBits(f.rows(x), expected);
    expectSameBits(f([...x.subarray(0, neuron.inputs)]), expected.slice(0, neuron.outputs));
    const out = new Float64Array(4 * neuron.outputs);
    expect(f.rows(x, out)).toBe(out);
    expectSameBits(out, expected);
  });

  test('refuses rows that do not fit', () => {
    const f = compile(neuronOf(e.feature(1), 2));
    expect(() => f([1])).toThrow(new RangeError('compile: x must have 2 numbers: got 1'));
    expect(() => f([1, 2], new Float64Array(2))).toThrow(new RangeError('compile: out must have 1 numbers: got 2'));
    expect(() => f.rows(new Float64Array(3))).toThrow(
      new RangeError('compile: rows must be a multiple of 2 numbers: got 3'),
    );
    expect(() => f.rows(new Float64Array(4), new Float64Array(1))).toThrow('out must have 2 numbers');
  });
});
