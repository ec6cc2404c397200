import { nextDown, nextUp } from './next-double.js';
import { absolute, compare, negate, type Rational, subtract } from './rational.js';
import { toRational } from './to-rational.js';

const word = new Float64Array(1);
const bits = new BigUint64Array(word.buffer);

/** The largest double not above r; -Infinity below all finite ones. */
export function roundDown(r: Rational): number {
  let x = approximate(r);
  // The guess is within two units in the last place: each loop runs a few times at most.
  while (x !== Number.NEGATIVE_INFINITY && compare(toRational(x), r) > 0) x = nextDown(x);
  for (;;) {
    const next = nextUp(x);
    if (next === Number.POSITIVE_INFINITY || compare(toRational(next), r) > 0) return x;
    x = next;
  }
}

/** The smallest double not below r; Infinity above all finite ones. */
export function roundUp(r: Rational): number {
  const x = -roundDown(negate(r));
  return x === 0 ? 0 : x;
}

/** The double next to r, of two equally near the one that IEEE 754 prefers (even), so that rounding −r gives the negative. */
export function roundNearest(r: Rational): number {
  const below = roundDown(r);
  const above = roundUp(r);
  if (below === above || above === Number.POSITIVE_INFINITY) return below;
  if (below === Number.NEGATIVE_INFINITY) return above;
  const gapBelow = absolute(subtract(r, toRational(below)));
  const gapAbove = absolute(subtract(toRational(above), r));
  const nearer = compare(gapAbove, gapBelow);
  return nearer < 0 || (nearer === 0 && isEven(above)) ? above : below;
}

function isEven(x: number): boolean {
  word[0] = x;
  return (bits[0] & 1n) === 0n;
}

/** A finite double near r: the leading 64 bits or so of the quotient. */
function approximate({ numerator, denominator }: Rational): number {
  if (numerator === 0n) return 0;
  const magnitude = numerator < 0n ? -numerator : numerator;
  const shift = 64 + bitLength(denominator) - bitLength(magnitude);
  const quotient =
    shift >= 0 ? (magnitude << BigInt(shift)) / denominator : magnitude / (denominator << BigInt(-shift));
  // In two steps, because 2^-shift alone may be out of range where the product is not.
  const half = Math.trunc(-shift / 2);
  const scaled = Number(quotient) * 2 ** half * 2 ** (-shift - half);
  const finite = Math.min(scaled, Number.MAX_VALUE);
  return numerator < 0n ? -finite : finite;
}

/** Bits of n > 0, rounded up to a multiple of 4. */
function bitLength(n: bigint): number {
  return 4 * n.toString(16).length;
}
