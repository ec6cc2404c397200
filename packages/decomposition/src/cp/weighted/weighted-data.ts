import { flatten, showShape, type Tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { checkFinite, indexOf } from '../../checks/check-finite.js';
import { checkTensor } from '../../checks/check-tensor.js';

/** Data of norm 1 over what is observed, and how much each element counts. */
export interface WeightedData {
  readonly shape: readonly number[];
  /** x / norm in row-major order, 0 where the weight is 0. */
  readonly elements: Float64Array;
  /** ‖√w∘x‖, or 1 where that is zero. */
  readonly norm: number;
  /** What the norm of the model is divided by for its relative error: 1, or what undoes the scale of w where x is zero. */
  readonly unit: number;
  /** w ≤ 1: the weights over the largest of them. */
  readonly weights: Float64Array;
  readonly largestWeight: number;
  /** Number of elements of a weight above 0. */
  readonly observed: number;
  /** The average of w. */
  readonly mean: number;
  /**
   * Sums of w over the slices of each mode, in units of their average: their outer product, times `mean`, is the rank-one tensor closest to w in the sense of Kullback
   * and Leibler.
   */
  readonly slices: readonly Float64Array[];
}

/** As for fits without weights: the norms of components may be eight decades above that of the data. */
const LARGEST_NORM = 1e300;

/** Elements whose norm is taken at once. */
const BLOCK = 4096;

/**
 * The data of a weighted fit, in arrays from `take`; x is not read where the weight is 0.
 *
 * @throws RangeError where x has no or an empty mode or is not finite where it counts, or weights have another shape, are negative, not finite, or all
 * zero; TypeError where either is not a tensor
 */
export function weightedData(
  name: string,
  x: Tensor,
  weights: Tensor,
  take: (length: number) => Float64Array = (length) => new Float64Array(length),
): WeightedData {
  checkTensor(name, 'x', x);
  checkTensor(name, 'weights', weights);
  const { shape } = x;
  if (x.order === 0) throw new RangeError(`${name}: x needs at least one mode: its shape is []`);
  if (x.size === 0) throw new RangeError(`${name}: x has no elements: its shape is ${showShape(shape)}`);
  if (showShape(weights.shape) !== showShape(shape)) {
    throw new RangeError(`${name}: weights has shape ${showShape(weights.shape)}, expected ${showShape(shape)}`);
  }
  const w = take(x.size);
  w.set(flatten(weights));
  checkFinite(name, 'weights', w, shape);
  const elements = take(w.length).fill(0);
  const source = flatten(x);
  let [largestWeight, observed] = [0, 0];
  for (let q = 0; q < w.length; q++) {
    const weight = w[q];
    if (weight === 0) continue;
    if (weight < 0)
      throw new RangeError(`${name}: weights is negative at [${indexOf(q, shape).join(', ')}]: ${weight}`);
    if (weight > largestWeight) largestWeight = weight;
    elements[q] = source[q];
    observed++;
  }
  if (observed === 0) throw new RangeError(`${name}: weights has no entry above 0: nothing is observed`);
  if (largestWeight !== 1) for (let q = 0; q < w.length; q++) w[q] /= largestWeight;

  const squares = sumOfSquares(elements, w);
  const isGood = squares > LEAST_SQUARES && squares < Infinity;
  // A finite sum says that every element is finite.
  if (!isGood) checkFinite(name, 'x', elements, shape);
  const found = isGood ? Math.sqrt(squares) : weightedNorm(elements, w);
  const norm = found || 1;
  if (norm > LARGEST_NORM) throw new RangeError(`${name}: x needs a norm of at most ${LARGEST_NORM}: it is ${norm}`);
  divide(elements, norm);
  const unit = found > 0 ? 1 : 1 / Math.sqrt(largestWeight);
  return { shape, elements, norm, unit, weights: w, largestWeight, observed, ...marginals(w, shape) };
}

/** Below, the inverse overflows; a multiplication takes a third of the time of a division. */
const SMALLEST_INVERTIBLE = 2 ** -1000;

function divide(x: Float64Array, norm: number): void {
  const scale = 1 / norm;
  if (norm > SMALLEST_INVERTIBLE) for (let q = 0; q < x.length; q++) x[q] *= scale;
  else for (let q = 0; q < x.length; q++) x[q] /= norm;
}

/** Where a sum of squares is good without scaling. */
const LEAST_SQUARES = 1e-280;

/** Σ w·x², in blocks so that a sum of a million keeps its digits. */
function sumOfSquares(x: Float64Array, w: Float64Array): number {
  let total = 0;
  for (let from = 0; from < x.length; from += BLOCK) {
    const end = Math.min(from + BLOCK, x.length);
    let sum = 0;
    for (let q = from; q < end; q++) sum += w[q] * x[q] * x[q];
    total += sum;
  }
  return total;
}

/** ‖√w∘x‖, of any scale. */
function weightedNorm(x: Float64Array, w: Float64Array): number {
  const block = new Float64Array(Math.min(BLOCK, x.length));
  const norms = new Float64Array(Math.ceil(x.length / BLOCK));
  for (let b = 0; b < norms.length; b++) {
    const from = b * BLOCK;
    const count = Math.min(BLOCK, x.length - from);
    for (let q = 0; q < count; q++) block[q] = Math.sqrt(w[from + q]) * x[from + q];
    norms[b] = norm2(count, block, 0, 1);
  }
  return norm2(norms.length, norms, 0, 1);
}

function marginals(w: Float64Array, shape: readonly number[]): Pick<WeightedData, 'mean' | 'slices'> {
  // Sums over runs of the last mode first: the others are sums of those.
  const last = shape[shape.length - 1];
  const runs = new Float64Array(w.length / last);
  const ends = new Float64Array(last);
  let at = 0;
  for (let run = 0; run < runs.length; run++) {
    let sum = 0;
    for (let i = 0; i < last; i++, at++) {
      sum += w[at];
      ends[i] += w[at];
    }
    runs[run] = sum;
  }
  const total = ends.reduce((a, b) => a + b, 0);
  let inner = runs.length;
  const slices = shape.map((size, mode) => {
    const sums = mode === shape.length - 1 ? ends : new Float64Array(size);
    if (mode < shape.length - 1) {
      inner /= size;
      for (let run = 0; run < runs.length; run++) sums[Math.floor(run / inner) % size] += runs[run];
    }
    return sums.map((sum) => (sum * size) / total);
  });
  return { mean: total / w.length, slices };
}
