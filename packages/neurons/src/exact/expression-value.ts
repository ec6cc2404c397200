import type { Expression } from '../expressions/expression.js';
import { integerPower } from './integer-power.js';
import { type Numbers, rationalNumbers } from './numbers.js';

/** Bits that a number raised to a power may have. */
const mostBits = 1 << 22;

/**
 * The value of a polynomial formula (see `polynomialFault`) at x, in any arithmetic: a number where x are numbers, a polynomial where they are
 * polynomials. Undefined where a divisor has no inverse in it.
 */
export function expressionValue<T>(
  numbers: Numbers<T>,
  expression: Expression,
  x: readonly T[],
  element?: T,
): T | undefined {
  const value = (part: Expression, at = element): T | undefined => expressionValue(numbers, part, x, at);
  const all = (parts: readonly Expression[], combine: (a: T, b: T) => T): T | undefined => {
    let result: T | undefined;
    for (const part of parts) {
      const next = value(part);
      if (next === undefined) return undefined;
      result = result === undefined ? next : combine(result, next);
    }
    return result;
  };
  switch (expression.op) {
    case 'number':
      return numbers.from(expression.value);
    case 'feature':
      return x[expression.index];
    case 'vector':
      return element;
    case 'total': {
      let sum = numbers.from(0);
      for (const at of x) {
        const term = value(expression.argument, at);
        if (term === undefined) return undefined;
        sum = numbers.add(sum, term);
      }
      return sum;
    }
    case 'add':
      return all(expression.terms, numbers.add);
    case 'multiply':
      return all(expression.factors, numbers.multiply);
    case 'negate': {
      const argument = value(expression.argument);
      return argument === undefined ? undefined : numbers.negate(argument);
    }
    case 'divide': {
      const numerator = value(expression.numerator);
      const denominator = value(expression.denominator);
      return numerator === undefined || denominator === undefined ? undefined : numbers.divide(numerator, denominator);
    }
    case 'power': {
      const base = value(expression.base);
      const exponent = exponentOf(expression.exponent);
      if (base === undefined || exponent === undefined) return undefined;
      const bits = numbers.bits?.(base) ?? 0;
      if (bits * Math.abs(exponent) > mostBits) {
        throw new RangeError(`expand: a number of ${bits} bits to the power ${exponent} is too long to write out`);
      }
      const result = integerPower(numbers, base, Math.abs(exponent));
      return exponent < 0 ? numbers.divide(numbers.from(1), result) : result;
    }
    case 'call':
      return undefined;
  }
}

/** An exponent is a number of its own, whatever arithmetic the base is in. */
function exponentOf(expression: Expression): number | undefined {
  const value = expressionValue(rationalNumbers, expression, []);
  return value === undefined || value.denominator !== 1n ? undefined : Number(value.numerator);
}
