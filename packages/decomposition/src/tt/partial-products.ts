import { gemm } from '@neuronseek/tensor/kernels';
import type { TtNumbers } from './tt-numbers.js';

/** The first `cut` cores multiplied out: a matrix [Π n_k, r_cut]; [1, 1] for none. */
export function leadingProduct({ shape, ranks, cores }: TtNumbers, cut: number): Float64Array {
  let product = Float64Array.of(1);
  let rows = 1;
  for (let k = 0; k < cut; k++) {
    const columns = shape[k] * ranks[k + 1];
    const next = new Float64Array(rows * columns);
    gemm(rows, columns, ranks[k], product, 0, ranks[k], 1, cores[k], 0, columns, 1, next, 0, columns, false);
    product = next;
    rows *= shape[k];
  }
  return product;
}

/** The cores from `cut` multiplied out: a matrix [r_cut, Π n_k]; [1, 1] for none. */
export function trailingProduct({ shape, ranks, cores }: TtNumbers, cut: number): Float64Array {
  let product = Float64Array.of(1);
  let columns = 1;
  for (let k = shape.length - 1; k >= cut; k--) {
    const rows = ranks[k] * shape[k];
    const next = new Float64Array(rows * columns);
    gemm(rows, columns, ranks[k + 1], cores[k], 0, ranks[k + 1], 1, product, 0, columns, 1, next, 0, columns, false);
    product = next;
    columns *= shape[k];
  }
  return product;
}
