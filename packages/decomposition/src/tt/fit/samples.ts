import { flatten, isTensor, showShape, type Tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { fold, type Key, permutation } from '@neuronseek/tensor/random';
import { checkFinite } from '../../checks/check-finite.js';
import { checkNorm } from '../../checks/check-norm.js';
import { checkSizes } from '../../checks/check-sizes.js';
import { type SampleIndices, sampleIndices } from '../sample-indices.js';

/** Known elements of a tensor. */
export interface Samples {
  readonly shape: readonly number[];
  /** [S, N] */
  readonly points: Int32Array;
  /** Values over `unit`. */
  readonly values: Float64Array;
  /** Square roots of the weights, which have 1 as largest. */
  readonly roots: Float64Array;
}

/** Samples to fit and samples to judge by. */
export interface SplitSamples {
  readonly train: Samples;
  readonly held: Samples;
  /** Root mean square of the values that have a weight, or 1 where they are zero. */
  readonly unit: number;
}

/** Numbers as callers give them. */
export type SampleValues = Tensor | ArrayLike<number>;

/** Checks samples, divides them by their typical size and holds a random share of them back. */
export function splitSamples(
  name: string,
  indices: SampleIndices,
  values: SampleValues,
  shape: readonly number[],
  weights: SampleValues | undefined,
  holdOut: number,
  key: Key,
): SplitSamples {
  checkSizes(name, 'shape', shape);
  const { samples: count, columns } = sampleIndices(name, indices, shape);
  if (count === 0) throw new RangeError(`${name}: indices needs at least one sample: received none`);
  const root = sampleNumbers(name, 'weights', weights ?? new Float64Array(count).fill(1), count);
  const numbers = sampleNumbers(name, 'values', values, count, root);
  const heaviest = root.reduce((a, b) => Math.max(a, b), 0);
  root.forEach((weight, s) => {
    if (!(weight >= 0)) throw new RangeError(`${name}: weights is negative at [${s}]: ${weight}`);
  });
  if (heaviest === 0) throw new RangeError(`${name}: weights has no positive entry`);
  if (!(holdOut >= 0 && holdOut < 1)) {
    throw new RangeError(`${name}: holdOut is not a number from 0 to below 1: ${holdOut}`);
  }
  const counting = root.reduce((sum, weight) => (weight > 0 ? sum + 1 : sum), 0);
  const norm = norm2(count, numbers, 0, 1);
  checkNorm(name, 'values', norm);
  const unit = norm / Math.sqrt(counting) || 1;
  const order = permutation(fold(key, 0), count);
  const kept = count - Math.floor(holdOut * count);
  const part = (from: number, to: number): Samples => ({
    shape,
    points: Int32Array.from({ length: (to - from) * shape.length }, (_, q) => {
      return columns[q % shape.length][order[from + Math.floor(q / shape.length)]];
    }),
    values: Float64Array.from({ length: to - from }, (_, s) => numbers[order[from + s]] / unit),
    roots: Float64Array.from({ length: to - from }, (_, s) => Math.sqrt(root[order[from + s]] / heaviest)),
  });
  return { train: part(0, kept), held: part(kept, count), unit };
}

/** Numbers, one a sample; what has no weight counts as 0, whatever stands there. */
function sampleNumbers(
  name: string,
  argument: string,
  values: SampleValues,
  count: number,
  weights?: Float64Array,
): Float64Array {
  if (isTensor(values) && values.order !== 1) {
    throw new RangeError(`${name}: ${argument} has shape ${showShape(values.shape)}, expected [${count}]`);
  }
  const list = isTensor(values) ? flatten(values) : values;
  if (typeof list !== 'object' || list === null || typeof list.length !== 'number') {
    throw new TypeError(`${name}: ${argument} is not a tensor or a list of numbers: ${String(values)}`);
  }
  if (list.length !== count) {
    throw new RangeError(`${name}: ${argument} has length ${list.length}, expected ${count}`);
  }
  const numbers = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    if (weights !== undefined && weights[s] === 0) continue;
    const value: unknown = list[s];
    if (typeof value !== 'number') {
      throw new TypeError(`${name}: ${argument} is not a number at [${s}]: ${String(value)}`);
    }
    numbers[s] = value;
  }
  checkFinite(name, argument, numbers, [count]);
  return numbers;
}

/** ‖√w·(y - model)‖ / ‖√w·y‖; ‖√w·model‖ where y is zero, 0 for no samples. */
export function sampleError({ values, roots }: Samples, model: Float64Array): number {
  const count = values.length;
  const norm = norm2(
    count,
    values.map((v, s) => v * roots[s]),
    0,
    1,
  );
  const error = norm2(
    count,
    values.map((v, s) => (v - model[s]) * roots[s]),
    0,
    1,
  );
  return error === 0 ? 0 : norm === 0 ? error : error / norm;
}
