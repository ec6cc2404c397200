import { add, multiply, type Rational, zero } from './rational.js';

/** Σ_k coefficients[k]·x^k, exactly. */
export function horner(coefficients: readonly Rational[], x: Rational): Rational {
  let sum = zero;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = add(multiply(sum, x), coefficients[k]);
  return sum;
}
