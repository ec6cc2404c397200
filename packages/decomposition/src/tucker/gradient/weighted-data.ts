import { flatten, showShape, type Tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { checkFinite } from '../../checks/check-finite.js';
import { checkNorm } from '../../checks/check-norm.js';
import { checkTensor } from '../../checks/check-tensor.js';
import type { OptData } from './minimize-residual.js';

/** Data and weights, and the data with gaps closed to start from. */
export interface WeightedData extends OptData {
  readonly weights: Float64Array;
  /** The elements with the mean of the observed ones where the weight is 0, and none of enormous size. */
  readonly filled: Float64Array;
}

/**
 * Data with weights from 0, divided by ‖√w∘x‖; the weights divided by the largest. Elements with weight 0 are not
 * looked at: they count as 0.
 */
export function weightedData(name: string, x: Tensor, weights: Tensor): WeightedData {
  checkTensor(name, 'x', x);
  checkTensor(name, 'weights', weights);
  if (x.order === 0) throw new RangeError(`${name}: x needs at least one mode: its shape is []`);
  if (x.size === 0) throw new RangeError(`${name}: x has no elements: its shape is ${showShape(x.shape)}`);
  if (showShape(weights.shape) !== showShape(x.shape)) {
    throw new RangeError(`${name}: weights has shape ${showShape(weights.shape)}, expected ${showShape(x.shape)}`);
  }
  const given = Float64Array.from(flatten(weights));
  checkFinite(name, 'weights', given, x.shape);
  const negative = given.findIndex((w) => w < 0);
  if (negative >= 0) throw new RangeError(`${name}: weights has a negative entry: ${given[negative]}`);
  const largest = given.reduce((most, w) => Math.max(most, w), 0);
  if (largest === 0) throw new RangeError(`${name}: weights are all zero: nothing is observed`);
  const source = flatten(x);
  const elements = new Float64Array(x.size);
  for (let q = 0; q < elements.length; q++) {
    given[q] /= largest;
    if (given[q] > 0) elements[q] = source[q];
  }
  checkFinite(name, 'x', elements, x.shape);
  checkNorm(name, 'x', norm2(elements.length, elements, 0, 1));
  // With weights, so that elements that hardly count do not push those that do below the range of squares.
  const counting = elements.map((v, q) => Math.sqrt(given[q]) * v);
  const norm = norm2(counting.length, counting, 0, 1) || 1;
  let [squares, sum, count] = [0, 0, 0];
  for (let q = 0; q < elements.length; q++) {
    elements[q] /= norm;
    squares += given[q] * elements[q] * elements[q];
    if (given[q] > 0) [sum, count] = [sum + tamed(elements[q]), count + 1];
  }
  const filled = elements.map((v, q) => (given[q] > 0 ? tamed(v) : sum / count));
  return { shape: x.shape, elements, norm, squares, weights: given, filled };
}

/** Elements larger than this times ‖√w∘x‖ hardly count, and the rounding of a start made of them would hide all others. */
const ENORMOUS = 1e8;

function tamed(v: number): number {
  return Math.max(-ENORMOUS, Math.min(ENORMOUS, v));
}
