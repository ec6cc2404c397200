import type { Expression } from '../expressions/expression.js';
import { checkExpressionNeuron, type ExpressionNeuron } from '../expressions/expression-neuron.js';
import { maxDepth } from './check-tree.js';
import { functionNamed, plainNames } from './function-table.js';
import { arrayAt, countAt, jsonNumberAt, literalAt, objectAt, show, textAt } from './read-json.js';

/** The expression neuron of an object whose kind has been read. */
export function readExpressionNeuron(json: Readonly<Record<string, unknown>>): ExpressionNeuron {
  literalAt('$.version', json.version, 1);
  return checkExpressionNeuron('fromJSON', '$.', {
    kind: 'expression',
    inputs: countAt('$.inputs', json.inputs),
    outputs: countAt('$.outputs', json.outputs),
    features: arrayAt('$.features', json.features).map((feature, d) => textAt(`$.features[${d}]`, feature)),
    expressions: arrayAt('$.expressions', json.expressions).map((expression, c) =>
      readNode(`$.expressions[${c}]`, expression, 1),
    ),
  });
}

function readNode(at: string, value: unknown, depth: number): Expression {
  if (depth > maxDepth) throw new RangeError(`fromJSON: ${at} must be at most ${maxDepth} nodes deep: got more`);
  const node = objectAt(at, value);
  const part = (name: string): Expression => readNode(`${at}.${name}`, node[name], depth + 1);
  const parts = (name: string): Expression[] =>
    arrayAt(`${at}.${name}`, node[name]).map((item, i) => readNode(`${at}.${name}[${i}]`, item, depth + 1));
  const { op } = node;
  switch (op) {
    case 'number':
      return { op, value: jsonNumberAt(`${at}.value`, node.value) };
    case 'feature':
      return { op, index: jsonNumberAt(`${at}.index`, node.index) };
    case 'vector':
      return { op };
    case 'total':
    case 'negate':
      return { op, argument: part('argument') };
    case 'add':
      return { op, terms: parts('terms') };
    case 'multiply':
      return { op, factors: parts('factors') };
    case 'divide':
      return { op, numerator: part('numerator'), denominator: part('denominator') };
    case 'power':
      return { op, base: part('base'), exponent: part('exponent') };
    case 'call': {
      const name = functionNamed(plainNames, textAt(`${at}.name`, node.name));
      if (name === undefined) throw new RangeError(`fromJSON: ${at}.name must be a function: got ${show(node.name)}`);
      return { op, name, argument: part('argument') };
    }
    default:
      throw new RangeError(`fromJSON: ${at}.op must be that of a node: got ${show(op)}`);
  }
}
