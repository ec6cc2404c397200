import { inflation, powerPenalty, productsGain, type Setting } from '../criterion.js';
import { rankOf, type TermShape } from './term.js';

/** Terms of a structure in this form. */
export interface FormShape {
  readonly powers: readonly number[];
  readonly terms: readonly TermShape[];
}

/**
 * Parameters of a term that change the function: its numbers less those that turning or scaling one factor against another takes back, and no more than
 * there are monomials of this order.
 */
export function freeParameters(inputs: number, { form, order, ranks }: TermShape): number {
  const squares = ranks.reduce((sum, r) => sum + r * r, 0);
  let count: number;
  if (form === 'symmetric') count = inputs * ranks[0];
  else if (form === 'tucker') {
    count = ranks.reduce((n, r) => n * r, 1) + inputs * ranks.reduce((sum, r) => sum + r, 0) - squares;
  } else {
    const bonds = [1, ...ranks, 1];
    count = inputs * bonds.slice(1).reduce((sum, r, m) => sum + bonds[m] * r, 0) - squares;
  }
  let monomials = 1;
  for (let k = 1; k <= order; k++) monomials = (monomials * (inputs + k - 1)) / k;
  return Math.min(count, monomials);
}

/** What a term has to earn: a parameter as much as one of a product of this order, see `penalty`, with a margin for every rank. */
export function termPenalty(setting: Setting, term: TermShape): number {
  return productsGain(setting, term.order, freeParameters(setting.inputs, term), rankOf(term));
}

/** How much of the deviance the terms of a structure have to earn. */
export function formPenalty(setting: Setting, { powers, terms }: FormShape): number {
  const sum = terms.reduce((total, term) => total + termPenalty(setting, term), powers.length * powerPenalty(setting));
  return sum * inflation(countFormParameters(setting.inputs, { powers, terms }), setting);
}

/** Free parameters of an output. */
export function countFormParameters(inputs: number, { powers, terms }: FormShape): number {
  return terms.reduce((sum, term) => sum + freeParameters(inputs, term), 1 + powers.length * inputs);
}
