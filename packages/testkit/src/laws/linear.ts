import { combine } from '../combine.js';
import type { Data } from '../data.js';
import { expectShape } from '../expect-shape.js';
import { expectClose, largestMagnitude } from '../tolerance.js';

/** What `checkLinear` needs. */
export interface LinearCase {
  /** The function f. */
  readonly apply: (x: Data) => Data;
  /** Two inputs of one shape. */
  readonly x: Data;
  readonly y: Data;
  /** Two factors. */
  readonly a: number;
  readonly b: number;
  /** Constant of the bound, default 8 (n + 2) for n input elements: enough for sums of n terms with coefficients up to 1. */
  readonly factor?: number;
  /** Size of the numbers that were rounded; default: the largest of |a x|, |b y|, |a f(x)| and |b f(y)|. */
  readonly scale?: number;
}

/**
 * Fails unless f(a x + b y) = a f(x) + b f(y) within factor * eps * scale.
 *
 * @throws Error that names the worst element.
 */
export function checkLinear(c: LinearCase): void {
  const { apply, x, y, a, b, factor = 8 * (x.data.length + 2) } = c;
  const fx = apply(x);
  const fy = apply(y);
  const size = (s: number, ...terms: Data[]): number =>
    Math.abs(s) * Math.max(...terms.map((d) => largestMagnitude(d.data)));
  const { scale = Math.max(size(a, x, fx), size(b, y, fy)) } = c;
  const actual = apply(combine(a, x, b, y));
  const expected = combine(a, fx, b, fy);
  expectShape('checkLinear: f(a x + b y)', actual, expected.shape);
  expectClose(actual.data, expected.data, { factor, scale });
}
