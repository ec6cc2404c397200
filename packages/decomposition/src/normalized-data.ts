import { flatten, type Shape, showShape, type Tensor } from '@neuronseek/tensor';
import { gemm, norm2 } from '@neuronseek/tensor/kernels';
import { checkFinite } from './checks/check-finite.js';
import { checkTensor } from './checks/check-tensor.js';

/** A dense tensor divided by its norm, so that algorithms see numbers of one size whatever the units of the data. */
export interface NormalizedData {
  readonly shape: Shape;
  /** x / norm in row-major order, a buffer of its own. */
  readonly elements: Float64Array;
  /** ‖x‖, or 1 where x is zero. */
  readonly norm: number;
  /** Sum of squares of `elements` as it is: 1 up to rounding, or 0. */
  readonly squares: number;
}

/** Component norms may be far above the norm of the data; this leaves them eight decades. */
const LARGEST_NORM = 1e300;

/** The data of a decomposition, in an array from `allocate`, refused unless they have at least one mode, no empty mode and finite entries of norm up to 1e300. */
export function normalizedData(
  name: string,
  x: Tensor,
  allocate: (length: number) => Float64Array = (length) => new Float64Array(length),
): NormalizedData {
  checkTensor(name, 'x', x);
  if (x.order === 0) throw new RangeError(`${name}: x needs at least one mode: its shape is []`);
  if (x.size === 0) throw new RangeError(`${name}: x has no elements: its shape is ${showShape(x.shape)}`);
  const source = flatten(x);
  checkFinite(name, 'x', source, x.shape);
  const elements = allocate(source.length);
  elements.set(source);
  const norm = norm2(elements.length, elements, 0, 1) || 1;
  if (norm > LARGEST_NORM) throw new RangeError(`${name}: x needs a norm of at most ${LARGEST_NORM}: it is ${norm}`);
  for (let q = 0; q < elements.length; q++) elements[q] /= norm;
  // As a matrix product, because that sums in blocks: a plain sum of 10⁶ squares is off by up to 10⁻¹⁰.
  const squares = new Float64Array(1);
  gemm(1, 1, elements.length, elements, 0, 0, 1, elements, 0, 1, 0, squares, 0, 1, false);
  return { shape: x.shape, elements, norm, squares: squares[0] };
}
