import { flatten, showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { checkTensor } from '../../checks/check-tensor.js';

/**
 * The symmetric part of a tensor: the mean over all permutations of its modes, which is the nearest symmetric tensor.
 *
 *     y[i₀, …, i_{N-1}] = mean over permutations π of x[i_{π(0)}, …, i_{π(N-1)}]
 *
 * x [n, …, n] → the same shape, float64. Elements whose indices are permutations of each other come out with equal bits. Cost:
 * size(x)·N·log N, not N! passes: each element is added to that of its sorted indices.
 *
 * @throws RangeError where the modes differ in size; TypeError where x is not a tensor
 */
export function symmetrize(x: Tensor): Tensor {
  checkTensor('symmetrize', 'x', x);
  refuseUnequalModes('symmetrize', x);
  const places = sortedPlaces(x.shape);
  const elements = flatten(x);
  const [sums, counts] = [new Float64Array(x.size), new Float64Array(x.size)];
  places.forEach((place, q) => {
    // A running mean: sums of large numbers would leave the range.
    counts[place]++;
    sums[place] += (elements[q] - sums[place]) / counts[place];
  });
  return tensor(
    Float64Array.from(places, (place) => sums[place]),
    x.shape,
  );
}

/** Differences up to this share of the largest element are the rounding of whoever made the tensor. */
const ROUNDING = 1e-10;

/** Refuses what is not symmetric under every permutation of its modes, naming the elements that differ most. */
export function checkSymmetric(name: string, x: Tensor): void {
  refuseUnequalModes(name, x);
  const elements = flatten(x);
  const places = sortedPlaces(x.shape);
  let [largest, worst, difference] = [0, 0, 0];
  places.forEach((place, q) => {
    largest = Math.max(largest, Math.abs(elements[q]));
    const apart = Math.abs(elements[q] - elements[place]);
    if (apart > difference) [worst, difference] = [q, apart];
  });
  if (!(difference > ROUNDING * largest)) return;
  const show = (q: number): string => `[${indices(q, x.shape).join(', ')}]: ${elements[q]}`;
  throw new RangeError(`${name}: x is not symmetric, see symmetrize: at ${show(places[worst])}, at ${show(worst)}`);
}

function refuseUnequalModes(name: string, { shape }: Tensor): void {
  if (shape.every((size) => size === shape[0])) return;
  throw new RangeError(`${name}: x needs modes of one size: its shape is ${showShape(shape)}`);
}

/** For every element the place of that with the same indices in increasing order. */
function sortedPlaces(shape: readonly number[]): Int32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  return Int32Array.from({ length: size }, (_, q) =>
    indices(q, shape)
      .sort((a, b) => a - b)
      .reduce((place, i) => place * shape[0] + i, 0),
  );
}

function indices(q: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = q % shape[axis];
    q = Math.floor(q / shape[axis]);
  }
  return index;
}
