import type { Expression } from '../../expressions/expression.js';
import type { ExpressionNeuron } from '../../expressions/expression-neuron.js';
import { featureByName, readTotal, vectorSymbol } from '../features.js';
import { functionNamed, plainNames } from '../function-table.js';
import { infixNotation, levels, type Notation } from '../notation.js';
import { type Grammar, readExpression } from '../read-expression.js';
import { accept, expect, fail, openSource, peek, type Source, take } from '../source.js';
import { writeExpression } from '../write-expression.js';

const identifier = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** Our own text: a line for each output, `2.5*age^3 - 1.2*bmi*bp + 7`, totals `sum(x^3)`, other names in backticks. */
export function writePlain({ features, expressions }: ExpressionNeuron): string {
  const notation: Notation = {
    ...infixNotation('^'),
    vector: 'x',
    feature: (index, inTotal) => {
      const name = features[index];
      const taken = name === 'sum' || Object.hasOwn(plainNames, name) || (inTotal && name === 'x');
      return identifier.test(name) && !taken ? name : `\`${name.replaceAll('`', '``')}\``;
    },
    call: (name, argument, inTotal, write) => `${name}(${write(argument, levels.sum, true, inTotal)})`,
    total: (argument, write) => `sum(${write(argument, levels.sum, true, true)})`,
  };
  return expressions.map((expression) => writeExpression(expression, notation)).join('\n');
}

const grammar: Grammar = {
  lexicon:
    /(?<newline>[\r\n]+)|(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_.]*)|(?<quoted>`(?:[^`]|``)*`)|(?<symbol>\*\*|.)/suy,
  operators: { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '^': 'power', '**': 'power' },
  operand: readNamed,
};

/** Reads what {@link writePlain} writes; a name before a bracket is a function, any other a feature or, in a total, x. */
export function readPlain(text: string, features: readonly string[] | undefined): [readonly string[], Expression[]] {
  const source = openSource(text, grammar.lexicon, features);
  const expressions: Expression[] = [];
  while (accept(source, '\n'));
  do {
    expressions.push(readExpression(source, grammar));
    const end = peek(source).kind === 'end';
    if (!end && !accept(source, '\n')) fail(source, 'expected an operator or the end');
    while (accept(source, '\n'));
  } while (peek(source).kind !== 'end');
  return [source.features, expressions];
}

function readNamed(source: Source): Expression | undefined {
  const token = peek(source);
  if (token.kind === 'quoted') {
    take(source);
    return featureByName(source, token.text.slice(1, -1).replaceAll('``', '`'), token);
  }
  if (token.kind !== 'name') return undefined;
  take(source);
  if (accept(source, '(')) {
    const inner = (): Expression => readExpression(source, grammar);
    const name = functionNamed(plainNames, token.text);
    if (token.text !== 'sum' && name === undefined) fail(source, 'expected a function', token);
    const read: Expression =
      name === undefined ? readTotal(source, token, inner) : { op: 'call', name, argument: inner() };
    expect(source, ')');
    return read;
  }
  if (token.text === 'x' && (source.inTotal || (source.features.indexOf('x') < 0 && !source.open))) {
    return vectorSymbol(source, token);
  }
  return featureByName(source, token.text, token);
}
