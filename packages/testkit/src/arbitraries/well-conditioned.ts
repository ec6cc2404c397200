import fc from 'fast-check';
import type { Data } from '../data.js';
import { matrixDefaults } from './matrix.js';
import { permutation } from './permutation.js';
import { value } from './value.js';

/** Options of `wellConditioned` and `symmetricPositiveDefinite`. */
export interface SquareOptions {
  /** Number of rows and columns; default: 1 to maxSize. */
  readonly size?: number;
  /** Bound of the size where it is not given, default 6. */
  readonly maxSize?: number;
}

/** The sizes that the options allow. */
export function squareSize(options: SquareOptions): fc.Arbitrary<number> {
  const { size, maxSize = matrixDefaults.maxSize } = options;
  return size === undefined ? fc.integer({ min: 1, max: maxSize }) : fc.constant(size);
}

/**
 * Square matrices whose condition number in the maximum norm is below 3, so that no tolerance needs it as a factor.
 *
 * A strictly dominant diagonal (n to n + 1 against at most (n - 1) / 2 beside it, either sign) with its rows permuted,
 * so that elimination without pivoting meets small pivots.
 */
export function wellConditioned(options: SquareOptions = {}): fc.Arbitrary<Data> {
  return squareSize(options).chain((n) =>
    fc
      .tuple(
        fc.array(value({ min: -0.5, max: 0.5 }), { minLength: n * n, maxLength: n * n }),
        fc.array(fc.boolean(), { minLength: n, maxLength: n }),
        permutation(n),
      )
      .map(([values, signs, rows]) => {
        const out = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            const entry = values[i * n + j];
            const pivot = n + 0.5 + entry;
            out[rows[i] * n + j] = i !== j ? entry : signs[i] ? -pivot : pivot;
          }
        }
        return { shape: [n, n], data: out };
      }),
  );
}
