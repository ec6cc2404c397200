import { gemm } from '@neuronseek/tensor/kernels';
import { fold, type Key, uniform } from '@neuronseek/tensor/random';
import { leadingEigenvectors } from './leading-basis.js';

/** Fibers drawn: so many for each vector wanted, and at least so many. */
const FIBERS_A_VECTOR = 64;
const LEAST_FIBERS = 1024;

/**
 * Orthonormal columns [I, rank] for the first or the last mode of a large tensor from a sample of its fibers, each drawn with a probability in proportion to its
 * squared norm and scaled by its inverse: the Gram matrix of the sample is an unbiased estimate of X_(n)·X_(n)ᵀ, off by about ‖x‖²/√fibers, and components
 * that live on few fibers are found by their energy. One pass over x for the norms. (Frieze, Kannan & Vempala 2004)
 */
export function sampledBasis(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  rank: number,
  key: Key,
): Float64Array {
  const size = shape[mode];
  const count = x.length / size;
  const isLast = mode > 0;
  const cumulative = isLast ? rowSquares(x, size, count) : columnSquares(x, size, count);
  for (let j = 1; j < count; j++) cumulative[j] += cumulative[j - 1];
  const total = cumulative[count - 1];
  const samples = Math.min(count, Math.max(LEAST_FIBERS, FIBERS_A_VECTOR * rank));
  const draws = uniform(fold(key, 1), samples);
  const [stride, step] = isLast ? [1, size] : [count, 1];
  const fibers = new Float64Array(samples * size);
  for (let s = 0; s < samples; s++) {
    // One draw from each of equal parts of the range: less variance than independent ones.
    const j = firstAbove(cumulative, (total * (s + draws[s])) / samples);
    const squares = cumulative[j] - (j > 0 ? cumulative[j - 1] : 0);
    const scale = squares > 0 ? Math.sqrt(total / squares / samples) : 0;
    for (let i = 0; i < size; i++) fibers[s * size + i] = x[j * step + i * stride] * scale;
  }
  const gram = new Float64Array(size * size);
  gemm(size, size, samples, fibers, 0, 1, size, fibers, 0, size, 1, gram, 0, size, false);
  return leadingEigenvectors(gram, size, rank, fold(key, 2)).basis;
}

/** Squared norms of the rows of a matrix [count, size]. */
function rowSquares(x: Float64Array, size: number, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    const end = (j + 1) * size;
    let a = 0;
    let b = 0;
    let q = j * size;
    for (; q + 1 < end; q += 2) {
      a += x[q] * x[q];
      b += x[q + 1] * x[q + 1];
    }
    if (q < end) a += x[q] * x[q];
    out[j] = a + b;
  }
  return out;
}

/** Squared norms of the columns of a matrix [size, count]. */
function columnSquares(x: Float64Array, size: number, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < size; i++) {
    const from = i * count;
    for (let j = 0; j < count; j++) out[j] += x[from + j] * x[from + j];
  }
  return out;
}

/** The first index whose entry exceeds a value; the last one where none does. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
