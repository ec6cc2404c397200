import type { Expression, FunctionName } from '../../src/index.js';

const functions: Readonly<Record<FunctionName, (a: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
};

/** The value of an expression by its definition, from the left to the right, with the functions of the engine. */
export function referenceValue(part: Expression, x: readonly number[], element: number = Number.NaN): number {
  const value = (inner: Expression): number => referenceValue(inner, x, element);
  switch (part.op) {
    case 'number':
      return part.value;
    case 'feature':
      return x[part.index];
    case 'vector':
      return element;
    case 'total':
      return x.reduce((sum, v) => sum + referenceValue(part.argument, x, v), 0);
    case 'add':
      return part.terms.map(value).reduce((a, b) => a + b);
    case 'multiply':
      return part.factors.map(value).reduce((a, b) => a * b);
    case 'negate':
      return -value(part.argument);
    case 'divide':
      return value(part.numerator) / value(part.denominator);
    case 'power':
      return value(part.base) ** value(part.exponent);
    case 'call':
      return functions[part.name](value(part.argument));
  }
}
