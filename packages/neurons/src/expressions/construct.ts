import type { Expression, FunctionName } from './expression.js';

// Nodes as they are: nothing is simplified, nothing is checked; `expressionNeuron` checks whole formulas.

/** A finite number. */
export function number(value: number): Expression {
  return { op: 'number', value };
}

/** The input with this index, from 0. */
export function feature(index: number): Expression {
  return { op: 'feature', index };
}

/** The vector symbol x, inside {@link total} the element that it is at. */
export const vector: Expression = { op: 'vector' };

/** Σ_d of the argument with x_d for the vector symbol. */
export function total(argument: Expression): Expression {
  return { op: 'total', argument };
}

/** The sum of two or more terms. */
export function add(...terms: readonly Expression[]): Expression {
  return { op: 'add', terms };
}

/** a − b, as a + (−b). */
export function subtract(a: Expression, b: Expression): Expression {
  return { op: 'add', terms: [a, negate(b)] };
}

/** The product of two or more factors. */
export function multiply(...factors: readonly Expression[]): Expression {
  return { op: 'multiply', factors };
}

/** −a. */
export function negate(argument: Expression): Expression {
  return { op: 'negate', argument };
}

/** a/b. */
export function divide(numerator: Expression, denominator: Expression): Expression {
  return { op: 'divide', numerator, denominator };
}

/** base^exponent. */
export function power(base: Expression, exponent: Expression): Expression {
  return { op: 'power', base, exponent };
}

/** A function of one argument. */
export function call(name: FunctionName, argument: Expression): Expression {
  return { op: 'call', name, argument };
}
