import type { Data } from '../data.js';
import { comparePullback, type PullbackOptions } from './compare-pullback.js';

/** What `checkVjp` needs: a function, its pullback, and where and along which directions to compare them. */
export interface VjpCase extends PullbackOptions {
  /** The function f. */
  readonly apply: (xs: Data[]) => Data;
  /** The pullback: one cotangent for each input, g times the Jacobian. */
  readonly pullback: (xs: Data[], g: Data) => Data[];
  /** The point x. */
  readonly inputs: readonly Data[];
  /** The direction v, shaped like the inputs. */
  readonly direction: readonly Data[];
  /** The cotangent g, shaped like the output. */
  readonly cotangent: Data;
}

/**
 * Fails unless <g, J v> = <pullback(g), v>, with J v by central differences.
 *
 * @throws Error with both inner products, their difference and the bound, or naming a wrong shape or count.
 */
export function checkVjp(c: VjpCase): void {
  comparePullback('checkVjp', {
    apply: (xs) => [c.apply(xs)],
    pullback: (xs, [g]) => c.pullback(xs, g),
    inputs: c.inputs,
    direction: c.direction,
    cotangents: [c.cotangent],
    step: c.step,
    tolerance: c.tolerance,
  });
}
