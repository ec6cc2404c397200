import { eigh, gemm } from '@neuronseek/tensor/kernels';
import { type Key, normal } from '@neuronseek/tensor/random';
import { modeGram } from '../../kernels/mode-gram/index.js';
import { modeSubspace } from '../../low-rank/mode-subspace.js';
import { orthonormal } from '../../low-rank/orthonormal.js';

/** Vectors iterated beyond those wanted, and how often: singular values that stand out of noise by a half then have a share of noise of 2 %. */
const OVERSAMPLING = 8;
const ITERATIONS = 4;

/** Sizes from which all eigenvectors cost more than the leading ones. */
const LARGE = 64;

/** The rounding of a Gram matrix may be this share of the square that is left out. */
const GRAM_SHARE = 0.01;

/**
 * Orthonormal columns [Iₙ, rank] that span, as nearly as a start needs, what the leading left singular vectors of an unfolding do: block subspace
 * iteration on the Gram matrix, which costs a fraction of all its eigenvectors; those of `modeSubspace` for small modes and where what is left out is no more
 * than the rounding of the Gram matrix. Cost: 2·Iₙ·size(x) + 10·(rank + 8)·Iₙ² flops.
 */
export function leadingBasis(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  rank: number,
  key: Key,
): Float64Array {
  const size = shape[mode];
  const exact = (): Float64Array => modeSubspace(x, shape, mode, { rank }).basis;
  if (size < LARGE || 2 * (rank + OVERSAMPLING) > size || x.length / size < size) return exact();
  const gram = new Float64Array(size * size);
  modeGram(x, shape, mode, gram);
  const { basis, rest, trace } = leadingEigenvectors(gram, size, rank, key);
  return rest * GRAM_SHARE > size * 2 ** -52 * trace ? basis : exact();
}

/** Leading eigenvectors [size, rank] of a Gram matrix, its trace, and what the eigenvalues that belong to them leave of it. */
export function leadingEigenvectors(
  gram: Float64Array,
  size: number,
  rank: number,
  key: Key,
): { readonly basis: Float64Array; readonly rest: number; readonly trace: number } {
  const count = Math.min(size, rank + OVERSAMPLING);
  const image = new Float64Array(size * count);
  const multiply = (): void => gemm(size, count, size, gram, 0, size, 1, basis, 0, count, 1, image, 0, count, false);
  let basis = orthonormal(normal(key, size * count), size, count, count);
  for (let k = 0; k < ITERATIONS; k++) {
    multiply();
    basis = orthonormal(image, size, count, count);
  }
  multiply();
  const small = new Float64Array(count * count);
  gemm(count, count, size, basis, 0, 1, count, image, 0, count, 1, small, 0, count, false);
  const values = new Float64Array(count);
  const vectors = new Float64Array(count * count);
  eigh(count, small, 0, values, 0, vectors, 0);
  let trace = 0;
  let kept = 0;
  for (let i = 0; i < size; i++) trace += gram[i * size + i];
  for (let j = count - rank; j < count; j++) kept += values[j];
  const leading = new Float64Array(count * rank);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < rank; j++) leading[i * rank + j] = vectors[i * count + count - 1 - j];
  }
  const out = new Float64Array(size * rank);
  gemm(size, rank, count, basis, 0, count, 1, leading, 0, rank, 1, out, 0, rank, false);
  return { basis: out, rest: trace - kept, trace };
}
