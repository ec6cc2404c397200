import type { Data } from '../data.js';
import { comparePullback, type PullbackOptions } from './compare-pullback.js';

/** What `checkVjpOrder2` needs: a pullback and its own pullback. */
export interface VjpOrder2Case extends PullbackOptions {
  /** The pullback of order 1: one cotangent for each input. */
  readonly pullback: (xs: Data[], g: Data) => Data[];
  /** The pullback of (xs, g) -> pullback(xs, g): given one w for each input, one cotangent for each input and last the one of g. */
  readonly pullback2: (xs: Data[], g: Data, ws: Data[]) => Data[];
  /** The point x. */
  readonly inputs: readonly Data[];
  /** The cotangent g of order 1, part of the point. */
  readonly cotangent: Data;
  /** The direction: shaped like the inputs, then like g. */
  readonly direction: readonly Data[];
  /** The cotangents w of order 2, shaped like the inputs. */
  readonly cotangents2: readonly Data[];
}

/**
 * The law of `checkVjp` for the pullback itself, as a function of inputs and cotangent together.
 *
 * @throws Error with both inner products, their difference and the bound, or naming a wrong shape or count.
 */
export function checkVjpOrder2(c: VjpOrder2Case): void {
  const apart = (xsAndG: Data[]): [Data[], Data] => [xsAndG.slice(0, -1), xsAndG[xsAndG.length - 1]];
  comparePullback('checkVjpOrder2', {
    apply: (xsAndG) => c.pullback(...apart(xsAndG)),
    pullback: (xsAndG, ws) => c.pullback2(...apart(xsAndG), ws),
    inputs: [...c.inputs, c.cotangent],
    direction: c.direction,
    cotangents: c.cotangents2,
    step: c.step,
    tolerance: c.tolerance,
  });
}
