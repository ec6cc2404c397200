import { completeOptions } from '../fit/complete-options.js';
import { productOf } from '../product-of.js';
import { ttHadamard, ttScale, ttSub } from './arithmetic.js';
import { trainAt } from './cross/train-at.js';
import { beamSearch, climbed, pointOf } from './extremes/search.js';
import { ttOnes } from './make.js';
import { roundNumbers } from './round.js';
import { type TtNumbers, ttNumbers, ttOfNumbers } from './tt-numbers.js';
import type { TtTensor } from './tt-tensor.js';

/** Options of `ttMaximum` and `ttMinimum`. */
export interface TtExtremeOptions {
  /** Partial indices that the search keeps at each mode. Default: 100. */
  readonly beam?: number;
  /** Tensors of at most so many elements are looked through whole. Default: 100000. */
  readonly exactBelow?: number;
}

/** Defaults of `ttMaximum` and `ttMinimum`. */
export const ttExtremeDefaults: Required<TtExtremeOptions> = { beam: 100, exactBelow: 100_000 };

/** An element of a tensor train. */
export interface TtExtreme {
  readonly index: readonly number[];
  readonly value: number;
  /** Whether every element was looked at. */
  readonly exact: boolean;
}

/** Ranks at which the shifted train is squared: the squares of these are orthogonalised. */
const SQUARED_RANK = 16;

/** How well the squares are kept; only the place of their largest element matters. */
const SQUARED_ERROR = 1e-3;

/** Times that it is squared: the largest element then counts with its 8th power. */
const SQUARINGS = 2;

/**
 * A large element of a tensor train, where possible the largest: its index and value.
 *
 * Guaranteed: the value is that of the element at the index, so the maximum is no less; no change of one single index gives a larger
 * one; with at most `exactBelow` elements it is the maximum. Above that it is a search, by which a maximum in a small corner of a large tensor
 * can be missed: the partial indices whose slices have the largest norm are extended mode by mode, from both ends, in the train,
 * in the train minus its smallest element found, and in powers of that, which the maximum dominates.
 *
 * Cost: about beam·Σ n·r² flops a search, and one rounding of ranks 256 a squaring. (Chertkov, Ryzhakov, Novikov & Oseledets 2022, beam search)
 *
 * @throws RangeError where shapes do not agree, a number is not finite or an option is out of range
 */
export function ttMaximum(tt: TtTensor, options: TtExtremeOptions = {}): TtExtreme {
  return largest('ttMaximum', ttNumbers('ttMaximum', tt), options);
}

/**
 * A small element of a tensor train, where possible the smallest: as `ttMaximum` of its negative.
 *
 * @throws RangeError where shapes do not agree, a number is not finite or an option is out of range
 */
export function ttMinimum(tt: TtTensor, options: TtExtremeOptions = {}): TtExtreme {
  const { shape, ranks, cores } = ttNumbers('ttMinimum', tt);
  const negative = { shape, ranks, cores: cores.map((core, k) => (k === 0 ? core.map((v) => -v) : core)) };
  const { index, value, exact } = largest('ttMinimum', negative, options);
  // 0 - value, so that no zero is negative.
  return { index, value: 0 - value, exact };
}

function largest(name: string, numbers: TtNumbers, options: TtExtremeOptions): TtExtreme {
  const { beam, exactBelow } = completeOptions(name, ttExtremeDefaults, options);
  if (!(Number.isSafeInteger(beam) && beam >= 1)) {
    throw new RangeError(`${name}: beam is not a positive integer: ${beam}`);
  }
  if (!(exactBelow >= 0)) throw new RangeError(`${name}: exactBelow is not a number from 0: ${exactBelow}`);
  const size = productOf(numbers.shape);
  if (size <= exactBelow) {
    const { index, value } = bestOf(numbers, beamSearch(numbers, Infinity));
    return { index: Array.from(index), value, exact: true };
  }
  const points: Int32Array[] = [beamSearch(numbers, beam)];
  const values = trainAt(numbers, points[0]);
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  for (const shifted of shiftedPowers(numbers, least)) points.push(beamSearch(shifted, beam));
  let best = bestOf(numbers, points[0]);
  for (const set of points) {
    const candidate = climbed(numbers, bestOf(numbers, set).index);
    const value = trainAt(numbers, candidate)[0];
    if (value > best.value) best = { index: candidate, value };
  }
  return { index: Array.from(best.index), value: best.value, exact: false };
}

/** x - least, which is not negative if that is the smallest element, and its powers, of small rank. */
function shiftedPowers(numbers: TtNumbers, least: number): TtNumbers[] {
  const order = numbers.shape.length;
  const caps = [1, ...numbers.shape.slice(1).map(() => SQUARED_RANK), 1];
  const shifted = ttSub(ttOfNumbers(numbers), ttScale(ttOnes(numbers.shape), least));
  const powers = [ttNumbers('ttMaximum', shifted)];
  if (order === 1) return powers;
  let power = unitScale(roundNumbers(powers[0], { eps: SQUARED_ERROR, caps }));
  for (let k = 0; k < SQUARINGS; k++) {
    const square = ttNumbers('ttMaximum', ttHadamard(power, power));
    power = unitScale(roundNumbers(square, { eps: SQUARED_ERROR, caps }));
    powers.push(ttNumbers('ttMaximum', power));
  }
  return powers;
}

/** Cores divided by their largest entries, so that powers stay in range. */
function unitScale(tt: TtTensor): TtTensor {
  const { shape, ranks, cores } = ttNumbers('ttMaximum', tt);
  return ttOfNumbers({
    shape,
    ranks,
    cores: cores.map((core) => {
      const most = core.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      return most > 0 ? core.map((v) => v / most) : core;
    }),
  });
}

function bestOf(numbers: TtNumbers, points: Int32Array): { readonly index: Int32Array; readonly value: number } {
  const order = numbers.shape.length;
  const values = trainAt(numbers, points);
  let at = 0;
  values.forEach((value, s) => {
    if (value > values[at]) at = s;
  });
  return { index: pointOf(points, order, at), value: values[at] };
}
