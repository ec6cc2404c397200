import { type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { horner } from '../exact/horner.js';
import { nextUp } from '../exact/next-double.js';
import { absolute, add, larger, multiply, power, type Rational, rational, zero } from '../exact/rational.js';
import { roundDown, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import { coordinate } from './coordinate.js';
import { intervalOf } from './interval-of.js';
import { lipschitzModulus } from './lipschitz-modulus.js';
import type { TargetFunction } from './target-function.js';

/** Options of {@link polynomialTarget}. */
export interface PolynomialTargetOptions {
  /** Default: [0, 1]. */
  readonly domain?: readonly [number, number];
}

/** Defaults of {@link polynomialTarget}. */
export const polynomialTargetDefaults: Required<PolynomialTargetOptions> = { domain: [0, 1] };

/** Values taken for the enclosure of the range. */
const samples = 64n;

/**
 * f(x) = Σ_k coefficients[k]·x^k on [a, b], with `evaluateRational` exact.
 *
 * With m = max(|a|, |b|): modulus L·h, L = Σ k·|c_k|·m^(k−1), an upper bound of |f′| that need not be sharp; the error of `evaluate`
 * (Horner) is at most 2n·u/(1 − 2n·u)·Σ |c_k|·m^k (Higham, Accuracy and Stability, 5.1). Throws a RangeError for no coefficients, ones
 * that are not finite, or bounds beyond float64.
 */
export function polynomialTarget(
  coefficients: readonly number[],
  { domain = polynomialTargetDefaults.domain }: PolynomialTargetOptions = {},
): TargetFunction<1> {
  const [a, b] = intervalOf('polynomialTarget', [domain]);
  if (coefficients.length === 0) throw new RangeError('polynomialTarget: needs at least one coefficient: got 0');
  coefficients.forEach((c, k) => {
    if (!Number.isFinite(c)) throw new RangeError(`polynomialTarget: coefficients[${k}] is not finite: got ${c}`);
  });
  const exact = coefficients.map(toRational);
  const [left, right] = [toRational(a), toRational(b)];
  const m = larger(absolute(left), absolute(right));
  const slope = sum(exact.slice(1).map((c, k) => multiply(rational(BigInt(k + 1)), bound(c, m, k))));
  const size = sum(exact.map((c, k) => bound(c, m, k)));
  const constant = roundUp(slope);
  const largest = roundUp(size);
  if (!Number.isFinite(constant) || !Number.isFinite(2 * largest)) {
    throw new RangeError('polynomialTarget: the bound of f or of its derivative is beyond the range of float64');
  }
  return {
    dimension: 1,
    domain: [[a, b]],
    range: enclosure(exact, left, right, slope),
    modulus: lipschitzModulus(constant),
    formula: neuronOf(coefficients),
    evaluationError: nextUp(nextUp(coefficients.length * 2 ** -51 * largest) + underflow(m, coefficients.length)),
    evaluate: (x) => {
      const t = coordinate(x, [a, b]);
      let value = 0;
      for (let k = coefficients.length - 1; k >= 0; k--) value = value * t + coefficients[k];
      return value;
    },
    evaluateRational: ([t]: readonly Rational[]) => horner(exact, t),
  };
}

/** The same polynomial as a neuron of one input: powers alone. */
function neuronOf([constant, ...rest]: readonly number[]): PolynomialNeuron {
  return polynomialNeuron({
    inputs: 1,
    features: ['x'],
    bias: tensor([constant]),
    power: rest.map((c, k) => ({ order: k + 1, weights: tensor([c], [1, 1]) })),
  });
}

function bound(c: Rational, m: Rational, k: number): Rational {
  return multiply(absolute(c), power(m, k));
}

function sum(terms: readonly Rational[]): Rational {
  return terms.reduce(add, zero);
}

/** What products that underflow can add: half of the smallest double in each step, grown by the factors that follow. */
function underflow(m: Rational, count: number): number {
  const base = larger(m, rational(1n));
  const growth = sum(Array.from({ length: count }, (_, k) => power(base, k)));
  return roundUp(multiply(growth, toRational(Number.MIN_VALUE)));
}

/** Values at equidistant points, widened by what the slope allows in half a step. */
function enclosure(c: readonly Rational[], a: Rational, b: Rational, slope: Rational): readonly [number, number] {
  const step = multiply(add(b, multiply(rational(-1n), a)), rational(1n, samples));
  const reach = multiply(multiply(slope, step), rational(1n, 2n));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0n; i <= samples; i++) {
    const value = horner(c, add(a, multiply(step, rational(i))));
    low = Math.min(low, roundDown(add(value, multiply(rational(-1n), reach))));
    high = Math.max(high, roundUp(add(value, reach)));
  }
  return [low, high];
}
