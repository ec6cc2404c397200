import { fold, type Key, uniform } from '@neuronseek/tensor/random';
import type { Expression } from '../expression.js';
import { evaluateInterval } from '../intervals/evaluate-interval.js';
import type { Interval } from '../intervals/interval.js';

/** A point at which two neurons differ for certain. */
export interface Witness {
  /** [D]. */
  readonly x: readonly number[];
  readonly output: number;
  /** Values of the two, in the middle of the bounds within which they are known. */
  readonly a: number;
  readonly b: number;
}

export interface SampleOptions {
  readonly samples: number;
  readonly range: readonly [number, number] | undefined;
  readonly tolerance: number;
  readonly key: Key;
}

export interface SampleComparison {
  readonly witness: Witness | undefined;
  /** Points at which all outputs of both are known well enough, and agree. */
  readonly agreed: number;
  /** The largest difference that bounds at those points leave room for, relative to values above 1 and absolute below. */
  readonly resolution: number;
}

/** Where points are drawn: near 0 and far, with both signs and one, as formulas with roots and logarithms need it. */
const boxes: readonly (readonly [number, number])[] = [
  [0.25, 2],
  [-2, 2],
  [1, 5],
  [-1, 1],
  [0, 0.5],
  [-10, 10],
];
/** Points tried for each that is wanted: most of them may lie outside of a domain. */
const attempts = 20;
/** Bounds wider than this, relative to values above 1, say nothing. */
const widest = 1e-7;

/** Compares formulas output by output at random points by bounds that hold for certain, so that no rounding is taken for a difference. */
export function compareSamples(
  a: readonly Expression[],
  b: readonly Expression[],
  inputs: number,
  { samples, range, tolerance, key }: SampleOptions,
): SampleComparison {
  let agreed = 0;
  let resolution = 0;
  for (let attempt = 0; attempt < attempts * samples && agreed < samples; attempt++) {
    const [low, high] = range ?? boxes[attempt % boxes.length];
    const x = Array.from(uniform(fold(key, attempt), inputs), (u) => low + u * (high - low));
    let width = 0;
    for (let output = 0; output < a.length; output++) {
      const left = evaluateInterval(a[output], x);
      const right = left && evaluateInterval(b[output], x);
      if (!left || !right) {
        width = Number.POSITIVE_INFINITY;
        continue;
      }
      const size = Math.max(1, magnitude(left), magnitude(right));
      const gap = Math.max(left.low - right.high, right.low - left.high);
      if (gap > tolerance * Math.max(magnitude(left), magnitude(right))) {
        return { witness: { x, output, a: middle(left), b: middle(right) }, agreed, resolution };
      }
      width = Math.max(width, (left.high - left.low + right.high - right.low) / size);
    }
    if (width > widest) continue;
    agreed++;
    resolution = Math.max(resolution, width, tolerance);
  }
  return { witness: undefined, agreed, resolution };
}

function magnitude({ low, high }: Interval): number {
  return Math.max(Math.abs(low), Math.abs(high));
}

function middle({ low, high }: Interval): number {
  return low / 2 + high / 2;
}
