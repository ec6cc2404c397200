import type { Expression } from '../expressions/expression.js';
import { type Grammar, readExpression } from './read-expression.js';
import { accept, expect, peek, type Source } from './source.js';

/** Reads `[a, b]`, or one expression without the brackets. */
export function readSeveral(
  source: Source,
  grammar: Grammar,
  read: () => Expression = () => readExpression(source, grammar),
): Expression[] {
  if (!accept(source, '[')) return [read()];
  const expressions: Expression[] = [];
  do expressions.push(read());
  while (accept(source, ',') && peek(source).text !== ']');
  expect(source, ']');
  return expressions;
}
