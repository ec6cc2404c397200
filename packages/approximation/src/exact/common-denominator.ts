import type { Rational } from './rational.js';

/** The same numbers over the least denominator that they share. */
export function commonDenominator(values: readonly Rational[]): {
  readonly numerators: bigint[];
  readonly denominator: bigint;
} {
  const denominator = values.reduce((common, value) => leastCommonMultiple(common, value.denominator), 1n);
  return { numerators: values.map((value) => value.numerator * (denominator / value.denominator)), denominator };
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (a % b === 0n) return a;
  if (b % a === 0n) return b;
  let [p, q] = [a, b];
  while (q !== 0n) [p, q] = [q, p % q];
  return (a / p) * b;
}
