import { nextUp } from '../../exact/next-double.js';
import type { Rational } from '../../exact/rational.js';
import { frequency } from './frequency-basis.js';
import { nearestMultiple } from './nearest-multiple.js';
import { rationalRelation } from './rational-relation.js';

/** Options of {@link kroneckerFit}. */
export interface KroneckerFitOptions {
  /** a_1 … a_K. Rational ones are accepted by the type to be refused with the relation between them. Default: '1/(pi+k)'. */
  readonly frequencies?: '1/(pi+k)' | readonly Rational[];
  /** The largest |σ(w·a_k) − y_k| allowed, above 0. Default: 1/64. */
  readonly tolerance?: number;
}

/** Defaults of {@link kroneckerFit}. */
export const kroneckerFitDefaults: Required<KroneckerFitOptions> = { frequencies: '1/(pi+k)', tolerance: 1 / 64 };

/** One number that holds K. */
export interface KroneckerCode {
  readonly w: bigint;
  /** σ(w/(π + k)), each within 2^−50. */
  readonly values: readonly number[];
  /** No less than the largest |σ(w/(π + k)) − y_k|. */
  readonly error: number;
  /** Binary digits of w. */
  readonly bits: number;
}

/** Bits that are tried beyond those that the tolerance asks for. */
export const moreBits = 16;

/** Numbers at most; their basis takes some ten seconds to reduce. */
export const kroneckerMaxTargets = 40;

/**
 * One integer w with |σ(w/(π + k)) − y_k| ≤ tolerance for k = 1 … K, σ the triangle wave of `euaf`, for any y_k in [0, 1].
 *
 * That there is one is Kronecker's theorem: 1/(π + 1), …, 1/(π + K) and 1 are rationally independent since π is transcendental. It is found by lattice
 * reduction: σ(t) = y where t/2 = ±y/2 modulo 1, so the vector (y_k/2) is to be near the lattice of multiples w·(1/(2(π + k))) modulo 1, and Babai's nearest
 * plane in a reduced basis finds the multiple. The error is measured afterwards with another precision of π.
 *
 * Throws a RangeError for no targets or more than 40, targets outside [0, 1], a tolerance that is not in [2^−40, 1], should 16 bits more than it asks for not reach it, and for
 * rational frequencies, which are always dependent: the relation is named. Cost: the reduction, once for every K and tolerance (K = 16 and 1/64: some 0.1 s), then K² products of K·log₂(1/tolerance) bits.
 */
export function kroneckerFit(targets: readonly number[], options: KroneckerFitOptions = {}): KroneckerCode {
  const { frequencies = kroneckerFitDefaults.frequencies, tolerance = kroneckerFitDefaults.tolerance } = options;
  const name = 'kroneckerFit';
  if (frequencies !== '1/(pi+k)') throw new RangeError(`${name}: ${rationalRelation(frequencies)}`);
  checkTargets(name, targets, 0);
  checkTolerance(name, tolerance);
  const first = Math.ceil(-Math.log2(tolerance)) + 1;
  // Each bit more halves what rounding and the nearest plane leave, to within the quality of the basis.
  for (let bits = first; bits < first + moreBits; bits++) {
    const w = nearestMultiple(
      targets.map((y) => y / 2),
      bits,
    );
    const values = targets.map((_, k) => triangleValue(w, k + 1));
    const error = targets.reduce((most, y, k) => Math.max(most, nextUp(Math.abs(values[k] - y))), 0) + 2 ** -49;
    if (error <= tolerance) return { w, values, error, bits: w.toString(2).length };
  }
  throw new RangeError(`${name}: the tolerance ${tolerance} was not reached`);
}

/** σ(w/(π + k)) to within 2^−51: the distance of w·a to the next even number, a = 1/(π + k) to 80 bits more than w has. */
function triangleValue(w: bigint, k: number): number {
  const bits = w.toString(2).length + 80;
  const one = 1n << BigInt(bits);
  // w·a/2 modulo 1, whose distance to the next integer is σ/2.
  const turn = (w * frequency(k, bits)) & (one - 1n);
  const away = 2n * turn > one ? one - turn : turn;
  return Number(away >> BigInt(bits - 60)) / 2 ** 59;
}

export function checkTargets(name: string, targets: readonly number[], least: number): void {
  if (!(targets.length >= 1 && targets.length <= kroneckerMaxTargets)) {
    throw new RangeError(`${name}: there must be 1 … ${kroneckerMaxTargets} targets: got ${targets.length}`);
  }
  const wrong = targets.findIndex((y) => !(y >= least && y <= 1));
  if (wrong >= 0)
    throw new RangeError(`${name}: targets must be in [${least}, 1]: targets[${wrong}] is ${targets[wrong]}`);
}

export function checkTolerance(name: string, tolerance: number): void {
  if (!(tolerance >= 2 ** -40 && tolerance <= 1)) {
    throw new RangeError(`${name}: tolerance must be in [2^-40, 1]: got ${tolerance}`);
  }
}
