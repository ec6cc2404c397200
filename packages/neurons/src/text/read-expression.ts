import type { Expression } from '../expressions/expression.js';
import { maxDepth } from './check-tree.js';
import { levels } from './notation.js';
import { accept, expect, fail, peek, type Source, take } from './source.js';

/** What tells one grammar from another. */
export interface Grammar {
  /** See `openSource`. */
  readonly lexicon: RegExp;
  /** What a symbol does to the operands beside it. */
  readonly operators: Readonly<Record<string, 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | undefined>>;
  /** Reads an operand that is neither a number, nor a negation, nor bracketed; undefined where there is none. */
  operand(source: Source): Expression | undefined;
  /** Reads what follows the sign of a power. Default: an operand with its own powers. */
  exponent?(source: Source): Expression;
  /** The value of a numeral. Default: as JavaScript reads it. */
  number?(text: string): number;
}

const operatorLevels = {
  add: levels.sum,
  subtract: levels.sum,
  multiply: levels.product,
  divide: levels.product,
  power: levels.power,
} as const;

// Each node that is written takes at most two calls, its own and that of its brackets.
const maxCalls = 2 * maxDepth + 8;

/**
 * Reads an expression as far as its operators bind at least as tightly as `level` (precedence climbing): powers before negation before
 * products before sums, powers from the right, the others from the left; a chain of equal operators is one node.
 */
export function readExpression(source: Source, grammar: Grammar, level: number = levels.sum): Expression {
  if (++source.depth > maxCalls) fail(source, `nesting is deeper than ${maxCalls}`);
  let left = readOperand(source, grammar);
  // The terms or factors of `left` while its chain goes on.
  let chain: Expression[] = [];
  let chained: 'add' | 'multiply' | undefined;
  for (;;) {
    const { kind, text } = peek(source);
    const operator = kind === 'symbol' && Object.hasOwn(grammar.operators, text) ? grammar.operators[text] : undefined;
    if (operator === undefined || operatorLevels[operator] < level) break;
    take(source);
    if (operator === 'power') {
      const exponent = grammar.exponent?.(source) ?? readExpression(source, grammar, levels.power);
      left = { op: 'power', base: left, exponent };
      chained = undefined;
      continue;
    }
    const right = readExpression(source, grammar, operatorLevels[operator] + 1);
    if (operator === 'divide') {
      left = { op: 'divide', numerator: left, denominator: right };
      chained = undefined;
      continue;
    }
    const op = operator === 'multiply' ? 'multiply' : 'add';
    const part: Expression = operator === 'subtract' ? { op: 'negate', argument: right } : right;
    if (chained === op) chain.push(part);
    else chain = [left, part];
    if (chained !== op) left = op === 'add' ? { op, terms: chain } : { op, factors: chain };
    chained = op;
  }
  source.depth--;
  return left;
}

function readOperand(source: Source, grammar: Grammar): Expression {
  const token = peek(source);
  if (token.kind === 'number') return { op: 'number', value: readNumber(source, grammar) };
  if (accept(source, '-')) {
    const after = peek(source, 1);
    const raised = after.kind === 'symbol' && grammar.operators[after.text] === 'power';
    if (peek(source).kind === 'number' && !raised) return { op: 'number', value: -readNumber(source, grammar) };
    return { op: 'negate', argument: readExpression(source, grammar, levels.power) };
  }
  if (accept(source, '(')) {
    const inner = readExpression(source, grammar);
    expect(source, ')');
    return inner;
  }
  return grammar.operand(source) ?? fail(source, 'expected a number, a name or "("');
}

function readNumber(source: Source, grammar: Grammar): number {
  const token = take(source);
  const value = grammar.number?.(token.text) ?? Number(token.text);
  if (!Number.isFinite(value)) fail(source, 'expected a number that a double can hold', token);
  return value;
}
