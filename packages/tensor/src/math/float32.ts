import { exp } from './exp.js';
import { sigmoid } from './sigmoid.js';
import { POWERS } from './tables.js';

const round = Math.fround;

/** Added and subtracted again in float32, it rounds a number below 2²² to the nearest integer. */
export const ROUND_32 = 12582912;

// ln 2 in two parts, of which the first has 16 bits, so that its product with any exponent is exact.
export const LN2_HIGH_32 = 0.693145751953125;
export const LN2_LOW_32 = 1.428606765330187e-6;

/** 1/ln 2 and 2/ln 2. */
export const LOG2_E_32 = 1.4426950216293335;
export const LOG2_E_SQUARED_32 = 2.885390043258667;

/**
 * eˣ of a float32 number, in float32 operations: vectors of four give the same bits. Error below 1 unit in the last place of float32.
 *
 * x = n·ln 2 + r, eˣ = 2ⁿ·eʳ with a polynomial of our own.
 */
export function exp32(x: number): number {
  if (!(Math.abs(x) < 87)) return round(exp(x));
  const n = power32(x);
  return round(1 + rest32(x, n)) * POWERS[n + 1074];
}

/** n. */
function power32(x: number): number {
  return round(round(round(x * LOG2_E_32) + ROUND_32) - ROUND_32) | 0;
}

/** eʳ − 1. */
function rest32(x: number, n: number): number {
  const r = round(round(x - round(n * LN2_HIGH_32)) - round(n * LN2_LOW_32));
  const s = round(r * r);
  const low = round(0.16666515171527863 + round(r * 0.04166845604777336));
  const high = round(0.008369418792426586 + round(r * 0.0013813144760206342));
  const q = round(0.4999999403953552 + round(r * round(low + round(s * high))));
  return round(r + round(s * q));
}

/**
 * Hyperbolic tangent of a float32 number, in float32 operations: vectors of four give the same bits. Error below 1.9 units in the last place of
 * float32. A polynomial of our own up to 0.55, then 1 − 2/(e²ˣ + 1).
 */
export function tanh32(x: number): number {
  // Where the result is 1, the formula gives it, for 9.1 as for more.
  const a = Math.min(Math.abs(x), 9.100000381469727);
  let y: number;
  if (a < 0.550000011920929) {
    const z = round(a * a);
    let p = round(-0.05268097668886185 + round(z * 0.01645202748477459));
    p = round(0.13320907950401306 + round(z * p));
    p = round(-0.33332958817481995 + round(z * p));
    y = round(a + round(round(a * z) * p));
  } else {
    const t = round(a * LOG2_E_SQUARED_32);
    const n = round(round(t + ROUND_32) - ROUND_32);
    const r = round(t - n);
    const s = round(r * r);
    let p = round(0.0013400169555097818 + round(r * 0.0001535231713205576));
    p = round(0.009618449956178665 + round(r * p));
    p = round(round(0.24022647738456726 + round(r * 0.05550329387187958)) + round(s * p));
    p = round(round(1 + round(r * 0.6931471824645996)) + round(s * p));
    y = round(1 - round(2 / round(p * POWERS[(n | 0) + 1074] + 1)));
  }
  return x < 0 || Object.is(x, -0) ? -y : y;
}

/**
 * 1/(1 + e⁻ˣ) of a float32 number, in float32 operations: vectors of four give the same bits. Error below 2 units in the last place of float32.
 */
export function sigmoid32(x: number): number {
  if (!(Math.abs(x) < 87)) return round(sigmoid(x));
  const n = power32(-x);
  const power = POWERS[n + 1074];
  const t = rest32(-x, n);
  const h = round(1 + t);
  const e = h * power;
  const d = round(1 + e);
  const q = round(1 / d);
  // What the roundings of d and e have lost.
  const lost = round(round(e - round(d - 1)) + round(round(1 - h) + t) * power);
  return round(q - round(q * round(q * lost)));
}
