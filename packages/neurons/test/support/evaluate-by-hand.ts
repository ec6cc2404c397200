import * as m from '@neuronseek/tensor/math';
import type { Expression, FunctionName } from '../../src/expressions/expression.js';

const functions: Readonly<Record<FunctionName, (a: number) => number>> = {
  sin: m.sin,
  cos: m.cos,
  tan: m.tan,
  asin: m.asin,
  acos: m.acos,
  atan: m.atan,
  sinh: m.sinh,
  cosh: m.cosh,
  tanh: m.tanh,
  exp: m.exp,
  log: m.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sigmoid: m.sigmoid,
};

/** The value of a formula at one point, node by node: the definition. */
export function evaluateByHand(e: Expression, x: ArrayLike<number>, element = Number.NaN): number {
  const value = (part: Expression): number => evaluateByHand(part, x, element);
  switch (e.op) {
    case 'number':
      return e.value;
    case 'feature':
      return x[e.index];
    case 'vector':
      return element;
    case 'total': {
      let sum = 0;
      for (let d = 0; d < x.length; d++) sum += evaluateByHand(e.argument, x, x[d]);
      return sum;
    }
    case 'add':
      return e.terms.map(value).reduce((a, b) => a + b);
    case 'multiply':
      return e.factors.map(value).reduce((a, b) => a * b);
    case 'negate':
      return -value(e.argument);
    case 'divide':
      return value(e.numerator) / value(e.denominator);
    case 'power':
      return powerByHand(value(e.base), value(e.exponent));
    case 'call':
      return functions[e.name](value(e.argument));
  }
}

/** Small integers are multiplied out, as `evaluate` says. */
function powerByHand(a: number, exponent: number): number {
  if (exponent === -1) return 1 / a;
  if (exponent === 3) return a * a * a;
  if (exponent === 4) return a * a * (a * a);
  return m.pow(a, exponent);
}
