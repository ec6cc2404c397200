import {
  acos as acosOf,
  asin as asinOf,
  atan as atanOf,
  cos as cosOf,
  exp as expOf,
  log as logOf,
  sigmoid as sigmoidOf,
  sin as sinOf,
  softplus as softplusOf,
  tanh as tanhOf,
  tan as tanOf,
} from '@neuronseek/tensor/math';
import { above, absolute, add, below, everything, type Interval, multiply, negate, subtract } from './interval.js';

// The functions of @neuronseek/tensor/math are off by at most 1.1 units in the last place, on every machine: two steps outward suffice.

export function exp([low, high]: Interval): Interval {
  return [Math.max(0, lower(expOf(low))), upper(expOf(high))];
}

/** The part of log a that is real. Throws a RangeError where there is none. */
export function log([low, high]: Interval): Interval {
  if (!(high > 0)) throw new RangeError(`log: the interval has no positive number: got [${low}, ${high}]`);
  return [low <= 0 ? Number.NEGATIVE_INFINITY : lower(logOf(low)), upper(logOf(high))];
}

export function tanh([low, high]: Interval): Interval {
  return [Math.max(-1, lower(tanhOf(low))), Math.min(1, upper(tanhOf(high)))];
}

/** 1/(1 + e^(−a)). */
export function sigmoid([low, high]: Interval): Interval {
  return [Math.max(0, lower(sigmoidOf(low))), Math.min(1, upper(sigmoidOf(high)))];
}

/** log(1 + e^a). */
export function softplus([low, high]: Interval): Interval {
  return [Math.max(0, lower(softplusOf(low))), upper(softplusOf(high))];
}

export function atan([low, high]: Interval): Interval {
  return [lower(atanOf(low)), upper(atanOf(high))];
}

/** The part of arcsin a that is real. Throws a RangeError where there is none. */
export function asin(a: Interval): Interval {
  const [low, high] = inUnit('asin', a);
  return [lower(asinOf(low)), upper(asinOf(high))];
}

/** The part of arccos a that is real. Throws a RangeError where there is none. */
export function acos(a: Interval): Interval {
  const [low, high] = inUnit('acos', a);
  return [Math.max(0, lower(acosOf(high))), upper(acosOf(low))];
}

/** (e^a − e^(−a))/2. */
export function sinh([low, high]: Interval): Interval {
  return [sinhAt(low)[0], sinhAt(high)[1]];
}

/** (e^a + e^(−a))/2, at least 1. */
export function cosh(a: Interval): Interval {
  const [low, high] = absolute(a);
  return [Math.max(1, coshAt(low)[0]), coshAt(high)[1]];
}

/** Everything where the interval may contain a pole. */
export function tan(a: Interval): Interval {
  if (!(Number.isFinite(a[0]) && Number.isFinite(a[1]))) return everything;
  const [first, last] = multiply(a, quartersPerRadian);
  if (Math.max(Math.abs(first), Math.abs(last)) > mostQuarters || !(last - first < 2)) return everything;
  for (let n = Math.ceil(first); n <= last; n++) if (n % 2 !== 0) return everything;
  return [lower(tanOf(a[0])), upper(tanOf(a[1]))];
}

function inUnit(name: string, [low, high]: Interval): Interval {
  if (low > 1 || high < -1) {
    throw new RangeError(`${name}: the interval has no number in [−1, 1]: got [${low}, ${high}]`);
  }
  return [Math.max(-1, low), Math.min(1, high)];
}

function sinhAt(x: number): Interval {
  return multiply([0.5, 0.5], subtract(exp([x, x]), exp([-x, -x])));
}

function coshAt(x: number): Interval {
  return multiply([0.5, 0.5], add(exp([x, x]), exp([-x, -x])));
}

/** sin a, with 1 and −1 where the interval may contain an angle at which they are taken. */
export function sin(a: Interval): Interval {
  return wave(a, sinOf, 1);
}

/** cos a, with 1 and −1 where the interval may contain an angle at which they are taken. */
export function cos(a: Interval): Interval {
  return wave(a, cosOf, 0);
}

/** A double on either side of 2/π. */
const quartersPerRadian: Interval = [below(0.6366197723675814), above(0.6366197723675814)];
/** Beyond so many quarters of a turn they are not told apart. */
const mostQuarters = 2 ** 40;

/** The wave is 1 at the quarters of a turn that are `top` modulo 4, and −1 two quarters later. Between them it is monotone. */
function wave(a: Interval, value: (x: number) => number, top: 0 | 1): Interval {
  if (!(Number.isFinite(a[0]) && Number.isFinite(a[1]))) return [-1, 1];
  const [first, last] = multiply(a, quartersPerRadian);
  const point = a[0] === a[1];
  if (!(last - first < 4) && !point) return [-1, 1];
  const at = [value(a[0]), value(a[1])];
  let low = lower(Math.min(at[0], at[1]));
  let high = upper(Math.max(at[0], at[1]));
  if (!point && Math.max(Math.abs(first), Math.abs(last)) > mostQuarters) return [-1, 1];
  for (let n = Math.ceil(first); n <= last && !point; n++) {
    const phase = (((n - top) % 4) + 4) % 4;
    if (phase === 0) high = 1;
    if (phase === 2) low = -1;
  }
  return [Math.max(-1, low), Math.min(1, high)];
}

/** a^b = e^(b·log a) for a ≥ 0; everything where a may be negative. */
export function realPower(a: Interval, b: Interval): Interval {
  if (a[0] < 0) return everything;
  if (a[1] === 0) return b[0] > 0 ? [0, 0] : everything;
  return exp(multiply(b, log(a)));
}

/** The derivative 1 − tanh² on a. */
export function tanhSlope(a: Interval): Interval {
  const t = tanh(a);
  const away = t[0] <= 0 && t[1] >= 0 ? 0 : Math.min(Math.abs(t[0]), Math.abs(t[1]));
  const far = Math.max(-t[0], t[1]);
  const [low] = add([1, 1], negate(multiply([far, far], [far, far])));
  const [, high] = add([1, 1], negate(multiply([away, away], [away, away])));
  return [Math.max(0, low), Math.min(1, high)];
}

function upper(x: number): number {
  return above(above(x));
}

function lower(x: number): number {
  return below(below(x));
}
