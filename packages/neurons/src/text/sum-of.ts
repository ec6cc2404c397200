import type { Expression } from '../expressions/expression.js';

/** A term of a sum; its sign stands apart, so that it can become the operator. */
export interface SignedTerm {
  readonly negative: boolean;
  /** Of something that is not negative. */
  readonly coefficient: number;
  readonly factors: readonly Expression[];
}

/** c·Π factors. */
export function scaled(c: number, factors: readonly Expression[]): SignedTerm {
  return { negative: c < 0, coefficient: Math.abs(c), factors };
}

/** The sum of terms and, unless it is 0, a constant: a − b·c + 1. The number 0 if nothing remains. */
export function sumOf(terms: readonly SignedTerm[], constant: number = 0): Expression {
  const all = constant === 0 ? terms : [...terms, scaled(constant, [])];
  if (all.length === 0) return { op: 'number', value: 0 };
  const parts = all.map(({ negative, coefficient, factors }, i): Expression => {
    // In front there is no operator that could take the sign of a number.
    const absorbed = negative && i === 0;
    const value = absorbed ? -coefficient : coefficient;
    const bare = value === 1 && factors.length > 0;
    const part = productOf(bare ? factors : [{ op: 'number', value }, ...factors]);
    return negative && !absorbed ? { op: 'negate', argument: part } : part;
  });
  return parts.length === 1 ? parts[0] : { op: 'add', terms: parts };
}

/** The product of one or more factors. */
export function productOf(factors: readonly Expression[]): Expression {
  return factors.length === 1 ? factors[0] : { op: 'multiply', factors };
}
