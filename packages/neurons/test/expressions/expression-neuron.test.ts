import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  compile,
  differentiate,
  type Expression,
  expression as e,
  expressionNeuron,
  simplify,
} from '../../src/index.js';
import { expressionNeurons } from '../support/arbitrary-expression.js';

const make = (formula: Expression, features: readonly string[] = ['a', 'b']): unknown =>
  expressionNeuron({ features, expressions: [formula] });

describe('expressionNeuron', () => {
  test.prop([expressionNeurons({ depth: 5 })])('takes every formula of the grammar as it is', (neuron) => {
    expect(expressionNeuron({ features: neuron.features, expressions: neuron.expressions })).toEqual(neuron);
  });

  test('500 nodes in depth are handled, more are refused', () => {
    const chain = (depth: number): Expression => {
      let formula = e.feature(0);
      for (let i = 1; i < depth; i++)
        formula = e.negate(i % 2 === 0 ? e.call('sin', formula) : e.add(formula, e.number(1)));
      return formula;
    };
    // Two nodes a step.
    const neuron = expressionNeuron({ features: ['a'], expressions: [chain(167)] });
    expect(compile(simplify(neuron))([0.5])[0]).toBeCloseTo(compile(neuron)([0.5])[0], 12);
    expect(differentiate(neuron, { by: 'a' }).kind).toBe('expression');
    expect(() => make(chain(500))).toThrow(
      new RangeError('expressionNeuron: expressions[0] must be at most 500 nodes deep: got more'),
    );
  });

  test.each<[() => unknown, string]>([
    [() => make(e.number(Number.NaN)), 'expressionNeuron: expressions[0].value is not finite: NaN'],
    [
      () => make(e.add(e.feature(0), e.multiply(e.number(1), e.number(Number.POSITIVE_INFINITY)))),
      'expressionNeuron: expressions[0].terms[1].factors[1].value is not finite: Infinity',
    ],
    [() => make(e.feature(2)), 'expressionNeuron: expressions[0].index must be an integer from 0 to 1: got 2'],
    [() => make(e.feature(0.5)), 'expressionNeuron: expressions[0].index must be an integer from 0 to 1: got 0.5'],
    [() => make(e.vector), 'expressionNeuron: expressions[0] is the vector symbol, which stands inside total only'],
    [
      () => make(e.total(e.power(e.total(e.vector), e.number(2)))),
      'expressionNeuron: expressions[0].argument.base is a total inside another total',
    ],
    [() => make(e.add(e.feature(0))), 'expressionNeuron: expressions[0].terms must be two or more: got 1'],
    [
      () => make(e.divide(e.multiply(), e.feature(0))),
      'expressionNeuron: expressions[0].numerator.factors must be two or more: got 0',
    ],
    [() => make(e.feature(0), ['a', 'a']), "expressionNeuron: features[1] is 'a', as is features[0]"],
    [() => make(e.feature(0), [' ']), 'expressionNeuron: features[0] is blank'],
    [() => expressionNeuron({ features: ['a'], expressions: [] }), 'expressionNeuron: outputs must be'],
    [
      () => make(JSON.parse('{"op":"call","name":"toString","argument":{"op":"number","value":1}}')),
      'expressionNeuron: expressions[0].name must be one of sin',
    ],
    [() => make(JSON.parse('{"op":"root"}')), 'expressionNeuron: expressions[0].op is unknown: got root'],
    [
      () => make(JSON.parse('{"op":"negate"}')),
      'expressionNeuron: expressions[0].argument must be an expression: got undefined',
    ],
    [
      () => make(JSON.parse('{"op":"number","value":"1"}')),
      'expressionNeuron: expressions[0].value must be a number: got string',
    ],
    [
      () => make(JSON.parse('{"op":"add","terms":7}')),
      'expressionNeuron: expressions[0].terms must be an array: got number',
    ],
  ])('refuses, naming the place %#', (run, message) => {
    expect(run).toThrow(message);
  });
});
