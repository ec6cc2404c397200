import { cpAls } from '@neuronseek/decomposition';
import { tensor } from '@neuronseek/tensor';
import { key, uniform } from '@neuronseek/tensor/random';
import { median } from '../median.js';

/** A fitted exponent of the cost of a sweep beside the one that the flops say. */
export interface Exponent {
  readonly what: string;
  readonly fitted: number;
  readonly theory: string;
}

/** Milliseconds of one sweep of cpAls: the difference of long and short runs, so that copies and starts do not count. */
function sweepTime(shape: readonly number[], rank: number): number {
  const size = shape.reduce((product, n) => product * n, 1);
  const x = tensor(uniform(key(size), size), shape);
  const time = (maxIterations: number): number => {
    const begun = performance.now();
    cpAls(x, rank, { maxIterations, tolerance: 0 });
    return performance.now() - begun;
  };
  time(3);
  return median(Array.from({ length: 5 }, () => (time(12) - time(2)) / 10));
}

/** Slope of the line through the logarithms, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([a, b]) => [Math.log(a), Math.log(b)]);
  const [u, v] = [0, 1].map((i) => logs.reduce((sum, p) => sum + p[i], 0) / logs.length);
  const [top, bottom] = logs.reduce(([t, b], [a, c]) => [t + (a - u) * (c - v), b + (a - u) ** 2], [0, 0]);
  return top / bottom;
}

/** How the cost of a sweep grows with the sizes, the rank and the order. */
export function exponents(): Exponent[] {
  const bySize = [60, 90, 130, 190].map((n) => [n, sweepTime([n, n, n], 10)] as const);
  const byRank = [16, 32, 64, 128].map((rank) => [rank, sweepTime([80, 80, 80], rank)] as const);
  // About as many elements in each: the passes over them are what costs, and there are two for any order.
  const byOrder = [
    [100, 100, 100],
    [32, 32, 32, 32],
    [16, 16, 16, 16, 16],
    [10, 10, 10, 10, 10, 10],
  ].map((shape) => [shape.length, sweepTime(shape, 10)] as const);
  return [
    { what: 'n, for n³ R10', fitted: slope(bySize), theory: '3' },
    { what: 'R, for 80³', fitted: slope(byRank), theory: '1' },
    { what: 'order, from 3 to 6, for 10⁶ elements, R10', fitted: slope(byOrder), theory: '0' },
  ];
}
