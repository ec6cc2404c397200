import { flatten, type Shape, showShape, type Tensor } from '@neuronseek/tensor';
import { log2 } from '@neuronseek/tensor/math';
import { checkFinite } from './checks/check-finite.js';
import { checkNorm } from './checks/check-norm.js';
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
  const norm = normOf(name, source, x.shape) || 1;
  checkNorm(name, 'x', norm);
  const elements = allocate(source.length);
  return { shape: x.shape, elements, norm, squares: copyScaled(source, norm, elements) };
}

/** Where a sum of squares is good without scaling. */
const LEAST_SQUARES = 1e-280;

/** Norm of the data, refused where an element is not finite. A sum of squares that is finite says that all of them are: one pass over the data. */
function normOf(name: string, source: ArrayLike<number>, shape: Shape): number {
  const squares = sumOfSquares(source, 0, source.length);
  if (squares > LEAST_SQUARES && squares < Infinity) return Math.sqrt(squares);
  checkFinite(name, 'x', source, shape);
  let largest = 0;
  for (let q = 0; q < source.length; q++) largest = Math.max(largest, Math.abs(source[q]));
  if (largest === 0) return 0;
  // By a power of 2, which rounds nothing, in two halves, because the inverse of the smallest numbers is infinite.
  const half = 2 ** Math.round(-log2(largest) / 2);
  const scaled = Float64Array.from(source, (v) => v * half * half);
  return Math.sqrt(sumOfSquares(scaled, 0, scaled.length)) / half / half;
}

/** Elements of a block of the sums of squares. */
const BLOCK = 2048;

/** out = source / norm, and the sum of the squares of what was stored. Summed in blocks: a plain sum of 10⁶ squares is off by up to 10⁻¹⁰. */
function copyScaled(source: ArrayLike<number>, norm: number, out: Float64Array): number {
  const scale = 1 / norm;
  let total = 0;
  for (let from = 0; from < out.length; from += BLOCK) {
    const end = Math.min(from + BLOCK, out.length);
    // A multiplication takes a third of the time of a division, but 1/norm has lost its digits, or is infinite, for subnormal norms.
    if (norm > SMALLEST_INVERTIBLE) for (let q = from; q < end; q++) out[q] = source[q] * scale;
    else for (let q = from; q < end; q++) out[q] = source[q] / norm;
    total += sumOfSquares(out, from, end);
  }
  return total;
}

/** Below, the inverse overflows. */
const SMALLEST_INVERTIBLE = 2 ** -1000;

/** Σ x² from one index to before another, in four sums at a time. */
function sumOfSquares(x: ArrayLike<number>, from: number, end: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let q = from;
  for (; q + 3 < end; q += 4) {
    a += x[q] * x[q];
    b += x[q + 1] * x[q + 1];
    c += x[q + 2] * x[q + 2];
    d += x[q + 3] * x[q + 3];
  }
  for (; q < end; q++) a += x[q] * x[q];
  return a + b + (c + d);
}
