import type { Interval } from './wilson.js';

/** The middle of some numbers, and the range that the share `confidence` of them lies in. */
export interface Spread extends Interval {
  readonly median: number;
}

/**
 * Median and percentile interval, linear between the sorted numbers (Hyndman and Fan's definition 7); numbers that are not finite are left out, NaN
 * where none is left.
 */
export function spreadOf(values: Iterable<number>, confidence: number): Spread {
  const sorted = Float64Array.from(Array.from(values).filter((v) => Number.isFinite(v))).sort();
  const rest = (1 - confidence) / 2;
  return { low: quantile(sorted, rest), median: quantile(sorted, 0.5), high: quantile(sorted, 1 - rest) };
}

function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const [a, b] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  return a + (at - below) * (b - a);
}
