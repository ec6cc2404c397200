import { norm2 } from '@neuronseek/tensor/kernels';
import { fold, type Key, randint } from '@neuronseek/tensor/random';
import { productOf } from '../../product-of.js';
import type { TtNumbers } from '../tt-numbers.js';
import { createPointCache } from './point-cache.js';
import type { Source } from './source.js';
import { trainAt } from './train-at.js';

/** Points where a train is compared with the function. */
export interface Validation {
  /** [S, N], distinct. */
  readonly points: Int32Array;
  readonly values: Float64Array;
}

/** Fewer points than this say nothing. */
const FEWEST = 100;

/** At most this share of the elements is spent on validation, and of the budget. */
const SHARE_OF_ELEMENTS = 1 / 20;
const SHARE_OF_BUDGET = 1 / 8;

/** Distinct random points, all there are where those are few. */
export function validationPoints(shape: readonly number[], wanted: number, budget: number, key: Key): Int32Array {
  const order = shape.length;
  const size = productOf(shape);
  const affordable = Math.min(wanted, Math.floor(budget * SHARE_OF_BUDGET));
  const count = Math.min(affordable, size, Math.max(FEWEST, Math.ceil(size * SHARE_OF_ELEMENTS)));
  if (count === size) return allPoints(shape, size);
  const columns = shape.map((n, mode) => randint(fold(key, mode), 2 * count, { max: n }));
  const cache = createPointCache(order);
  const point = new Int32Array(order);
  for (let s = 0; s < 2 * count && cache.size() < count; s++) {
    for (let mode = 0; mode < order; mode++) point[mode] = columns[mode][s];
    cache.slot(point, 0);
  }
  return cache.points(0, cache.size()).slice();
}

function allPoints(shape: readonly number[], size: number): Int32Array {
  const points = new Int32Array(size * shape.length);
  for (let s = 0; s < size; s++) {
    for (let mode = shape.length - 1, rest = s; mode >= 0; mode--) {
      points[s * shape.length + mode] = rest % shape[mode];
      rest = Math.floor(rest / shape[mode]);
    }
  }
  return points;
}

/** The even-numbered points, whose errors steer, and the others, which stay unknown to the train. */
export function halves({ points, values }: Validation, order: number): readonly [Validation, Validation] {
  const half = (first: number): Validation => {
    const own = Int32Array.from({ length: Math.ceil((values.length - first) / 2) }, (_, s) => 2 * s + first);
    return {
      points: Int32Array.from({ length: own.length * order }, (_, q) => {
        return points[own[Math.floor(q / order)] * order + (q % order)];
      }),
      values: Float64Array.from(own, (s) => values[s]),
    };
  };
  return [half(0), half(1)];
}

/** Differences between values and train, and their size. */
export interface Comparison {
  readonly differences: Float64Array;
  /** Root of the mean square of the differences over that of the tensor. */
  readonly relativeError: number;
}

/**
 * ‖f - train‖ / ‖f‖, both estimated from random points. ‖f‖ is at least the norm of all that was evaluated: points that miss every peak do
 * not make the error of a train that knows them look large.
 */
export function compare({ points, values }: Validation, numbers: TtNumbers, source: Source): Comparison {
  const model = trainAt(numbers, points);
  const differences = values.map((value, s) => value - model[s]);
  const count = values.length;
  const root = Math.sqrt(count);
  const scale = scaleOf(values, numbers.shape, source);
  const error = count === 0 ? 0 : norm2(count, differences, 0, 1) / root;
  return { differences, relativeError: error === 0 ? 0 : scale === 0 ? error : error / scale };
}

/** Evaluated elements, and what they alone prove of ‖f - train‖ / ‖f‖ for an f of the given root of the mean square: much where they are many of all. */
export function provenError(
  numbers: TtNumbers,
  source: Source,
  scale: number,
  most: number,
): Comparison & { readonly points: Int32Array } {
  const { points, values } = source.since(0, most);
  const model = trainAt(numbers, points);
  const differences = values.map((value, s) => value - model[s]);
  const count = Math.max(1, values.length);
  const share = Math.sqrt(source.evaluations()) / rootOfSize(numbers.shape);
  const error = (norm2(values.length, differences, 0, 1) / Math.sqrt(count)) * share;
  return { points, differences, relativeError: error === 0 || scale === 0 ? error : error / scale };
}

/** The square root of the number of elements. */
function rootOfSize(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * Math.sqrt(n), 1);
}

/** Root of the mean square of the tensor, from values at random points, and at least what all evaluated elements make of it. */
export function scaleOf(values: Float64Array, shape: readonly number[], source: Source): number {
  const sampled = values.length === 0 ? 0 : norm2(values.length, values, 0, 1) / Math.sqrt(values.length);
  return Math.max(sampled, source.norm() / rootOfSize(shape));
}

/** The points with the largest differences that are not zero, the worst first. */
export function worstPoints(points: Int32Array, differences: Float64Array, order: number, most: number): Int32Array {
  const sizes = differences.map(Math.abs);
  const sorted = Array.from(sizes.keys())
    .filter((s) => sizes[s] > 0)
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, most);
  const worst = new Int32Array(sorted.length * order);
  sorted.forEach((s, place) => {
    worst.set(points.subarray(s * order, (s + 1) * order), place * order);
  });
  return worst;
}
