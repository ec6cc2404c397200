import { type FixedPoint, floorDivide } from './fixed-point.js';
import { piFixed } from './pi.js';

/** The argument of the series is below 2^−halvings. */
const halvings = 16;

/**
 * cos x to the bits of x: |result − cos x| ≤ 2^(1 − bits), for x of any size.
 *
 * x is reduced by multiples of 2π and halved 16 times, the series summed, and the halving undone by cos 2t = 2·cos²t − 1, whose errors grow fourfold each
 * time: hence 2·16 bits more, and 24 for the roundings. Cost: O(bits/log bits) products.
 */
export function cosineFixed({ mantissa, bits }: FixedPoint): FixedPoint {
  const size = (mantissa < 0n ? -mantissa : mantissa).toString(2).length;
  const extra = 2 * halvings + 24;
  const work = bits + extra;
  // 2π·n is known to 2^−work where π has as many bits more as n has.
  const turn = piFixed(work + Math.max(0, size - bits) + 2).mantissa * 2n;
  const shift = BigInt(Math.max(0, size - bits) + 2);
  const x = mantissa << BigInt(extra);
  const turns = floorDivide(2n * (x << shift) + turn, 2n * turn);
  const rest = ((x << shift) - turns * turn) >> shift;
  const one = 1n << BigInt(work);
  const t = rest >> BigInt(halvings);
  const square = (t * t) >> BigInt(work);
  let term = one;
  let cosine = one;
  for (let k = 1n; term !== 0n; k++) {
    term = -((term * square) >> BigInt(work)) / (2n * k * (2n * k - 1n));
    cosine += term;
  }
  for (let i = 0; i < halvings; i++) cosine = ((2n * cosine * cosine) >> BigInt(work)) - one;
  return { mantissa: cosine >> BigInt(extra), bits };
}
