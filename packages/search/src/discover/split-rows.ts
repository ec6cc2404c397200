import { type Key, permutation } from '@neuronseek/tensor/random';

/** Row numbers of the three parts of a table. */
export interface RowSplit {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** Shuffles rows and takes 20 % of them for the test, 10 % for validation and the rest for training, as in the reference's protocol. */
export function splitRows(rows: readonly number[], key: Key): RowSplit {
  const order = Array.from(permutation(key, rows.length), (i) => rows[i]);
  const test = Math.round(0.2 * rows.length);
  const validation = Math.round(0.1 * rows.length);
  return {
    test: order.slice(0, test),
    validation: order.slice(test, test + validation),
    train: order.slice(test + validation),
  };
}
