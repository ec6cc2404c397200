import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Expression } from '../../src/expressions/expression.js';
import { fromJSON, toJSON } from '../../src/index.js';
import { namedNeurons, neuronOf } from '../support/named-neuron.js';

const good = toJSON(neuronOf(['a'], [{ op: 'negate', argument: { op: 'number', value: -0 } }]));

describe('JSON of expression neurons', () => {
  test.prop([namedNeurons])('brings them back node for node and bit for bit', (neuron) => {
    expect(fromJSON(JSON.parse(JSON.stringify(toJSON(neuron))))).toStrictEqual(neuron);
  });

  test('the format', () => {
    expect(good).toEqual({
      kind: 'expression',
      version: 1,
      inputs: 1,
      outputs: 1,
      features: ['a'],
      expressions: [{ op: 'negate', argument: { op: 'number', value: '-0' } }],
    });
  });

  test('too deep', () => {
    let formula: Expression = { op: 'feature', index: 0 };
    let json: unknown = formula;
    for (let i = 0; i < 100_000; i++) {
      formula = { op: 'negate', argument: formula };
      json = { op: 'negate', argument: json };
    }
    const message = 'expressions[0] must be at most 500 nodes deep: got more';
    expect(() => toJSON(neuronOf(['a'], [formula]))).toThrow(new RangeError(`toJSON: ${message}`));
    expect(() => fromJSON({ ...good, expressions: [json] })).toThrow(/^fromJSON: .* must be at most 500 nodes deep/u);
  });

  test.each([
    [{ ...good, version: 2 }, '$.version must be 1: got 2'],
    [{ ...good, features: ['a', 'a'] }, '$.features must be 1 names: got 2'],
    [{ ...good, expressions: [{ op: 'modulo' }] }, "$.expressions[0].op must be that of a node: got 'modulo'"],
    [{ ...good, expressions: [{ op: 'toString' }] }, "$.expressions[0].op must be that of a node: got 'toString'"],
    [{ ...good, expressions: [{ op: 'vector' }] }, '$.expressions[0] is the vector symbol'],
    [{ ...good, expressions: [{ op: 'feature', index: 1 }] }, '$.expressions[0].index must be an integer from 0 to 0'],
    [{ ...good, expressions: [{ op: 'number', value: '1' }] }, "$.expressions[0].value must be a number: got '1'"],
    [{ ...good, expressions: [{ op: 'number', value: Number.NaN }] }, '$.expressions[0].value is not finite: NaN'],
    [{ ...good, expressions: [{ op: 'add', terms: [{ op: 'number' }] }] }, '$.expressions[0].terms[0].value must be'],
    [{ ...good, expressions: [{ op: 'add', terms: [] }] }, '$.expressions[0].terms must be two or more: got 0'],
    [
      { ...good, expressions: [{ op: 'call', name: 'toString' }] },
      "$.expressions[0].name must be a function: got 'toS",
    ],
    [{ ...good, expressions: [{ op: 'negate' }] }, '$.expressions[0].argument must be an object: got nothing'],
    [{ ...good, expressions: [] }, '$.expressions must be 1 formulas: got 0'],
    [{ ...good, expressions: null }, '$.expressions must be an array: got null'],
  ])('refuses malformed input by its place (%#)', (value, message) => {
    expect(() => fromJSON(value)).toThrow(`fromJSON: ${message}`);
  });
});
