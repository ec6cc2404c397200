import { add, multiply, type Rational, rational } from '../exact/rational.js';

/**
 * The inner function of Kolmogorov's superposition after Köppen, on the terminating numbers d/γ^k of k digits in base γ: ψ_k(d), exactly.
 *
 *     ψ_1(d) = d/γ,   ψ_k(d) = ψ_(k−1)(d − i_k) + i_k·γ^−β(k) for the last digit i_k < γ − 1,
 *                     else (ψ_k(d − γ^−k) + ψ_(k−1)(d + γ^−k))/2,   β(r) = (n^r − 1)/(n − 1)
 *
 * Strictly increasing on 0 … γ^k − 1. For its structure only: outer functions that are fit to it converge too slowly to be of use.
 * Throws a RangeError for n < 2, γ < 3 or k outside 1 … 6, and for d outside 0 … γ^k. Source: Braun and Griebel, Constructive
 * Approximation 30 (2009).
 */
export function koeppenInner(n: number, gamma: number, k: number): (d: bigint) => Rational {
  check('koeppenInner', n, gamma, k);
  const base = BigInt(gamma);
  const value = (d: bigint, digits: number): Rational => {
    if (digits === 1) return rational(d, base);
    if (d === base ** BigInt(digits)) return rational(1n);
    const last = d % base;
    if (last < base - 1n) {
      const unit = rational(last, base ** BigInt(exponentOf(n, digits)));
      return add(value((d - last) / base, digits - 1), unit);
    }
    const sum = add(value(d - 1n, digits), value((d + 1n) / base, digits - 1));
    return multiply(sum, rational(1n, 2n));
  };
  return (d) => {
    if (!(d >= 0n && d <= base ** BigInt(k))) {
      throw new RangeError(`koeppenInner: d must be in 0 … ${gamma}^${k}: got ${d}`);
    }
    return value(d, k);
  };
}

/** λ_p of the superposition, cut after `terms` summands: λ_1 = 1, λ_p = Σ_r γ^(−(p−1)·β(r)), exactly. */
export function koeppenWeights(n: number, gamma: number, terms: number): Rational[] {
  check('koeppenWeights', n, gamma, terms);
  return Array.from({ length: n }, (_, p) => {
    if (p === 0) return rational(1n);
    return Array.from({ length: terms }, (__, r) =>
      rational(1n, BigInt(gamma) ** BigInt(p * exponentOf(n, r + 1))),
    ).reduce(add);
  });
}

/**
 * Whether every point of the line is in a gap of at most one of the m + 1 shifted families of intervals, which the superposition rests on:
 * gaps of length γ^(−1)/(γ − 1), repeated with period 1/γ, shifted by q/(γ(γ − 1)). True exactly for γ ≥ m + 2: for γ = m + 1 the
 * gaps of the first and the last family are the same.
 */
export function gapsAreDisjoint(m: number, gamma: number): boolean {
  // In units of 1/(γ(γ − 1)): gaps [q, q + 1) of period γ − 1.
  const residues = Array.from({ length: m + 1 }, (_, q) => q % (gamma - 1));
  return new Set(residues).size === residues.length;
}

function exponentOf(n: number, r: number): number {
  return (n ** r - 1) / (n - 1);
}

function check(name: string, n: number, gamma: number, k: number): void {
  if (!(Number.isInteger(n) && n >= 2 && n <= 8))
    throw new RangeError(`${name}: n must be an integer in 2 … 8: got ${n}`);
  if (!(Number.isInteger(gamma) && gamma >= 3)) {
    throw new RangeError(`${name}: gamma must be an integer of at least 3: got ${gamma}`);
  }
  if (!(Number.isInteger(k) && k >= 1 && k <= 6))
    throw new RangeError(`${name}: k must be an integer in 1 … 6: got ${k}`);
}
