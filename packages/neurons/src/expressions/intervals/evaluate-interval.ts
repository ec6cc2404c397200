import type { Expression } from '../expression.js';
import { addIntervals, divideIntervals, type Interval, multiplyIntervals, negateInterval, point } from './interval.js';
import { intervalFunctions, powerInterval } from './interval-function.js';

/**
 * An interval in which the exact value of a formula at the point x lies for certain, its numbers and those of x taken as the rationals that they are;
 * undefined where the formula has no value there, or rounding hides whether it has.
 */
export function evaluateInterval(e: Expression, x: ArrayLike<number>, element?: number): Interval | undefined {
  const value = (part: Expression): Interval | undefined => evaluateInterval(part, x, element);
  switch (e.op) {
    case 'number':
      return point(e.value);
    case 'feature':
      return point(x[e.index]);
    case 'vector':
      return element === undefined ? undefined : point(element);
    case 'total': {
      let sum: Interval | undefined = point(0);
      for (let d = 0; d < x.length && sum; d++) {
        const term = evaluateInterval(e.argument, x, x[d]);
        sum = term && addIntervals(sum, term);
      }
      return sum;
    }
    case 'add':
      return combined(e.terms, addIntervals, value);
    case 'multiply':
      return combined(e.factors, multiplyIntervals, value);
    case 'negate': {
      const a = value(e.argument);
      return a && negateInterval(a);
    }
    case 'divide': {
      const a = value(e.numerator);
      const b = a && value(e.denominator);
      return a && b && divideIntervals(a, b);
    }
    case 'power': {
      const a = value(e.base);
      const b = a && value(e.exponent);
      return a && b && powerInterval(a, b);
    }
    case 'call': {
      const a = value(e.argument);
      return a && intervalFunctions[e.name](a);
    }
  }
}

function combined(
  parts: readonly Expression[],
  combine: (a: Interval, b: Interval) => Interval | undefined,
  value: (part: Expression) => Interval | undefined,
): Interval | undefined {
  let result: Interval | undefined;
  for (const [i, part] of parts.entries()) {
    const next = value(part);
    result = i === 0 ? next : result && next && combine(result, next);
    if (!result) return undefined;
  }
  return result;
}
