import { fold, type Key, randint } from '@neuronseek/tensor/random';
import { type IndexSet, ofRows, partsOf, union } from './index-set.js';
import type { Crosses } from './sweep.js';

/** How many probes a bond gets and where they come from. */
export interface ProbeOptions {
  readonly forward: boolean;
  /** Whether the rank there rose in the last sweep. */
  readonly growing: boolean;
  /** Points [S, N] where the error is largest, the worst first. */
  readonly worst: Int32Array;
  readonly key: Key;
}

/** Probes a bond gets at least; more at small ranks cost more evaluations than the sweeps that they save. */
const FEWEST = 2;

/** Probes of a bond whose rank grows, in units of the rank. */
const GROWTH = 1 / 8;

/**
 * Indices on the far side of a bond, beside those that stand there: of the points with the largest error, so that what random points
 * miss is found; random ones; and random extensions of the next bond's, which are likely to be chosen later.
 */
export function probesAt(crosses: Crosses, bond: number, { forward, growing, worst, key }: ProbeOptions): IndexSet {
  const { shape, left, right } = crosses;
  const order = shape.length;
  const present = forward ? right[bond] : left[bond];
  const near = forward ? left[bond] : right[bond];
  const rank = Math.max(present.count, near.count);
  const count = growing ? Math.max(FEWEST, Math.ceil(GROWTH * rank)) : FEWEST;
  const [from, to] = forward ? [bond, order] : [0, bond];
  const errors = partsOf(worst.subarray(0, order * Math.ceil(count / 2)), order, from, to);
  const rows: number[][] = [];
  for (let s = 0; s < count - Math.min(errors.count, Math.floor(count / 2)); s++) {
    const row: number[] = [];
    for (let mode = from; mode < to; mode++) row.push(draw(fold(key, s), mode, shape[mode]));
    if (s % 2 === 1) {
      const next = forward ? right[bond + 1] : left[bond - 1];
      const at = draw(fold(key, s), order, next.count) * next.width;
      for (let k = 0; k < next.width; k++) row[forward ? k + 1 : k] = next.rows[at + k];
    }
    rows.push(row);
  }
  return union([errors, ofRows(rows, to - from)]);
}

function draw(key: Key, data: number, max: number): number {
  return randint(fold(key, data), 1, { max })[0];
}
