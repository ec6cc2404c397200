import { acos, asin, atan, cos, cosh, exp, log, pow, sigmoid, sin, sinh, tan, tanh } from '@neuronseek/tensor/math';
import type { FunctionName } from '../expression.js';
import { type Interval, widened } from './interval.js';

type IntervalFunction = (a: Interval) => Interval | undefined;

/** The range of each function over an interval; undefined where the interval may leave its domain. */
export const intervalFunctions: Readonly<Record<FunctionName, IntervalFunction>> = {
  sin: (a) => oscillating(sin, a),
  cos: (a) => oscillating(cos, a),
  tan: (a) => {
    // Cosines of one sign at both ends of less than half a period: no pole lies between.
    const [left, right] = [cos(a.low), cos(a.high)];
    return a.high - a.low < 1 && left * right > 0 ? increasing(tan, a) : undefined;
  },
  asin: (a) => (a.low >= -1 && a.high <= 1 ? increasing(asin, a) : undefined),
  acos: (a) => (a.low >= -1 && a.high <= 1 ? widened(acos(a.high), acos(a.low)) : undefined),
  atan: (a) => increasing(atan, a),
  sinh: (a) => increasing(sinh, a),
  cosh: (a) => {
    const { low, high } = sizes(a);
    return widened(cosh(low), cosh(high));
  },
  tanh: (a) => increasing(tanh, a),
  exp: (a) => increasing(exp, a),
  log: (a) => (a.low > 0 ? increasing(log, a) : undefined),
  sqrt: (a) => (a.low >= 0 ? increasing(Math.sqrt, a) : undefined),
  abs: sizes,
  sigmoid: (a) => increasing(sigmoid, a),
};

function increasing(f: (x: number) => number, { low, high }: Interval): Interval | undefined {
  return widened(f(low), f(high));
}

/** f moves by no more than its argument. */
function oscillating(f: (x: number) => number, { low, high }: Interval): Interval | undefined {
  const middle = low / 2 + high / 2;
  const reach = Math.max(high - middle, middle - low) * (1 + 2 ** -50);
  const value = f(middle);
  return widened(Math.max(-1, value - reach), Math.min(1, value + reach));
}

function sizes({ low, high }: Interval): Interval {
  const [a, b] = [Math.abs(low), Math.abs(high)];
  return { low: low <= 0 && high >= 0 ? 0 : Math.min(a, b), high: Math.max(a, b) };
}

/** a^b: for a positive base, or for a whole number in the exponent; otherwise undefined. */
export function powerInterval(a: Interval, b: Interval): Interval | undefined {
  if (a.low > 0) {
    const corners = [pow(a.low, b.low), pow(a.low, b.high), pow(a.high, b.low), pow(a.high, b.high)];
    return widened(Math.min(...corners), Math.max(...corners));
  }
  const exponent = b.low;
  if (exponent !== b.high || !Number.isInteger(exponent)) {
    // √0 and its like: a base that is 0 for certain.
    return a.low === 0 && b.low > 0 && b.low === b.high ? widened(0, pow(a.high, b.low)) : undefined;
  }
  if (exponent <= 0 && a.low <= 0 && a.high >= 0) return exponent === 0 ? { low: 1, high: 1 } : undefined;
  const base = exponent % 2 === 0 ? sizes(a) : a;
  const [left, right] = [pow(base.low, exponent), pow(base.high, exponent)];
  return widened(Math.min(left, right), Math.max(left, right));
}
