import { block, DRAW } from './block.js';
import { boundedDraw } from './bounded.js';
import { checkCount, checkKey } from './check.js';
import { checkOptions } from './check-options.js';
import type { Key } from './key.js';
import { log } from './log.js';
import { openUnit } from './unit.js';

/** Options of `choice`. */
export interface ChoiceOptions {
  /** How many to draw, default 1. */
  readonly count?: number;
  /** Whether an item can be drawn again, default true. */
  readonly replace?: boolean;
  /** Relative probabilities, one an item: numbers from 0, not all 0; they need not add up to 1. Default: equal. */
  readonly weights?: ArrayLike<number>;
}

/** Defaults of `choice`. */
export const choiceDefaults: Required<Pick<ChoiceOptions, 'count' | 'replace'>> = { count: 1, replace: true };

/**
 * Draws from 0 .. n - 1, or from the items of an array, evenly or by weights, with or without replacement; entries of a tensor are
 * `take(x, choice(key, x.shape[0], { count }))`.
 *
 * With replacement draw i depends on the key and i alone: an unbiased bounded integer, or the first item at which the running sum of the weights exceeds
 * u times their total. Without replacement the order of the draws is random too: the first steps of a Fisher-Yates shuffle, or, with
 * weights, the items by rising E / w with E exponential, which is the same as drawing one after the other by the weights of those that are
 * left. In all cases the first k of m draws are the k draws. An item of weight 0 is never drawn.
 *
 * @param items a number of items up to 2^31, or an array of them
 * @throws RangeError where count is beyond what there is to draw, n is 0 and count is not, weights are negative, not finite, all 0, overflow
 * when added or are not n, or the key is none; TypeError where an argument is of another type.
 * Cost: one Threefry block a draw; with weights n additions and log n comparisons a draw, without replacement n blocks, 2n logarithms and a sort.
 *
 * Source: Efraimidis and Spirakis, "Weighted random sampling with a reservoir", Information Processing Letters 97 (2006).
 */
export function choice(key: Key, items: number, options?: ChoiceOptions): Int32Array;
export function choice<T>(key: Key, items: readonly T[], options?: ChoiceOptions): T[];
export function choice<T>(key: Key, items: number | readonly T[], options: ChoiceOptions = {}): Int32Array | T[] {
  checkKey('choice', key);
  if (Array.isArray(items)) return Array.from(draw(key, items.length, options), (i) => items[i]);
  if (typeof items !== 'number') {
    throw new TypeError('choice: items is neither a number nor an array; for a tensor draw indices and take them');
  }
  checkCount('choice', 'the number of items', items);
  if (items > 2147483648) throw new RangeError(`choice: the number of items is beyond 2^31: ${items}`);
  return draw(key, items, options);
}

function draw(key: Key, n: number, options: ChoiceOptions): Int32Array {
  checkOptions('choice', options, ['count', 'replace', 'weights']);
  const { count = choiceDefaults.count, replace = choiceDefaults.replace, weights } = options;
  checkCount('choice', 'count', count);
  if (typeof replace !== 'boolean') throw new TypeError(`choice: replace is not true or false: ${String(replace)}`);
  const possible = weights === undefined ? n : checkWeights(weights, n);
  if (count > 0 && possible === 0) throw new RangeError('choice: there is nothing to draw from');
  if (!replace && count > possible) {
    const what = weights === undefined ? 'items' : 'items of positive weight';
    throw new RangeError(`choice: count is beyond the ${what} without replacement: ${count} of ${possible}`);
  }
  if (weights === undefined) return replace ? evenly(key, n, count) : shuffled(key, n, count);
  return replace ? weighted(key, weights, count) : weightedOnce(key, weights, count);
}

/** Number of positive weights. */
function checkWeights(weights: ArrayLike<number>, n: number): number {
  if (typeof weights !== 'object' || weights === null || typeof weights.length !== 'number') {
    throw new TypeError(`choice: weights is not an array: ${String(weights)}`);
  }
  if (weights.length !== n) throw new RangeError(`choice: ${weights.length} weights for ${n} items`);
  let positive = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const w = weights[i];
    if (!(typeof w === 'number' && w >= 0))
      throw new RangeError(`choice: weight ${i} is not a number from 0: ${String(w)}`);
    if (w > 0) positive++;
    total += w;
  }
  if (!Number.isFinite(total)) throw new RangeError(`choice: the weights add up to ${total}`);
  if (n > 0 && positive === 0) throw new RangeError('choice: all weights are 0');
  return positive;
}

function evenly(key: Key, n: number, count: number): Int32Array {
  const words = new Uint32Array(2);
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) out[i] = boundedDraw(key, i, n, words);
  return out;
}

/** The first `count` places of a shuffle from the front; of the places behind only those that were exchanged are kept. */
function shuffled(key: Key, n: number, count: number): Int32Array {
  const words = new Uint32Array(2);
  const out = new Int32Array(count);
  const moved = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const j = i + boundedDraw(key, i, n - i, words);
    out[i] = moved.get(j) ?? j;
    moved.set(j, moved.get(i) ?? i);
    moved.delete(i);
  }
  return out;
}

function weighted(key: Key, weights: ArrayLike<number>, count: number): Int32Array {
  const sums = new Float64Array(weights.length);
  let total = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i];
    sums[i] = total;
    if (weights[i] > 0) last = i;
  }
  const words = new Uint32Array(2);
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    block(key, DRAW, i, 0, words);
    const point = ((words[0] >>> 5) * 67108864 + (words[1] >>> 6)) * 2 ** -53 * total;
    // The first sum above the point. Where the product rounds up to the total, it is that of the last item with a weight.
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle] > point) high = middle;
      else low = middle + 1;
    }
    out[i] = low;
  }
  return out;
}

function weightedOnce(key: Key, weights: ArrayLike<number>, count: number): Int32Array {
  const words = new Uint32Array(2);
  // Compared are log E - log w: E / w itself would overflow for small weights.
  const arrivals = new Float64Array(weights.length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0) arrivals[i] = log(-log(openUnit(key, i, 0, words))) - log(weights[i]);
  }
  const order = Int32Array.from(arrivals, (_, i) => i);
  // The index decides where two are equal, and where both are Infinity.
  order.sort((i, j) => (arrivals[i] < arrivals[j] ? -1 : arrivals[i] > arrivals[j] ? 1 : i - j));
  return order.slice(0, count);
}
