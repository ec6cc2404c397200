import fc from 'fast-check';
import type { Data } from '../data.js';
import { value } from './value.js';
import { type SquareOptions, squareSize } from './well-conditioned.js';

/**
 * Symmetric positive definite matrices I + B B^T with |b_ij| <= 1: the smallest eigenvalue is at least 1, the condition number
 * at most 1 + n^2, and symmetry is exact.
 */
export function symmetricPositiveDefinite(options: SquareOptions = {}): fc.Arbitrary<Data> {
  return squareSize(options).chain((n) =>
    fc.array(value({ min: -1, max: 1 }), { minLength: n * n, maxLength: n * n }).map((b) => {
      const out = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = i === j ? 1 : 0;
          for (let k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
          out[i * n + j] = sum;
          out[j * n + i] = sum;
        }
      }
      return { shape: [n, n], data: out };
    }),
  );
}
