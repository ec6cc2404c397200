/** An elementwise operation on plain numbers, and the bound of the difference in units in the last place (0: the same number). */
export interface ScalarOracle {
  readonly of: (x: number, y: number) => number;
  readonly ulps: number;
}

const exact = (of: ScalarOracle['of']): ScalarOracle => ({ of, ulps: 0 });
// Functions that may be computed by other means than Math's: both sides within 2 units of the true value.
const close = (of: ScalarOracle['of'], ulps = 4): ScalarOracle => ({ of, ulps });

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
  // Written so that nothing overflows and nothing cancels; a division and an addition more than exp.
  sigmoid: close((x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))), 8),
  softplus: close((x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))), 8),
};
