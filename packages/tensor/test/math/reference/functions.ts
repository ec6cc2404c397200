import {
  arcTangent,
  circle,
  divide,
  errorFunction,
  exponential,
  integerRoot,
  ln2,
  logarithm,
  multiply,
  squareRoot,
  toFixed,
} from './fixed.js';
import { bitLength, exactly, type Real, shifted } from './real.js';

/** The value of a function to 100 significant bits or more. */
export type Reference = (x: number, y: number) => Real;

/** Raises the precision until so many bits of the result count; a result of 0 at the highest precision is 0. */
function precise(compute: (p: number) => Real): Real {
  for (let p = 256; ; p *= 2) {
    const r = compute(p);
    if (bitLength(r.m) >= 128 || p >= 4096) return r;
  }
}

/** From a fixed-point computation on one argument. */
function fixed(f: (x: bigint, p: number) => bigint): Reference {
  return (x) => precise((p) => ({ m: f(toFixed(exactly(x), p), p), e: -p }));
}

const one = (p: number): bigint => 1n << BigInt(p);

/** exp(x) as fixed point. */
function exp(x: bigint, p: number): bigint {
  const { m, e } = exponential(x, p);
  return shifted(m, e + p);
}

function log(x: bigint, p: number): bigint {
  return logarithm({ m: x, e: -p }, p);
}

const logOf = (x: number, p: number): bigint => logarithm(exactly(x), p);

/** From e^|x| and its inverse, for odd functions with the sign of x. */
function hyperbolic(odd: boolean, of: (e: bigint, inverse: bigint, p: number) => bigint): Reference {
  return fixed((x, p) => {
    const e = exp(x < 0n ? -x : x, p);
    const y = of(e, divide(one(p), e, p), p);
    return odd && x < 0n ? -y : y;
  });
}

/** √(1 − x²) or √(x² ± 1). */
const leg = (x: bigint, sign: bigint, add: bigint, p: number): bigint => integerRoot(sign * x * x + add * one(2 * p));

function cubeRoot(n: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(bitLength(n) / 3) + 1);
  for (;;) {
    const next = (2n * x + n / (x * x)) / 3n;
    if (next >= x) return x;
    x = next;
  }
}

export const references: Readonly<Record<string, Reference>> = {
  exp: (x) => precise((p) => exponential(toFixed(exactly(x), p), p)),
  exp2: (x) => precise((p) => exponential(multiply(toFixed(exactly(x), p), ln2(p), p), p)),
  expm1: fixed((x, p) => exp(x, p) - one(p)),
  log: (x) => precise((p) => ({ m: logOf(x, p), e: -p })),
  log2: (x) => precise((p) => ({ m: divide(logOf(x, p), ln2(p), p), e: -p })),
  log10: (x) => precise((p) => ({ m: divide(logOf(x, p), logOf(10, p), p), e: -p })),
  log1p: fixed((x, p) => log(one(p) + x, p)),
  sin: (x) => precise((p) => ({ m: circle(exactly(x), p)[1], e: -p })),
  cos: (x) => precise((p) => ({ m: circle(exactly(x), p)[0], e: -p })),
  tan: (x) =>
    precise((p) => {
      const [cosine, sine] = circle(exactly(x), p);
      return { m: divide(sine, cosine, p), e: -p };
    }),
  asin: fixed((x, p) => arcTangent(x, leg(x, -1n, 1n, p), p)),
  acos: fixed((x, p) => arcTangent(leg(x, -1n, 1n, p), x, p)),
  atan: (x) => precise((p) => ({ m: arcTangent(toFixed(exactly(x), p), one(p), p), e: -p })),
  atan2: (y, x) =>
    precise((p) => {
      const scale = Math.max(0, -Math.min(exactly(x).e, exactly(y).e));
      return { m: arcTangent(toFixed(exactly(y), scale), toFixed(exactly(x), scale), p), e: -p };
    }),
  sinh: hyperbolic(true, (e, inverse) => (e - inverse) / 2n),
  cosh: hyperbolic(false, (e, inverse) => (e + inverse) / 2n),
  tanh: hyperbolic(true, (e, inverse, p) => divide(e - inverse, e + inverse, p)),
  asinh: fixed((x, p) => (x < 0n ? -log(-x + leg(x, 1n, 1n, p), p) : log(x + leg(x, 1n, 1n, p), p))),
  acosh: fixed((x, p) => log(x + leg(x, 1n, -1n, p), p)),
  atanh: fixed((x, p) => log(divide(one(p) + x, one(p) - x, p), p) / 2n),
  pow: (x, y) =>
    precise((p) => {
      const q = p + Math.max(0, bitLength(exactly(y).m) + exactly(y).e);
      const odd = Math.abs(y % 2) === 1;
      const { m, e } = exponential(multiply(toFixed(exactly(y), q), logOf(Math.abs(x), q), q), q);
      return { m: x < 0 && odd ? -m : m, e };
    }),
  cbrt: (x) => {
    const { m, e } = exactly(Math.abs(x));
    const shift = 600 + ((((e - 600) % 3) + 3) % 3);
    const root = cubeRoot(m << BigInt(shift));
    return { m: x < 0 ? -root : root, e: (e - shift) / 3 };
  },
  hypot: (x, y) => {
    const [a, b] = [exactly(x), exactly(y)];
    const low = Math.min(a.e, b.e) - 300;
    const [u, v] = [shifted(a.m, a.e - low), shifted(b.m, b.e - low)];
    return { m: integerRoot(u * u + v * v), e: low };
  },
  erf: fixed(errorFunction),
  erfc: fixed((x, p) => one(p) - errorFunction(x, p)),
  sigmoid: fixed((x, p) => {
    const e = exp(x, p);
    return divide(e, one(p) + e, p);
  }),
  softplus: fixed((x, p) => log(one(p) + exp(x, p), p)),
  gelu: fixed((x, p) => {
    const z = divide(x, squareRoot(2n * one(p), p), p);
    return multiply(x, one(p) + errorFunction(z, p), p) / 2n;
  }),
};
