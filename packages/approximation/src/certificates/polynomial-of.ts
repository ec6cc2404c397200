import { type ExactPolynomial, expand, isPolynomial } from '@neuronseek/neurons';
import { add, type Rational, zero } from '../exact/rational.js';
import type { Approximant } from '../targets/approximant.js';

/** The exact polynomial that the formula of a function is, or what prevents that. */
export function polynomialOf(label: string, { formula }: Approximant): ExactPolynomial | string {
  if (!formula) return `${label} has no formula`;
  if (formula.kind === 'expression' && !isPolynomial(formula)) return `the formula of ${label} is no polynomial`;
  return expand(formula, { exact: true })[0];
}

/** f − h. */
export function polynomialDifference(f: ExactPolynomial, h: ExactPolynomial): ExactPolynomial {
  const sums = new Map<string, { coefficient: Rational; readonly exponents: readonly number[] }>();
  const gather = ({ monomials }: ExactPolynomial, sign: bigint): void => {
    for (const { coefficient, exponents } of monomials) {
      const known = sums.get(exponents.join());
      const signed = { numerator: sign * coefficient.numerator, denominator: coefficient.denominator };
      sums.set(exponents.join(), { coefficient: add(known?.coefficient ?? zero, signed), exponents });
    }
  };
  gather(f, 1n);
  gather(h, -1n);
  return {
    features: f.features,
    monomials: [...sums.values()].filter(({ coefficient }) => coefficient.numerator !== 0n),
  };
}
