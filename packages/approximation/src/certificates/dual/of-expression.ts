import type { Expression, FunctionName } from '@neuronseek/neurons';
import {
  add,
  divide,
  everything,
  type Interval,
  multiply,
  negate,
  power,
  sqrt,
  subtract,
} from '../../exact/interval.js';
import * as of from '../../exact/interval-functions.js';
import {
  absoluteDual,
  addDuals,
  chain,
  constantDual,
  type Dual,
  multiplyDuals,
  negateDual,
  powerDual,
  reciprocalDual,
} from './dual.js';

const one: Interval = [1, 1];

/** Values and derivatives of every function that formulas may call; everything where a value may be undefined. */
const functions: Readonly<Record<FunctionName, (a: Interval) => readonly [Interval, Interval]>> = {
  sin: (a) => [of.sin(a), of.cos(a)],
  cos: (a) => [of.cos(a), negate(of.sin(a))],
  tan: (a) => {
    const value = of.tan(a);
    return [value, add(one, power(value, 2))];
  },
  asin: (a) => inside(a, of.asin, (root) => divide(one, root)),
  acos: (a) => inside(a, of.acos, (root) => negate(divide(one, root))),
  atan: (a) => [of.atan(a), divide(one, add(one, power(a, 2)))],
  sinh: (a) => [of.sinh(a), of.cosh(a)],
  cosh: (a) => [of.cosh(a), of.sinh(a)],
  tanh: (a) => [of.tanh(a), of.tanhSlope(a)],
  exp: (a) => [of.exp(a), of.exp(a)],
  log: (a) => (a[0] > 0 ? [of.log(a), divide(one, a)] : [everything, everything]),
  sqrt: (a) => {
    if (a[0] < 0) return [everything, everything];
    const value = sqrt(a);
    return [value, value[0] > 0 ? divide([0.5, 0.5], value) : everything];
  },
  abs: () => [everything, everything],
  sigmoid: (a) => [of.sigmoid(a), multiply([0.25, 0.25], of.tanhSlope(multiply([0.5, 0.5], a)))],
};

/** arcsin and arccos, whose slopes are ±1/√(1 − a²). */
function inside(
  a: Interval,
  value: (a: Interval) => Interval,
  slope: (root: Interval) => Interval,
): readonly [Interval, Interval] {
  if (a[0] < -1 || a[1] > 1) return [everything, everything];
  const square = subtract(one, power(a, 2));
  return [value(a), slope(sqrt([Math.max(0, square[0]), square[1]]))];
}

/** A formula on a box, with its gradient; `x` are its inputs, `at` the one that the vector symbol stands for. */
export function dualOfExpression(expression: Expression, x: readonly Dual[], at?: Dual): Dual {
  const own = (part: Expression): Dual => dualOfExpression(part, x, at);
  const dimension = x[0].length - 1;
  switch (expression.op) {
    case 'number':
      return constantDual(dimension, [expression.value, expression.value]);
    case 'feature':
      return x[expression.index];
    case 'vector':
      if (!at) throw new RangeError('certificateFault: a vector symbol stands outside of a total');
      return at;
    case 'total':
      return x.map((xd) => dualOfExpression(expression.argument, x, xd)).reduce(addDuals);
    case 'add':
      return expression.terms.map(own).reduce(addDuals);
    case 'multiply':
      return expression.factors.map(own).reduce(multiplyDuals);
    case 'negate':
      return negateDual(own(expression.argument));
    case 'divide':
      return multiplyDuals(own(expression.numerator), reciprocalDual(own(expression.denominator)));
    case 'power': {
      const [base, exponent] = [own(expression.base), own(expression.exponent)];
      const [n, top] = exponent[0];
      if (n === top && Number.isSafeInteger(n)) return n < 0 ? reciprocalDual(powerDual(base, -n)) : powerDual(base, n);
      return call(multiplyDuals(exponent, call(base, 'log')), 'exp');
    }
    case 'call':
      return call(own(expression.argument), expression.name);
  }
}

function call(x: Dual, name: FunctionName): Dual {
  if (name === 'abs') return absoluteDual(x);
  const [value, slope] = functions[name](x[0]);
  return chain(x, value, slope);
}
