import type { Expression } from '../expressions/expression.js';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';

/** A number as JSON keeps it: negative zero, of which JSON.stringify loses the sign, is the string "-0". */
export type JsonNumber = number | '-0';

/** An `Expression`, node for node. */
export type ExpressionJson =
  | { readonly op: 'number'; readonly value: JsonNumber }
  | { readonly op: 'feature'; readonly index: number }
  | { readonly op: 'vector' }
  | { readonly op: 'total' | 'negate'; readonly argument: ExpressionJson }
  | { readonly op: 'add'; readonly terms: readonly ExpressionJson[] }
  | { readonly op: 'multiply'; readonly factors: readonly ExpressionJson[] }
  | { readonly op: 'divide'; readonly numerator: ExpressionJson; readonly denominator: ExpressionJson }
  | { readonly op: 'power'; readonly base: ExpressionJson; readonly exponent: ExpressionJson }
  | { readonly op: 'call'; readonly name: string; readonly argument: ExpressionJson };

/** What `toJSON` makes of an expression neuron. */
export interface ExpressionNeuronJson {
  readonly kind: 'expression';
  readonly version: 1;
  readonly inputs: number;
  readonly outputs: number;
  readonly features: readonly string[];
  readonly expressions: readonly ExpressionJson[];
}

/** The neuron, which is checked, as a value for JSON.stringify. */
export function expressionNeuronJson({
  inputs,
  outputs,
  features,
  expressions,
}: ExpressionNeuron): ExpressionNeuronJson {
  return {
    kind: 'expression',
    version: 1,
    inputs,
    outputs,
    features: [...features],
    expressions: expressions.map(expressionJson),
  };
}

function expressionJson(part: Expression): ExpressionJson {
  switch (part.op) {
    case 'number':
      return { op: 'number', value: Object.is(part.value, -0) ? '-0' : part.value };
    case 'feature':
      return { op: 'feature', index: part.index };
    case 'vector':
      return { op: 'vector' };
    case 'total':
    case 'negate':
      return { op: part.op, argument: expressionJson(part.argument) };
    case 'add':
      return { op: 'add', terms: part.terms.map(expressionJson) };
    case 'multiply':
      return { op: 'multiply', factors: part.factors.map(expressionJson) };
    case 'divide':
      return {
        op: 'divide',
        numerator: expressionJson(part.numerator),
        denominator: expressionJson(part.denominator),
      };
    case 'power':
      return { op: 'power', base: expressionJson(part.base), exponent: expressionJson(part.exponent) };
    case 'call':
      return { op: 'call', name: part.name, argument: expressionJson(part.argument) };
  }
}
