import { ones, tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import { finishedModel } from '../als/finished-model.js';
import { startModel } from '../als/model.js';
import type { CpTensor } from '../cp-tensor.js';
import { factorsAt, type Parameters, vectorOf } from './parameters.js';
import type { ScaledFactors } from './start.js';

/** Bounds of the entries of free factors, in the units of the data. */
export interface EntryBounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The CP tensor of a vector of variables in the units of the data: normalised where columns were balanced, else with weights of 1 and within the
 * bounds; `start` itself where it did not move.
 */
export function finishedTensor(
  start: CpTensor,
  parameters: Parameters,
  { scale }: Pick<ScaledFactors, 'scale'>,
  dataNorm: number,
  x: Float64Array,
  { lower, upper }: EntryBounds,
  key: Key,
): CpTensor {
  if (vectorOf(parameters).every((v, q) => v === x[q])) return start;
  const { rank, free } = parameters;
  const factors = factorsAt(parameters, x);
  const shape = factors.map((factor) => factor.length / rank);
  if (scale === undefined) {
    const numbers = { shape, rank, weights: new Float64Array(rank).fill(1), factors };
    return finishedModel(startModel(numbers, free, 0, 1, key), start, free, dataNorm);
  }
  // What is at a bound is at it after scaling too.
  const inside = (v: number): number => {
    if (v <= lower / scale) return lower;
    return v >= upper / scale ? upper : Math.max(lower, Math.min(v * scale, upper));
  };
  return {
    weights: ones([rank]),
    factors: factors.map((factor, mode) =>
      free[mode] ? tensor(factor.map(inside), [shape[mode], rank]) : start.factors[mode],
    ),
  };
}

/** Whether bounds are about signs alone, so that columns may be scaled. */
export function isAboutSigns({ lower, upper }: EntryBounds): boolean {
  return (lower === 0 || lower === -Infinity) && upper === Infinity;
}
