import type fc from 'fast-check';
import type { Data } from '../data.js';
import { data } from './data.js';
import { shape } from './shape.js';
import type { ValueOptions } from './value.js';

/** Options of `matrix`: those of `value`, and the sizes. */
export interface MatrixOptions extends ValueOptions {
  /** Number of rows; default: 1 to maxSize. */
  readonly rows?: number;
  /** Number of columns; default: 1 to maxSize. */
  readonly columns?: number;
  /** Bound of sizes that are not given, default 6. */
  readonly maxSize?: number;
}

/** Default bound of sizes of all matrix arbitraries. */
export const matrixDefaults: { readonly maxSize: number } = { maxSize: 6 };

/** Matrices of any condition, as data of shape [rows, columns]. */
export function matrix(options: MatrixOptions = {}): fc.Arbitrary<Data> {
  const { rows, columns, maxSize = matrixDefaults.maxSize, min, max, special } = options;
  return shape({ minOrder: 2, maxOrder: 2, minSize: 1, maxSize }).chain(([m, n]) =>
    data({ shape: [rows ?? m, columns ?? n], min, max, special }),
  );
}
