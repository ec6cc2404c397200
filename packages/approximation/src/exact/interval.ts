/** A closed interval [low, high] of reals between doubles; an end may be infinite and is then not attained. */
export type Interval = readonly [low: number, high: number];

/** All reals: what is said of a value of which nothing is known. */
export const everything: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** 2^−52: |x| times this is at least one unit in the last place of x and less than two, whatever it is rounded to. */
const unit = 2 ** -52;

/** A double above every real that rounds to x: one or two units in the last place more, without a look at the bits. */
export function above(x: number): number {
  if (x === Number.NEGATIVE_INFINITY) return -Number.MAX_VALUE;
  return x === Number.POSITIVE_INFINITY ? x : x + (Math.abs(x) * unit + Number.MIN_VALUE);
}

/** A double below every real that rounds to x. */
export function below(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  return x === Number.NEGATIVE_INFINITY ? x : x - (Math.abs(x) * unit + Number.MIN_VALUE);
}

/** The interval from low to high. Throws a RangeError for NaN and where low > high. */
export function interval(low: number, high = low): Interval {
  if (!(low <= high)) throw new RangeError(`interval: low must not exceed high: got [${low}, ${high}]`);
  return [low, high];
}

export function add(a: Interval, b: Interval): Interval {
  return [sumBelow(a[0], b[0]), sumAbove(a[1], b[1])];
}

/** −a, exactly. */
export function negate([low, high]: Interval): Interval {
  return [0 - high, 0 - low];
}

export function subtract(a: Interval, b: Interval): Interval {
  return [sumBelow(a[0], -b[1]), sumAbove(a[1], -b[0])];
}

export function multiply(a: Interval, b: Interval): Interval {
  const p = product(a[0], b[0]);
  const q = product(a[0], b[1]);
  const r = product(a[1], b[0]);
  const s = product(a[1], b[1]);
  return [downTo(Math.min(p, q, r, s)), upTo(Math.max(p, q, r, s))];
}

/** a / b; everything where b contains 0. */
export function divide(a: Interval, b: Interval): Interval {
  if (b[0] <= 0 && b[1] >= 0) return everything;
  const p = quotient(a[0], b[0]);
  const q = quotient(a[0], b[1]);
  const r = quotient(a[1], b[0]);
  const s = quotient(a[1], b[1]);
  return [downTo(Math.min(p, q, r, s)), upTo(Math.max(p, q, r, s))];
}

/** |a|, exactly. */
export function absolute([low, high]: Interval): Interval {
  if (low >= 0) return [low, high];
  return high <= 0 ? [0 - high, 0 - low] : [0, Math.max(-low, high)];
}

/** max(a, 0), exactly. */
export function relu([low, high]: Interval): Interval {
  return [Math.max(low, 0), Math.max(high, 0)];
}

/** a^n for an integer n: an even power of an interval around 0 begins at 0; n < 0 is 1/a^(−n). Throws a RangeError for other n. */
export function power(a: Interval, n: number): Interval {
  if (!Number.isSafeInteger(n)) throw new RangeError(`power: the exponent must be an integer: got ${n}`);
  if (n === 0) return [1, 1];
  if (n < 0) return divide([1, 1], power(a, -n));
  const base = n % 2 === 0 ? absolute(a) : a;
  return [powerOf(base[0], n, -1), powerOf(base[1], n, 1)];
}

/** The part of √a that is real. Throws a RangeError where there is none. */
export function sqrt([low, high]: Interval): Interval {
  if (high < 0) throw new RangeError(`sqrt: the interval has no number that is not negative: got [${low}, ${high}]`);
  return [low <= 0 ? 0 : Math.max(0, below(Math.sqrt(low))), high === 0 ? 0 : upTo(Math.sqrt(high))];
}

/** Smallest interval around both. */
export function hull(a: Interval, b: Interval): Interval {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** What both have in common. Throws a RangeError for intervals that are disjoint. */
export function intersect(a: Interval, b: Interval): Interval {
  return interval(Math.max(a[0], b[0]), Math.min(a[1], b[1]));
}

/** Largest absolute value. */
export function magnitude([low, high]: Interval): number {
  return Math.max(-low, high);
}

/** A double in a finite interval, near its middle. */
export function middle([low, high]: Interval): number {
  return Math.min(high, Math.max(low, low / 2 + high / 2));
}

/** x^n for n ≥ 1 by repeated multiplication, each rounded to one side. Signs are kept: |x| grows, so a side away from 0 is away from 0 in every step. */
function powerOf(x: number, n: number, side: 1 | -1): number {
  const negative = x < 0 && n % 2 === 1;
  const up = negative ? side < 0 : side > 0;
  const size = Math.abs(x);
  if (size === 0 || size === 1) return negative ? -size : size;
  let result = 1;
  let square = size;
  for (let e = n; ; ) {
    if (e % 2 === 1) result = up ? upTo(result * square) : Math.max(0, downTo(result * square));
    e = Math.floor(e / 2);
    if (e === 0) break;
    square = up ? upTo(square * square) : Math.max(0, downTo(square * square));
  }
  return negative ? -result : result;
}

/** Exact zeros stay zeros: x − x of doubles, and sums with 0, are not rounded. */
function sumAbove(x: number, y: number): number {
  return x === 0 ? y : y === 0 ? x : x === -y ? 0 : upTo(x + y);
}

function sumBelow(x: number, y: number): number {
  return x === 0 ? y : y === 0 ? x : x === -y ? 0 : downTo(x + y);
}

function upTo(x: number): number {
  return Number.isNaN(x) ? Number.POSITIVE_INFINITY : above(x);
}

function downTo(x: number): number {
  return Number.isNaN(x) ? Number.NEGATIVE_INFINITY : below(x);
}

/** An infinite end is not attained, so 0 times it is 0. */
function product(x: number, y: number): number {
  return x === 0 || y === 0 ? 0 : x * y;
}

function quotient(x: number, y: number): number {
  return x === 0 ? 0 : x / y;
}
