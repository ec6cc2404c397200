import type { Bounds } from './bounds.js';
import type { Objective } from './minimize.js';

/** A point with what the objective said about it. */
export interface Point {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  value: number;
}

export function createPoint(length: number): Point {
  return { x: new Float64Array(length), gradient: new Float64Array(length), value: Number.NaN };
}

/** Evaluates points and counts how often. */
export interface Evaluator {
  /** Fills in value and gradient; returns whether all of it is finite. */
  readonly evaluate: (point: Point) => boolean;
  readonly count: () => number;
}

export function createEvaluator(objective: Objective): Evaluator {
  let count = 0;
  return {
    evaluate: (point) => {
      count++;
      point.value = objective(point.x, point.gradient);
      return Number.isFinite(point.value) && allFinite(point.gradient);
    },
    count: () => count,
  };
}

/** ‖P(x - g) - x‖, scaled so that its squares stay in range; ‖g‖ without bounds. */
export function projectedGradientNorm({ x, gradient }: Point, bounds: Bounds | undefined): number {
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const g = gradient[i];
    const move = bounds === undefined ? g : Math.max(x[i] - bounds.upper[i], Math.min(g, x[i] - bounds.lower[i]));
    const size = Math.abs(move);
    if (size > largest) {
      sum = 1 + sum * (largest / size) * (largest / size);
      largest = size;
    } else if (size > 0) sum += (size / largest) * (size / largest);
  }
  return largest * Math.sqrt(sum);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
