import type { Expression } from '../expressions/expression.js';

/** Σ u_d·x_d by index of the input. */
export type LinearForm = ReadonlyMap<number, number>;

/** The coefficients of a linear form without constant in which every feature occurs once, if that is what the expression is. */
export function linearForm(part: Expression): LinearForm | undefined {
  const form = new Map<number, number>();
  return collect(part, 1, form) ? form : undefined;
}

function collect(part: Expression, scale: number, form: Map<number, number>): boolean {
  switch (part.op) {
    case 'feature':
      if (form.has(part.index)) return false;
      form.set(part.index, scale);
      return true;
    case 'negate':
      return collect(part.argument, -scale, form);
    case 'add':
      // A sum with a number before it would need that number in every term.
      return Math.abs(scale) === 1 && part.terms.every((term) => collect(term, scale, form));
    case 'multiply': {
      const [c, factor] = part.factors;
      if (part.factors.length !== 2 || c.op !== 'number' || Math.abs(scale) !== 1) return false;
      return factor.op === 'feature' && collect(factor, scale * c.value, form);
    }
    default:
      return false;
  }
}
