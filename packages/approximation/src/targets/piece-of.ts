import { compare, type Rational } from '../exact/rational.js';

/** The piece i with knots[i] ≤ t ≤ knots[i + 1], the last one that begins at or before t; the outer pieces go on for ever. */
export function pieceOf(knots: readonly number[], t: number): number;
export function pieceOf(knots: readonly Rational[], t: Rational): number;
export function pieceOf(knots: readonly (number | Rational)[], t: number | Rational): number {
  let first = 0;
  let last = knots.length - 2;
  while (first < last) {
    const middle = (first + last + 1) >> 1;
    if (notAbove(knots[middle], t)) first = middle;
    else last = middle - 1;
  }
  return first;
}

function notAbove(a: number | Rational, b: number | Rational): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a <= b;
  return compare(a, b) <= 0;
}
