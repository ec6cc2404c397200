import { acos } from '@neuronseek/tensor/math';
import { cosineFixed } from '../../exact/cosine.js';
import type { FixedPoint } from '../../exact/fixed-point.js';
import { nextUp } from '../../exact/next-double.js';
import { piFixed } from '../../exact/pi.js';
import { frequency } from './frequency-basis.js';
import { checkTargets, checkTolerance, moreBits } from './kronecker-fit.js';
import { nearestMultiple } from './nearest-multiple.js';

/** Options of {@link compositionNumber}. */
export interface CompositionNumberOptions {
  /** The largest |T_n(c_k) − v_k| allowed. Default: 1/64. */
  readonly tolerance?: number;
}

/** Defaults of {@link compositionNumber}. */
export const compositionNumberDefaults: Required<CompositionNumberOptions> = { tolerance: 1 / 64 };

/** A number of compositions that holds K values. */
export interface CompositionNumber {
  readonly n: bigint;
  /** T_n(c_k), each within 2^−50. */
  readonly values: readonly number[];
  /** No less than the largest |T_n(c_k) − v_k|. */
  readonly error: number;
  /** Binary digits of n. */
  readonly bits: number;
}

/**
 * One integer n with |T_n(c_k) − v_k| ≤ tolerance, c_k = cos(π/(π + k)), k = 1 … K, for any v_k in [−1, 1]: no real number depends on the values, the
 * number of compositions alone does.
 *
 *     T_n(cos t) = cos(n·t) is the first component of n steps of (u, v) → (u·c − v·s, u·s + v·c), c = cos t, s = sin t, from (1, 0)
 *
 * Found like the code of `kroneckerFit`, with the angles arccos(v_k)/(2π) in place of y_k/2. Values are computed by doubling,
 * T_2m = 2·T_m² − 1, T_(2m+1) = 2·T_m·T_(m+1) − T_1, in fixed point: `chebyshevFixed`. n has some K·log₂(1/tolerance) bits, so the compositions can be counted and
 * not made one by one. Throws a RangeError for no targets or more than 40, targets outside [−1, 1], a tolerance that is not in
 * [2^−40, 1], and should 16 bits more than it asks for not reach it.
 */
export function compositionNumber(
  targets: readonly number[],
  { tolerance = compositionNumberDefaults.tolerance }: CompositionNumberOptions = {},
): CompositionNumber {
  const name = 'compositionNumber';
  checkTargets(name, targets, -1);
  checkTolerance(name, tolerance);
  // |cos| changes by 2π for a turn.
  const first = Math.ceil(-Math.log2(tolerance)) + 2;
  for (let bits = first; bits < first + moreBits; bits++) {
    const n = nearestMultiple(
      targets.map((v) => acos(v) / (2 * Math.PI)),
      bits,
    );
    const values = targets.map((_, k) => iterated(n, k + 1));
    const error = targets.reduce((most, v, k) => Math.max(most, nextUp(Math.abs(values[k] - v))), 0) + 2 ** -49;
    if (error <= tolerance) return { n, values, error, bits: n.toString(2).length };
  }
  throw new RangeError(`${name}: the tolerance ${tolerance} was not reached`);
}

/**
 * T_n(c) with the bits of c, |c| ≤ 1: the error is below n²·2^(4 − bits), since a step of the doubling multiplies that of T_m by 4·|T_m| at most, and there are
 * log₂ n of them. Throws a RangeError for n < 0. Cost: 2·log₂ n products.
 */
export function chebyshevFixed(n: bigint, { mantissa: c, bits }: FixedPoint): FixedPoint {
  if (n < 0n) throw new RangeError(`chebyshevFixed: n must not be negative: got ${n}`);
  const size = BigInt(bits);
  const one = 1n << size;
  // T_m and T_(m+1), m the digits of n so far.
  let [even, odd] = [one, c];
  for (const digit of n.toString(2)) {
    const between = ((2n * even * odd) >> size) - c;
    if (digit === '1') [even, odd] = [between, ((2n * odd * odd) >> size) - one];
    else [even, odd] = [((2n * even * even) >> size) - one, between];
  }
  return { mantissa: even, bits };
}

/** T_n(cos(π/(π + k))) to within 2^−51. */
function iterated(n: bigint, k: number): number {
  const bits = 2 * n.toString(2).length + 96;
  // π/(π + k) = 2π·(1/(2(π + k))).
  const angle = (2n * piFixed(bits + 8).mantissa * frequency(k, bits + 8)) >> BigInt(bits + 16);
  const value = chebyshevFixed(n, cosineFixed({ mantissa: angle, bits }));
  return Number(value.mantissa >> BigInt(bits - 60)) / 2 ** 60;
}
