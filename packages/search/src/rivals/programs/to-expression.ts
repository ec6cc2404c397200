import type { Expression, FunctionName } from '@neuronseek/neurons';
import { ADD, arity, COS, EXP, FEATURE, LOG, MUL, NUMBER, SIN, SUB } from './opcodes.js';
import type { Program } from './program.js';

/**
 * A program as an expression tree: sums and products in one node each, repeated factors as powers, differences as sums with a negated term.
 * `leafOf` is the expression of an input.
 */
export function toExpression(
  { code, constants }: Program,
  leafOf: (index: number) => Expression = (index) => ({ op: 'feature', index }),
): Expression {
  const stack: Expression[] = [];
  for (let i = 0; i < code.length; i++) {
    const op = code[i];
    const count = arity(op);
    const parts = stack.splice(stack.length - count, count);
    if (op >= FEATURE) stack.push(leafOf(op - FEATURE));
    else if (op === NUMBER) stack.push(numberOf(constants[i]));
    else stack.push(count === 1 ? { op: 'call', name: nameOf(op), argument: parts[0] } : pair(op, parts[0], parts[1]));
  }
  return stack[0];
}

/** A number, negated where it is negative, as a parser would read it. */
export function numberOf(value: number): Expression {
  if (value < 0) return { op: 'negate', argument: { op: 'number', value: -value } };
  return { op: 'number', value: value + 0 };
}

function nameOf(op: number): FunctionName {
  if (op === SIN) return 'sin';
  if (op === COS) return 'cos';
  if (op === EXP) return 'exp';
  return op === LOG ? 'log' : 'sqrt';
}

function pair(op: number, a: Expression, b: Expression): Expression {
  if (op === ADD) return sumOf([a, b]);
  if (op === SUB) return sumOf([a, negated(b)]);
  if (op === MUL) return productOf([a, b]);
  return { op: 'divide', numerator: a, denominator: b };
}

/** Terms in one sum, terms of sums among them. */
export function sumOf(terms: readonly Expression[]): Expression {
  return { op: 'add', terms: terms.flatMap((term) => (term.op === 'add' ? term.terms : [term])) };
}

function negated(term: Expression): Expression {
  if (term.op === 'negate') return term.argument;
  if (term.op === 'add') return { op: 'add', terms: term.terms.map(negated) };
  return { op: 'negate', argument: term };
}

/** Factors in one product, signs in front of it, repeated ones as powers. */
export function productOf(parts: readonly Expression[]): Expression {
  let negative = false;
  const counts = new Map<string, { base: Expression; count: number }>();
  const add = (factor: Expression, times: number): void => {
    if (factor.op === 'negate') {
      negative = negative !== (times % 2 === 1);
      add(factor.argument, times);
    } else if (factor.op === 'multiply') for (const part of factor.factors) add(part, times);
    else if (factor.op === 'power' && factor.exponent.op === 'number' && Number.isInteger(factor.exponent.value)) {
      add(factor.base, times * factor.exponent.value);
    } else if (!(factor.op === 'number' && factor.value === 1)) {
      const name = JSON.stringify(factor);
      counts.set(name, { base: factor, count: (counts.get(name)?.count ?? 0) + times });
    }
  };
  for (const part of parts) add(part, 1);
  const factors = [...counts.values()].map(
    ({ base, count }): Expression =>
      count === 1 ? base : { op: 'power', base, exponent: { op: 'number', value: count } },
  );
  // The number first, as one writes it.
  factors.sort((a, b) => Number(b.op === 'number') - Number(a.op === 'number'));
  const product: Expression =
    factors.length === 0 ? { op: 'number', value: 1 } : factors.length === 1 ? factors[0] : { op: 'multiply', factors };
  return negative ? { op: 'negate', argument: product } : product;
}
