import type { Rational } from './rational.js';

/** coefficient · Π_d x_d^exponents[d]. */
export interface ExactMonomial {
  readonly coefficient: Rational;
  /** One for each input, 0 where it does not occur. */
  readonly exponents: readonly number[];
}

/** A polynomial with rational coefficients; monomials as in `Polynomial`: distinct, not 0, in graded lexicographic sequence. */
export interface ExactPolynomial {
  /** Names of the inputs. */
  readonly features: readonly string[];
  readonly monomials: readonly ExactMonomial[];
}
