import fc from 'fast-check';
import type { Data } from '../data.js';
import { matrixDefaults } from './matrix.js';
import { permutation } from './permutation.js';

/** A matrix and its exact rank. */
export interface RankDeficient {
  readonly matrix: Data;
  readonly rank: number;
}

/** Options of `rankDeficient`. */
export interface RankDeficientOptions {
  /** Number of rows; default: 1 to maxSize. */
  readonly rows?: number;
  /** Number of columns; default: 1 to maxSize. */
  readonly columns?: number;
  /** Bound of sizes that are not given, default 6. */
  readonly maxSize?: number;
}

/**
 * Integer matrices of known rank below min(rows, columns), 0 included.
 *
 * P L R Q with L (rows x rank) unit lower, R (rank x columns) unit upper trapezoidal and P, Q permutations: the leading
 * minor is 1, so the rank is exact, and small integers make the product exact too.
 */
export function rankDeficient(options: RankDeficientOptions = {}): fc.Arbitrary<RankDeficient> {
  const { rows, columns, maxSize = matrixDefaults.maxSize } = options;
  const size = fc.integer({ min: 1, max: maxSize });
  return fc
    .tuple(rows === undefined ? size : fc.constant(rows), columns === undefined ? size : fc.constant(columns))
    .chain(([m, n]) => fc.tuple(fc.constant(m), fc.constant(n), fc.nat(Math.min(m, n) - 1)))
    .chain(([m, n, rank]) =>
      fc
        .tuple(
          fc.array(fc.integer({ min: -2, max: 2 }), { minLength: m * rank, maxLength: m * rank }),
          fc.array(fc.integer({ min: -2, max: 2 }), { minLength: rank * n, maxLength: rank * n }),
          permutation(m),
          permutation(n),
        )
        .map(([left, right, rowOrder, columnOrder]) => {
          const l = (i: number, k: number): number => (k > i ? 0 : k === i ? 1 : left[i * rank + k]);
          const r = (k: number, j: number): number => (k > j ? 0 : k === j ? 1 : right[k * n + j]);
          const out = new Float64Array(m * n);
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              let sum = 0;
              for (let k = 0; k < rank; k++) sum += l(i, k) * r(k, j);
              out[rowOrder[i] * n + columnOrder[j]] = sum + 0;
            }
          }
          return { matrix: { shape: [m, n], data: out }, rank };
        }),
    );
}
