import { type FixedPoint, requireBits } from './fixed-point.js';

/** The most bits that were asked for, and π with them: a thousand bits take a millisecond, and are asked for again and again. */
const known = { bits: 0, mantissa: 3n };

/**
 * π to so many bits: |mantissa/2^bits − π| < 2^(1 − bits).
 *
 *     π = 16·arctan(1/5) − 4·arctan(1/239)   (Machin 1706)
 *
 * Throws a RangeError for bits that are no integer ≥ 0. Cost: O(bits) divisions of numbers of so many bits; the longest result is kept.
 */
export function piFixed(bits: number): FixedPoint {
  requireBits('piFixed', bits);
  if (bits > known.bits) {
    // Each of some bits/2 terms of both series is off by less than a unit; 32 bits more hold 16 + 4 times as many.
    const one = 1n << BigInt(bits + 32);
    known.mantissa = (16n * arctanOfInverse(5n, one) - 4n * arctanOfInverse(239n, one)) >> 32n;
    known.bits = bits;
  }
  return { mantissa: known.mantissa >> BigInt(known.bits - bits), bits };
}

/** arctan(1/n) in units of 1/one: Σ (−1)^k/((2k + 1)·n^(2k + 1)). */
function arctanOfInverse(n: bigint, one: bigint): bigint {
  const square = n * n;
  let power = one / n;
  let sum = 0n;
  for (let k = 0n; power > 0n; k++, power /= square) {
    const term = power / (2n * k + 1n);
    sum += k % 2n === 0n ? term : -term;
  }
  return sum;
}
