import { nextUp } from '../../exact/next-double.js';
import { add, multiply, type Rational, rational, subtract } from '../../exact/rational.js';
import { roundNearest, roundUp } from '../../exact/round.js';
import { toRational } from '../../exact/to-rational.js';
import type { Approximant } from '../../targets/approximant.js';
import { lipschitzModulus } from '../../targets/lipschitz-modulus.js';
import { requireUnitCube } from '../../targets/require-unit-cube.js';
import type { TargetFunction } from '../../targets/target-function.js';
import { requireCells } from '../require-cells.js';
import { type DigitCode, encodeDigits, readDigit, requireBitsPerValue } from './encode-digits.js';

/** A function on [0, 1] in five numbers: w, K, m, low and height. */
export interface DigitFunction extends Approximant<1> {
  readonly code: DigitCode;
  readonly cells: number;
  readonly bitsPerValue: number;
  readonly low: number;
  readonly height: number;
}

const mostCells = 2 ** 14;

/**
 * f in the digits of one number, read out piecewise linearly:
 *
 *     h(x) = low + height·((1 − t)·d_k + t·d_(k+1)),   k = ⌊K·x⌋, t = K·x − k,   d_k = q_k/(2^m − 1)
 *
 * with q_k the k-th digits of w (`encodeDigits`), d_k the nearest to (f(k/K) − low)/height. Theorem: sup |f − h| ≤ ω(1/(2K)) + height/(2·(2^m − 1)) for a
 * concave modulus: h(x) is a mean, with weights 1 − t and t, of node values that are each right to half a digit, and (1 − t)·ω(t/K) + t·ω((1 − t)/K) ≤
 * ω(2·t·(1 − t)/K) by Jensen.
 *
 * Throws a RangeError for a domain that is not [0, 1], cells that are no power of two up to 16,384, bitsPerValue that is no integer 1 … 32, and a modulus that is
 * not concave. Cost: K + 1 values of f, and O(K·m) bits.
 */
export function digitFunction(f: TargetFunction<1>, cells: number, bitsPerValue: number): DigitFunction {
  checkDigits('digitFunction', f, cells, bitsPerValue);
  const values = Array.from({ length: cells + 1 }, (_, k) => f.evaluate([k / cells]));
  const low = values.reduce((least, v) => Math.min(least, v));
  const height = nextUp(values.reduce((most, v) => Math.max(most, v)) - low);
  const code = encodeDigits(
    values.map((v) => Math.min(1, Math.max(0, (v - low) / height))),
    bitsPerValue,
  );
  return digitFunctionOf({ code, cells, bitsPerValue, low, height });
}

/** The function of the five numbers. */
export function digitFunctionOf(
  numbers: Pick<DigitFunction, 'code' | 'cells' | 'bitsPerValue' | 'low' | 'height'>,
): DigitFunction {
  const { code, cells, bitsPerValue, low, height } = numbers;
  const unit = rational(1n, (1n << BigInt(bitsPerValue)) - 1n);
  const [start, scale] = [toRational(low), multiply(toRational(height), unit)];
  const nodes = Array.from({ length: cells + 1 }, (_, k) =>
    add(start, multiply(scale, rational(BigInt(readDigit(code, bitsPerValue, k))))),
  );
  const rises = nodes.slice(1).map((node, k) => subtract(node, nodes[k]));
  const exact = ([x]: readonly Rational[]): Rational => {
    const scaled = multiply(x, rational(BigInt(cells)));
    const k = Math.min(cells - 1, Math.max(0, Number(scaled.numerator / scaled.denominator)));
    return add(nodes[k], multiply(subtract(scaled, rational(BigInt(k))), rises[k]));
  };
  const steepest = rises.reduce((most, { numerator, denominator }) => {
    return Math.max(most, roundUp(rational((numerator < 0n ? -numerator : numerator) * BigInt(cells), denominator)));
  }, 0);
  return {
    ...numbers,
    dimension: 1,
    evaluate: ([x]) => roundNearest(exact([toRational(x)])),
    evaluationError: nextUp(Math.max(Math.abs(low), Math.abs(low + height)) * 2 ** -52) + Number.MIN_VALUE,
    evaluateRational: exact,
    modulus: lipschitzModulus(steepest),
    breakpoints: Array.from({ length: cells - 1 }, (_, k) => (k + 1) / cells),
  };
}

/** What the theorem promises, see `digitFunction`; rounded up, with the roundings of float64 values of f. */
export function digitBound(f: TargetFunction<1>, { cells, bitsPerValue, low, height }: DigitFunction): number {
  checkDigits('digitBound', f, cells, bitsPerValue);
  const half = height / (2 * (2 ** bitsPerValue - 1));
  const rounding = Math.max(Math.abs(low), Math.abs(low + height)) * 2 ** -50 + f.evaluationError;
  return nextUp(nextUp(f.modulus.omega(0.5 / cells) + half) + nextUp(rounding));
}

function checkDigits(name: string, f: TargetFunction<1>, cells: number, bitsPerValue: number): void {
  requireUnitCube(name, f.domain, 1);
  requireCells(name, cells, mostCells);
  requireBitsPerValue(name, bitsPerValue);
  if (!f.modulus.concave) throw new RangeError(`${name}: the modulus must be concave`);
}
