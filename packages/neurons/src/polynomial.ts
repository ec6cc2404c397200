/** coefficient · Π_d x_d^exponents[d]. */
export interface Monomial {
  readonly coefficient: number;
  /** One for each input, 0 where it does not occur. */
  readonly exponents: readonly number[];
}

/**
 * A polynomial as a list of monomials with distinct exponents and coefficients other than 0, in graded lexicographic sequence:
 * by total degree, then the one with the higher power of the first input first (1, x1, x2, x1², x1·x2, x2², …).
 */
export interface Polynomial {
  /** Names of the inputs. */
  readonly features: readonly string[];
  readonly monomials: readonly Monomial[];
}
