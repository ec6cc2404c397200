import { nextUp } from '../exact/next-double.js';
import { add, multiply, type Rational, rational, subtract } from '../exact/rational.js';
import { roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { Approximant } from '../targets/approximant.js';
import { coordinate } from '../targets/coordinate.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import { requireUnitCube } from '../targets/require-unit-cube.js';
import type { TargetFunction } from '../targets/target-function.js';

/** The largest degree of {@link bernsteinPolynomial}. */
export const bernsteinMaxDegree = 1024;

/** A polynomial by its coefficients in the Bernstein basis of [0, 1]. */
export interface BernsteinPolynomial extends Approximant<1> {
  /** b_0 … b_n: B(x) = Σ_k b_k·C(n, k)·x^k·(1 − x)^(n − k). */
  readonly coefficients: readonly number[];
}

/**
 * Bernstein's polynomial of f on [0, 1]: B_n f(x) = Σ_k f(k/n)·C(n, k)·x^k·(1 − x)^(n − k), with values of f in float64.
 *
 * Theorem: sup |f − B_n f| ≤ ω(1/(2·√n)) for a concave modulus. B_n f(x) is the mean of f(k/n) over the binomial distribution of k, whose k/n is off x by
 * √(x·(1 − x)/n) ≤ 1/(2·√n) in the mean, and Jensen's inequality does the rest; for L-Lipschitz f that is L/(2·√n). `bernsteinBound` adds roundings.
 * Affine functions stay what they are, values stay in the hull of those of f, convex functions come out no lower.
 *
 * Throws a RangeError for a domain that is not [0, 1] and a degree that is no integer 1 … 1024. Cost: n + 1 values of f; n²/2 float64 operations a value.
 */
export function bernsteinPolynomial(f: TargetFunction<1>, n: number): BernsteinPolynomial {
  checkDegree('bernsteinPolynomial', f, n);
  return bernsteinOf(Array.from({ length: n + 1 }, (_, k) => f.evaluate([k / n])));
}

/** The polynomial with these coefficients. */
export function bernsteinOf(coefficients: readonly number[]): BernsteinPolynomial {
  const n = coefficients.length - 1;
  const exact = coefficients.map(toRational);
  const size = coefficients.reduce((most, b) => Math.max(most, Math.abs(b)), 0);
  // The derivative is a mean of n·(b_(k+1) − b_k).
  const steepest = exact.slice(1).reduce((most, b, k) => {
    const { numerator, denominator } = subtract(b, exact[k]);
    return Math.max(most, roundUp(rational((numerator < 0n ? -numerator : numerator) * BigInt(n), denominator)));
  }, 0);
  return {
    coefficients,
    dimension: 1,
    // De Casteljau: n means of two, each rounded three times.
    evaluationError: nextUp(size * n * 2 ** -50) + n * Number.MIN_VALUE,
    evaluate: (x) => {
      const t = coordinate(x, [0, 1]);
      const b = Float64Array.from(coefficients);
      for (let left = n; left > 0; left--) {
        for (let k = 0; k < left; k++) b[k] = (1 - t) * b[k] + t * b[k + 1];
      }
      return b[0];
    },
    evaluateRational: ([x]: readonly Rational[]) => {
      let sum = rational(0n);
      const rest = subtract(rational(1n), x);
      // Horner's scheme in x/(1 − x) would divide by 0 at 1: powers of both, one up and one down.
      let binomial = 1n;
      const powers = [rational(1n)];
      for (let k = 1; k <= n; k++) powers.push(multiply(powers[k - 1], rest));
      let power = rational(1n);
      for (let k = 0; k <= n; k++) {
        sum = add(sum, multiply(exact[k], multiply(rational(binomial), multiply(power, powers[n - k]))));
        binomial = (binomial * BigInt(n - k)) / BigInt(k + 1);
        power = multiply(power, x);
      }
      return sum;
    },
    modulus: lipschitzModulus(steepest),
  };
}

/** What the theorem promises, see `bernsteinPolynomial`; rounded up, with the roundings of nodes and of values of f. Throws a RangeError as that does, and for a modulus that is not concave. */
export function bernsteinBound(f: TargetFunction<1>, n: number): number {
  checkDegree('bernsteinBound', f, n);
  if (!f.modulus.concave) throw new RangeError('bernsteinBound: the modulus must be concave');
  const mean = nextUp(0.5 / Math.sqrt(n)) * (1 + 2 ** -52) + 2 ** -53;
  return nextUp(f.modulus.omega(mean) + f.evaluationError);
}

function checkDegree(name: string, f: TargetFunction<1>, n: number): void {
  requireUnitCube(name, f.domain, 1);
  if (!(Number.isInteger(n) && n >= 1 && n <= bernsteinMaxDegree)) {
    throw new RangeError(`${name}: the degree must be an integer 1 … ${bernsteinMaxDegree}: got ${n}`);
  }
}
