import { type Shape, tensor } from '@neuronseek/tensor';
import { eigh, gemm } from '@neuronseek/tensor/kernels';
import { type Key, normal, split } from '@neuronseek/tensor/random';
import { float64Elements } from '../float64-elements.js';
import { modeGram } from '../kernels/mode-gram/index.js';
import { unfold } from '../multilinear/unfold.js';
import { unitColumns } from './unit-columns.js';

/** Factors with standard normal entries, that of mode n from the n-th child of the key. */
export function randomFactors(shape: Shape, rank: number, key: Key): Float64Array[] {
  const keys = split(key, shape.length);
  return shape.map((size, mode) => normal(keys[mode], size * rank));
}

/** Factors of leading left singular vectors of the unfoldings, completed by unit random columns where there are no more. */
export function svdFactors(elements: Float64Array, shape: Shape, rank: number, key: Key): Float64Array[] {
  const random = randomFactors(shape, rank, key);
  return shape.map((_, mode) => {
    const { unit } = unitColumns(random[mode], rank);
    leadingVectors(elements, shape, mode, rank).forEach((vector, r) => {
      vector.forEach((value, i) => {
        unit[i * rank + r] = value;
      });
    });
    return unit;
  });
}

/**
 * At most `count` left singular vectors of the unfolding in `mode`, largest singular value first, none for those that are zero to the
 * accuracy of a Gram matrix. The smaller of the two Gram matrices is formed: a mode of 10,000 in front of 100 columns costs a
 * 100 × 100 eigenproblem.
 */
function leadingVectors(elements: Float64Array, shape: Shape, mode: number, count: number): Float64Array[] {
  const size = shape[mode];
  const columns = elements.length / size;
  const n = Math.min(size, columns);
  const gram = new Float64Array(n * n);
  const matrix = size > columns ? float64Elements(unfold(tensor(elements, shape), mode)) : elements;
  if (size > columns) modeGram(matrix, [size, columns], 1, gram);
  else modeGram(elements, shape, mode, gram);

  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  eigh(n, gram, 0, values, 0, vectors, 0);
  const list: Float64Array[] = [];
  for (let j = n - 1; j >= 0 && list.length < count && values[j] > n * 2 ** -52 * values[n - 1]; j--) {
    const right = Float64Array.from({ length: n }, (_, i) => vectors[i * n + j]);
    list.push(size > columns ? unitColumns(product(matrix, right), 1).unit : right);
  }
  return list;
}

/** Matrix times vector. */
function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const rows = matrix.length / vector.length;
  const out = new Float64Array(rows);
  gemm(rows, 1, vector.length, matrix, 0, vector.length, 1, vector, 0, 1, 1, out, 0, 1, false);
  return out;
}
