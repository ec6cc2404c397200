import { references } from '../math/reference/functions.js';
import { bitLength, exactly } from '../math/reference/real.js';

/** An elementwise operation on plain numbers, and the bound of the difference in units in the last place (0: the same number). */
export interface ScalarOracle {
  readonly of: (x: number, y: number) => number;
  readonly ulps: number;
}

const exact = (of: ScalarOracle['of']): ScalarOracle => ({ of, ulps: 0 });
// Functions that may be computed by other means than Math's: both sides within 2 units of the true value.
const close = (of: ScalarOracle['of'], ulps = 4): ScalarOracle => ({ of, ulps });

/** The reference of ../math, with the values at 0, −∞ and ∞; far out, where it would take long, the value at that infinity. */
function byReference(name: string, x: number, [atZero, below, above]: readonly [number, number, number]): number {
  if (Number.isNaN(x)) return x;
  if (x === 0) return atZero;
  if (Math.abs(x) > 40) return x < 0 ? below : above === 0 || above === 1 ? above : x;
  const { m, e } = references[name](x, 0);
  // Two factors, so that no power of 2 on the way leaves the range.
  const spare = Math.max(bitLength(m) - 60, 0);
  return Number(m >> BigInt(spare)) * 2 ** (Math.ceil(e / 2) + spare) * 2 ** Math.floor(e / 2);
}

/** The floor of the exact quotient, by whole numbers where both operands are doubles of ordinary size. */
function floorQuotient(x: number, y: number): number {
  if (y === 0 || !Number.isFinite(x) || Number.isNaN(y))
    return Number.isFinite(x) || Number.isNaN(x) || y === 0 ? x / y : Number.NaN;
  if (!Number.isFinite(y)) return x !== 0 && x < 0 !== y < 0 ? -1 : 0;
  const [a, b] = [exactly(x), exactly(y)];
  const low = Math.min(a.e, b.e);
  const [p, q] = [a.m << BigInt(a.e - low), b.m << BigInt(b.e - low)];
  const whole = p / q;
  return Number(whole * q !== p && p < 0n !== q < 0n ? whole - 1n : whole);
}

/** What each elementwise operation must give, from the definitions of IEEE 754 and NumPy. */
export const scalarOracles: Readonly<Record<string, ScalarOracle>> = {
  add: exact((x, y) => x + y),
  sub: exact((x, y) => x - y),
  mul: exact((x, y) => x * y),
  div: exact((x, y) => x / y),
  neg: exact((x) => 0 - x),
  square: exact((x) => x * x),
  reciprocal: exact((x) => 1 / x),
  abs: exact((x) => (x < 0 ? -x : x)),
  sqrt: exact(Math.sqrt),
  floor: exact(Math.floor),
  ceil: exact(Math.ceil),
  sign: exact((x) => (x > 0 ? 1 : x < 0 ? -1 : x)),
  relu: exact((x) => Math.max(x, 0)),
  maximum: exact((x, y) => (Number.isNaN(x) ? x : Number.isNaN(y) || y > x ? y : x)),
  minimum: exact((x, y) => (Number.isNaN(x) ? x : Number.isNaN(y) || y < x ? y : x)),
  equal: exact((x, y) => Number(x === y)),
  notEqual: exact((x, y) => Number(x !== y)),
  less: exact((x, y) => Number(x < y)),
  lessEqual: exact((x, y) => Number(x <= y)),
  greater: exact((x, y) => Number(x > y)),
  greaterEqual: exact((x, y) => Number(x >= y)),
  // C99 and NumPy: 1 to any power is 1, even to NaN; ECMAScript says NaN.
  power: close((x, y) => (x === 1 ? 1 : x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY ? 1 : x ** y)),
  exp: close(Math.exp),
  expm1: close(Math.expm1),
  log: close(Math.log),
  log1p: close(Math.log1p),
  sin: close(Math.sin),
  cos: close(Math.cos),
  tanh: close(Math.tanh),
  exp2: close((x) => 2 ** x),
  log2: close(Math.log2),
  log10: close(Math.log10),
  tan: close(Math.tan),
  asin: close(Math.asin),
  acos: close(Math.acos),
  atan: close(Math.atan),
  atan2: close(Math.atan2),
  sinh: close(Math.sinh),
  cosh: close(Math.cosh),
  asinh: close(Math.asinh),
  acosh: close(Math.acosh),
  atanh: close(Math.atanh),
  cbrt: close(Math.cbrt),
  hypot: close(Math.hypot),
  erf: close((x) => byReference('erf', x, [0, -1, 1])),
  erfc: close((x) => byReference('erfc', x, [1, 2, 0])),
  gelu: close((x) => byReference('gelu', x, [0, 0, Number.POSITIVE_INFINITY])),
  silu: close(
    (x) =>
      x === Number.NEGATIVE_INFINITY ? 0 : x < 0 ? (x * Math.exp(x)) / (1 + Math.exp(x)) : x / (1 + Math.exp(-x)),
    8,
  ),
  trunc: exact((x) => (x < 0 ? Math.ceil(x) : Math.floor(x))),
  round: exact((x) => {
    const low = Math.floor(x);
    const up = x - low > 0.5 || (x - low === 0.5 && low % 2 !== 0);
    return up ? low + 1 : low;
  }),
  mod: exact((x, y) => (x % y !== 0 && x % y < 0 !== y < 0 ? (x % y) + y : x % y)),
  fmod: exact((x, y) => x % y),
  // A whole number: rounded, and so possibly off, from 2⁵³ on only.
  floorDivide: close(floorQuotient, 2),
  logicalAnd: exact((x, y) => Number(x !== 0 && y !== 0)),
  logicalOr: exact((x, y) => Number(x !== 0 || y !== 0)),
  logicalXor: exact((x, y) => Number((x !== 0) !== (y !== 0))),
  logicalNot: exact((x) => Number(x === 0)),
  isNaN: exact((x) => Number(Number.isNaN(x))),
  isFinite: exact((x) => Number(Number.isFinite(x))),
  isInf: exact((x) => Number(x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY)),
  // Written so that nothing overflows and nothing cancels; a division and an addition more than exp.
  sigmoid: close((x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))), 8),
  softplus: close((x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))), 8),
};
