import { eigh, svd } from '@neuronseek/tensor/kernels';
import { modeGram } from '../kernels/mode-gram/index.js';
import { around } from './multiply-mode.js';
import { unfoldingTriangle } from './unfolding-triangle.js';

/** Left singular vectors of an unfolding, as columns [I_n, count], and singular values in descending order. */
export interface ModeSpectrum {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
  /** Columns of `vectors`, the number of values. */
  readonly count: number;
  /** Norm of the part of the unfolding that these values do not cover. */
  readonly rest: number;
  /** Squares of values and of their tails are off by about so much. */
  readonly rounding: number;
}

/**
 * From the eigenvectors of X_(n)·X_(n)ᵀ: all I_n of them. Squares of singular values are off by I_n·eps·‖x‖². Cost: 2·I_n·size(x) + 9·I_n³ flops.
 */
export function gramSpectrum(x: Float64Array, shape: readonly number[], mode: number): ModeSpectrum {
  const size = shape[mode];
  const gram = new Float64Array(size * size);
  modeGram(x, shape, mode, gram);
  return eigenSpectrum(gram, size);
}

/** Eigenvectors of a Gram matrix [size, size] and roots of its eigenvalues, largest first. */
export function eigenSpectrum(gram: Float64Array, size: number): ModeSpectrum {
  const ascending = new Float64Array(size);
  const columns = new Float64Array(size * size);
  eigh(size, gram, 0, ascending, 0, columns, 0);
  const values = new Float64Array(size);
  const vectors = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const from = size - 1 - j;
    values[j] = Math.sqrt(Math.max(0, ascending[from]));
    for (let i = 0; i < size; i++) vectors[i * size + j] = columns[i * size + from];
  }
  const rounding = size * 2 ** -52 * values.reduce((sum, v) => sum + v * v, 0);
  return { values, vectors, count: size, rest: 0, rounding };
}

/**
 * From singular value decompositions, values right to eps·‖x‖: of the triangle of the transposed unfolding where that has at least I_n
 * columns, else of the unfolding, which then is smaller than I_n². Cost: about 2.5·I_n·size(x) + 20·I_n³ flops.
 */
export function svdSpectrum(x: Float64Array, shape: readonly number[], mode: number): ModeSpectrum {
  const size = shape[mode];
  const { left, right } = around(shape, mode);
  const columns = left * right;
  const matrix = columns >= size ? transposedTriangle(x, shape, mode) : unfolded(x, size, left, right);
  const count = Math.min(size, columns);
  const width = matrix.length / size;
  const values = new Float64Array(count);
  const vectors = new Float64Array(size * count);
  svd(size, width, matrix, 0, values, 0, vectors, 0, count, new Float64Array(count * width), 0, count);
  return { values, vectors, count, rest: 0, rounding: 0 };
}

function transposedTriangle(x: Float64Array, shape: readonly number[], mode: number): Float64Array {
  const size = shape[mode];
  const triangle = unfoldingTriangle(x, shape, mode);
  return triangle.map((_, q) => triangle[(q % size) * size + Math.floor(q / size)]);
}

function unfolded(x: Float64Array, size: number, left: number, right: number): Float64Array {
  const matrix = new Float64Array(x.length);
  for (let l = 0; l < left; l++) {
    for (let i = 0; i < size; i++) {
      const from = (l * size + i) * right;
      matrix.set(x.subarray(from, from + right), i * left * right + l * right);
    }
  }
  return matrix;
}
