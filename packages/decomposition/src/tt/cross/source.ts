import { flatten, isTensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { crossPoints, type IndexSet } from './index-set.js';
import type { TtCrossFunction } from './options.js';
import { createPointCache } from './point-cache.js';

/** The function behind a cache and a budget. */
export interface Source {
  /** Values at points [S, N], in one call of the function for those that are new; undefined where that may not be, and `stopped` says why. */
  readonly request: (points: Int32Array) => Float64Array | undefined;
  /** The same at left × {0 … n - 1} × right, all of them distinct; more than the budget are not even listed. */
  readonly requestCross: (left: IndexSet, n: number, right: IndexSet) => Float64Array | undefined;
  readonly stopped: () => 'max-evaluations' | 'aborted' | undefined;
  /** Points evaluated. */
  readonly evaluations: () => number;
  /** Norm of all values so far: no more than that of the tensor. */
  readonly norm: () => number;
  /** Largest magnitude so far. */
  readonly largest: () => number;
  /** Points and values from the given number of evaluations on, at most `most` of them, evenly spread. */
  readonly since: (evaluations: number, most: number) => { readonly points: Int32Array; readonly values: Float64Array };
}

export function createSource(
  f: TtCrossFunction,
  order: number,
  maxEvaluations: number,
  signal: AbortSignal | undefined,
): Source {
  const cache = createPointCache(order);
  let norm = 0;
  let largest = 0;
  let stopped: 'max-evaluations' | 'aborted' | undefined;
  const evaluate = (first: number): void => {
    const count = cache.size() - first;
    if (count === 0) return;
    const indices = cache.points(first, count);
    const values = valuesOf(f(indices.slice(), count), count);
    for (let s = 0; s < count; s++) {
      const value = values[s];
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        const at = `at [${indices.subarray(s * order, (s + 1) * order).join(', ')}]: ${String(value)}`;
        if (typeof value !== 'number') throw new TypeError(`ttCross: f did not return a number ${at}`);
        throw new RangeError(`ttCross: f is not finite ${at}`);
      }
      cache.values()[first + s] = value;
      largest = Math.max(largest, Math.abs(value));
    }
    norm = Math.hypot(norm, norm2(count, cache.values(), first, 1));
  };
  const request = (points: Int32Array): Float64Array | undefined => {
    if (signal?.aborted) stopped = 'aborted';
    if (stopped !== undefined) return undefined;
    const first = cache.size();
    const slots = new Int32Array(points.length / order);
    for (let s = 0; s < slots.length; s++) {
      slots[s] = cache.slot(points, s * order);
      if (cache.size() > maxEvaluations) {
        cache.truncate(first);
        stopped = 'max-evaluations';
        return undefined;
      }
    }
    evaluate(first);
    return Float64Array.from(slots, (slot) => cache.values()[slot]);
  };
  return {
    request,
    requestCross: (left, n, right) => {
      if (signal?.aborted) stopped = 'aborted';
      else if (stopped === undefined && left.count * n * right.count > maxEvaluations) stopped = 'max-evaluations';
      return stopped === undefined ? request(crossPoints(left, n, right)) : undefined;
    },
    stopped: () => stopped,
    evaluations: cache.size,
    norm: () => norm,
    largest: () => largest,
    since: (first, most) => {
      const step = Math.max(1, Math.ceil((cache.size() - first) / most));
      const slots: number[] = [];
      for (let slot = first; slot < cache.size(); slot += step) slots.push(slot);
      const points = new Int32Array(slots.length * order);
      slots.forEach((slot, s) => {
        points.set(cache.points(slot, 1), s * order);
      });
      return { points, values: Float64Array.from(slots, (slot) => cache.values()[slot]) };
    },
  };
}

function valuesOf(returned: unknown, count: number): ArrayLike<unknown> {
  const values = isTensor(returned) ? flatten(returned) : returned;
  if (!isArrayLike(values)) throw new TypeError(`ttCross: f did not return a list of numbers: ${String(values)}`);
  if (values.length !== count) {
    throw new RangeError(`ttCross: f returned ${values.length} values, expected ${count}`);
  }
  return values;
}

function isArrayLike(values: unknown): values is ArrayLike<unknown> {
  return typeof values === 'object' && values !== null && 'length' in values && typeof values.length === 'number';
}
