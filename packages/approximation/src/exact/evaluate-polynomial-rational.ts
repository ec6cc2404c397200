import type { Polynomial } from '@neuronseek/neurons';
import { add, multiply, power, type Rational, zero } from './rational.js';
import { toRational } from './to-rational.js';

/** Σ coefficient·Π x_d^exponents[d] at a rational point, exactly. Throws a RangeError when x does not fit. */
export function evaluatePolynomialRational({ features, monomials }: Polynomial, x: readonly Rational[]): Rational {
  if (x.length !== features.length) {
    throw new RangeError(`evaluatePolynomialRational: x must have ${features.length} coordinates: got ${x.length}`);
  }
  return monomials.reduce(
    (sum, { coefficient, exponents }) =>
      add(
        sum,
        exponents.reduce((product, e, d) => multiply(product, power(x[d], e)), toRational(coefficient)),
      ),
    zero,
  );
}
