import type { Monomial } from './polynomial.js';
import { superscript } from './script.js';

/** The product of a monomial without its coefficient, such as `age³·[blood pressure]`; a name that could be misread is bracketed. */
export function printMonomial({ exponents }: Monomial, names: readonly string[]): string {
  return exponents
    .flatMap((exponent, d) => {
      if (exponent === 0) return [];
      // A name with blanks or operators in it is bracketed, so that it cannot be read as a product.
      const name = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(names[d]) ? names[d] : `[${names[d]}]`;
      return [exponent === 1 ? name : name + superscript(exponent)];
    })
    .join('·');
}
