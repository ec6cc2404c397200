import { lu, luSolve, norm2 } from '@neuronseek/tensor/kernels';
import { type Key, normal } from '@neuronseek/tensor/random';
import { eigenvalues } from './eigenvalues.js';

/** Each solve multiplies the share of the wanted vector by the inverse of the distance to the eigenvalue, which is rounding. */
const SOLVES = 2;

/**
 * A basis of eigenvectors of a real n × n matrix as columns of unit norm; of a conjugate pair, the real and the imaginary part. undefined where
 * eigenvalues are not found. Inverse iteration from random vectors: a repeated eigenvalue gives vectors of its eigenspace. Cost: about n⁴ flops, n small.
 */
export function eigenvectors(n: number, matrix: Float64Array, key: Key): Float64Array | undefined {
  const values = eigenvalues(n, matrix);
  if (values === undefined) return undefined;
  const scale = matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const draws = normal(key, 2 * n * n);
  const vectors = new Float64Array(n * n);
  const put = (column: number, vector: Float64Array): void => {
    const length = norm2(n, vector, 0, 1) || 1;
    for (let i = 0; i < n; i++) vectors[i * n + column] = vector[i] / length;
  };
  for (let j = 0; j < n; j++) {
    const [a, b] = [values.real[j], values.imaginary[j]];
    const start = draws.subarray(2 * n * j, 2 * n * (j + 1));
    if (b === 0) {
      put(j, nullVector(n, shifted(n, matrix, a, scale), start.subarray(0, n)));
      continue;
    }
    // (A - a - ib)(u + iv) = 0 over the reals.
    const found = nullVector(2 * n, doubled(n, matrix, a, b, scale), start);
    put(j, found.subarray(0, n));
    put(j + 1, found.subarray(n));
    j++;
  }
  return vectors;
}

/** A - a·I with a moved by rounding, so that it can be solved with. */
function shifted(n: number, matrix: Float64Array, a: number, scale: number): Float64Array {
  const out = matrix.slice();
  for (let i = 0; i < n; i++) out[i * n + i] -= a + 2 ** -50 * scale;
  return out;
}

/** [[A - a, b], [-b, A - a]] */
function doubled(n: number, matrix: Float64Array, a: number, b: number, scale: number): Float64Array {
  const out = new Float64Array(4 * n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = matrix[i * n + j] - (i === j ? a + 2 ** -50 * scale : 0);
      out[i * 2 * n + j] = value;
      out[(n + i) * 2 * n + n + j] = value;
    }
    out[i * 2 * n + n + i] = b;
    out[(n + i) * 2 * n + i] = -b;
  }
  return out;
}

/** The vector that a nearly singular matrix nearly maps to zero. The matrix is overwritten. */
function nullVector(n: number, matrix: Float64Array, start: Float64Array): Float64Array {
  const pivots = new Int32Array(n);
  const vector = start.slice();
  if (lu(n, matrix, 0, pivots, 0) !== -1) {
    // Exactly singular: the zero pivot is as good as any tiny one.
    for (let i = 0; i < n; i++) if (matrix[i * n + i] === 0) matrix[i * n + i] = 2 ** -1000;
  }
  for (let k = 0; k < SOLVES; k++) {
    luSolve(n, 1, matrix, 0, pivots, 0, false, vector, 0);
    const length = norm2(n, vector, 0, 1);
    if (!(length > 0 && length < Infinity)) return start;
    for (let i = 0; i < n; i++) vector[i] /= length;
  }
  return vector;
}
