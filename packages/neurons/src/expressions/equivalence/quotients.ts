import type { Numbers } from '../../exact/numbers.js';
import { type SparsePolynomial, sparsePolynomials } from '../../exact/sparse-polynomial.js';

/** above/below, below not 0; equal quotients need not be in lowest terms. */
export interface Quotient {
  readonly above: SparsePolynomial;
  readonly below: SparsePolynomial;
}

/** Exact arithmetic of rational functions, and when two are equal. */
export interface Quotients extends Numbers<Quotient> {
  variable(polynomial: SparsePolynomial): Quotient;
  equal(a: Quotient, b: Quotient): boolean;
}

/** Rational functions of `variables` variables. Operations throw a RangeError beyond `maxMonomials`. */
export function quotients(variables: number, maxMonomials: number): Quotients {
  const { from, add, negate, multiply, bits = () => 0 } = sparsePolynomials(variables, maxMonomials);
  const one = from(1);
  const product = (a: SparsePolynomial, b: SparsePolynomial): SparsePolynomial =>
    a === one ? b : b === one ? a : multiply(a, b);
  return {
    from: (value) => ({ above: from(value), below: one }),
    variable: (above) => ({ above, below: one }),
    add: (a, b) =>
      a.below === b.below
        ? { above: add(a.above, b.above), below: a.below }
        : { above: add(product(a.above, b.below), product(b.above, a.below)), below: product(a.below, b.below) },
    negate: ({ above, below }) => ({ above: negate(above), below }),
    multiply: (a, b) => ({ above: product(a.above, b.above), below: product(a.below, b.below) }),
    divide: (a, b) =>
      b.above.size === 0 ? undefined : { above: product(a.above, b.below), below: product(a.below, b.above) },
    bits: ({ above, below }) => Math.max(bits(above), bits(below)),
    equal: (a, b) => add(product(a.above, b.below), negate(product(b.above, a.below))).size === 0,
  };
}
