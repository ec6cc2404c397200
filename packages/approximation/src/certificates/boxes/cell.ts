import type { BernsteinForm } from '../../exact/bernstein.js';

/** A box of a branch and bound with what is known there; a box that was halved has its halves. */
export interface Cell {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Upper bound of the error on the box. */
  readonly bound: number;
  /** Of Bernstein coefficients: those on the box. */
  readonly form?: BernsteinForm | undefined;
  /** The axis along which it was halved. */
  axis?: number;
  halves?: readonly [Cell, Cell];
  /** The tree of halvings below it, where another thread made it. */
  text?: string;
}

/** What a method says of a box: an upper bound there, and a point with a lower bound of the error at it. */
export interface Judgement {
  readonly bound: number;
  readonly at: readonly number[];
  readonly error: number;
  readonly form?: BernsteinForm;
}

/** Where a half comes from. */
export interface Origin {
  readonly parent: Cell;
  readonly axis: number;
  readonly side: 0 | 1;
}

/** How a method looks at a box. */
export type Judge = (lower: Float64Array, upper: Float64Array, origin?: Origin) => Judgement;

/** The sides of the box on both sides of the middle of its widest side (against the widths of the domain); undefined where no double is between. */
export function halve(
  { lower, upper }: Cell,
  widths: ArrayLike<number>,
): { readonly axis: number; readonly left: Float64Array; readonly right: Float64Array } | undefined {
  let axis = 0;
  let widest = 0;
  for (let i = 0; i < lower.length; i++) {
    const share = (upper[i] - lower[i]) / widths[i];
    if (share > widest) [axis, widest] = [i, share];
  }
  const middle = lower[axis] + (upper[axis] - lower[axis]) / 2;
  if (!(middle > lower[axis] && middle < upper[axis])) return undefined;
  const left = upper.slice();
  left[axis] = middle;
  const right = lower.slice();
  right[axis] = middle;
  return { axis, left, right };
}

/** Letters for the axes of {@link splitsOf}. */
export const axisLetters = 'abcdefghijklmnopqrstuvwxyz';

/** The tree of halvings as text: '.' for a box that stays whole, else the letter of its axis, its lower half, its upper half. */
export function splitsOf(root: Cell): string {
  const parts: string[] = [];
  const open: Cell[] = [root];
  for (let cell = open.pop(); cell; cell = open.pop()) {
    if (cell.text !== undefined) {
      parts.push(cell.text);
      continue;
    }
    if (!cell.halves || cell.axis === undefined) {
      parts.push('.');
      continue;
    }
    parts.push(axisLetters[cell.axis]);
    open.push(cell.halves[1], cell.halves[0]);
  }
  return parts.join('');
}
