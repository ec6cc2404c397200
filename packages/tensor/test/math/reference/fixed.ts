import { bitLength, type Real, shifted } from './real.js';

// Functions of fixed-point numbers x = X/2^p, with an absolute error of a few units of 2^(16−p) at most: textbook series on
// BigInt, slow and short. They share no formula and no constant with src/math.

const GUARD = 32;

export function toFixed({ m, e }: Real, p: number): bigint {
  return shifted(m, e + p);
}

export function divide(a: bigint, b: bigint, p: number): bigint {
  return (a << BigInt(p)) / b;
}

export function multiply(a: bigint, b: bigint, p: number): bigint {
  return (a * b) >> BigInt(p);
}

/** Largest integer whose square is not above n (Newton's iteration from above). */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((bitLength(n) >> 1) + 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

export function squareRoot(x: bigint, p: number): bigint {
  return integerRoot(x << BigInt(p));
}

/** atanh(1/n) or, with alternating signs, atan(1/n), for an integer n. */
function inverse(n: bigint, p: number, alternating: boolean): bigint {
  let power = (1n << BigInt(p)) / n;
  let sum = 0n;
  for (let k = 1n, sign = 1n; power !== 0n; k += 2n, power /= n * n) {
    sum += (sign * power) / k;
    if (alternating) sign = -sign;
  }
  return sum;
}

const constants = new Map<string, bigint>();
function constant(name: string, p: number, compute: (p: number) => bigint): bigint {
  const known = constants.get(`${name} ${p}`) ?? compute(p + GUARD) >> BigInt(GUARD);
  constants.set(`${name} ${p}`, known);
  return known;
}

/** ln 2 = 2·atanh(1/3). */
export function ln2(p: number): bigint {
  return constant('ln2', p, (q) => 2n * inverse(3n, q, false));
}

/** π = 16·atan(1/5) − 4·atan(1/239) (Machin). */
export function pi(p: number): bigint {
  return constant('pi', p, (q) => 16n * inverse(5n, q, true) - 4n * inverse(239n, q, true));
}

/** exp(x) as a real number: the Taylor series of x − k·ln 2, divided by 2⁸, and eight squarings. */
export function exponential(x: bigint, p: number): Real {
  const q = p + GUARD + Math.max(bitLength(x) - p, 0);
  const wide = x << BigInt(q - p);
  const unit = ln2(q);
  const k = wide / unit;
  const r = (wide - k * unit) >> 8n;
  const one = 1n << BigInt(q);
  let sum = one;
  let term = one;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = multiply(term, r, q) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = multiply(sum, sum, q);
  return { m: sum, e: Number(k) - q };
}

/** ln(x) for x > 0: k·ln 2 + 2·atanh((z − 1)/(z + 1)). */
export function logarithm({ m, e }: Real, p: number): bigint {
  if (m <= 0n) throw new RangeError('logarithm: the argument is not above 0');
  const q = p + GUARD;
  let k = bitLength(m);
  // z in [0.7, 1.4): half the numbers that start with a 1 go one power up.
  if (shifted(m, 8 - k) < 181n) k--;
  const z = shifted(m, q - k);
  const one = 1n << BigInt(q);
  const s = divide(z - one, z + one, q);
  const square = multiply(s, s, q);
  let power = s;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = multiply(power, square, q);
  }
  return (2n * sum + BigInt(k + e) * ln2(q)) >> BigInt(GUARD);
}

/** [cos x, sin x] by the Taylor series, after taking multiples of π/2 away. */
export function circle(x: Real, p: number): [bigint, bigint] {
  const q = p + GUARD + Math.max(bitLength(x.m) + x.e, 0);
  const wide = toFixed(x, q);
  const quarter = pi(q) >> 1n;
  const turns = wide / quarter;
  const r = shifted(wide - turns * quarter, p + GUARD - q);
  let [cosine, sine] = [0n, 0n];
  let term = 1n << BigInt(p + GUARD);
  for (let n = 0n; term !== 0n && term !== -1n; n++) {
    if (n % 2n === 0n) cosine += n % 4n === 0n ? term : -term;
    else sine += n % 4n === 1n ? term : -term;
    term = multiply(term, r, p + GUARD) / (n + 1n);
  }
  for (let n = ((turns % 4n) + 4n) % 4n; n > 0n; n--) [cosine, sine] = [-sine, cosine];
  return [cosine >> BigInt(GUARD), sine >> BigInt(GUARD)];
}

/** The angle of the point (x, y), y > 0 or x > 0: halved four times by atan t = 2·atan(t/(1 + √(1 + t²))), then the series. */
export function arcTangent(y: bigint, x: bigint, p: number): bigint {
  if (y < 0n) return -arcTangent(-y, x, p);
  if (x < 0n) return pi(p) - arcTangent(y, -x, p);
  if (y > x) return (pi(p) >> 1n) - arcTangent(x, y, p);
  const q = p + GUARD;
  const one = 1n << BigInt(q);
  let t = divide(y, x, q);
  for (let i = 0; i < 4; i++) t = divide(t, one + squareRoot(one + multiply(t, t, q), q), q);
  const square = multiply(t, t, q);
  let power = t;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += n % 4n === 1n ? power / n : -(power / n);
    power = multiply(power, square, q);
  }
  return (16n * sum) >> BigInt(GUARD);
}

/** erf x = 2/√π·e^(−x²)·Σ 2ⁿ·x^(2n+1)/(2n + 1)!!, a sum of numbers of one sign. */
export function errorFunction(x: bigint, p: number): bigint {
  const q = p + GUARD;
  const wide = x << BigInt(GUARD);
  const wideSquare = (wide * wide) >> BigInt(q);
  let term = wide;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = (2n * multiply(term, wideSquare, q)) / (2n * n + 1n);
  }
  const gauss = exponential(-wideSquare, q);
  const root = squareRoot(pi(q), q);
  return shifted((2n * sum * gauss.m) / root, gauss.e + q - GUARD);
}
