import type { Data } from '../data.js';
import { largestMagnitude } from '../tolerance.js';
import { checkLinear } from './linear.js';

/** What `checkBilinear` needs. */
export interface BilinearCase {
  /** The function f of two arguments. */
  readonly apply: (x: Data, y: Data) => Data;
  /** Two first arguments of one shape. */
  readonly x: readonly [Data, Data];
  /** Two second arguments of one shape. */
  readonly y: readonly [Data, Data];
  /** Two factors. */
  readonly a: number;
  readonly b: number;
  /** Constant of the bound, default 8 (n + 2) for n elements of the argument that varies. */
  readonly factor?: number;
  /** Size of the numbers that were rounded; default: max(|a|, |b|) * max |x| * max |y|. */
  readonly scale?: number;
}

/**
 * Fails unless f is linear in its first argument with the second fixed, and the other way round.
 *
 * @throws Error that names the worst element.
 */
export function checkBilinear(c: BilinearCase): void {
  const { apply, a, b, factor } = c;
  const [x, x2] = c.x;
  const [y, y2] = c.y;
  const largest = (p: Data, q: Data): number => Math.max(largestMagnitude(p.data), largestMagnitude(q.data));
  const { scale = Math.max(Math.abs(a), Math.abs(b)) * largest(x, x2) * largest(y, y2) } = c;
  checkLinear({ apply: (first) => apply(first, y), x, y: x2, a, b, factor, scale });
  checkLinear({ apply: (second) => apply(x, second), x: y, y: y2, a, b, factor, scale });
}
