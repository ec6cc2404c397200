import type { Tensor } from '../tensor.js';
import { type DiagonalOptions, diagonalNamed } from './diagonal.js';
import { sum } from './sum-broadcast.js';

/** Sum of a diagonal of the matrices that two axes (default [0, 1]) span; 0 when `offset` points past them. Dtype as of `sum`. */
export function trace(x: Tensor, options: DiagonalOptions = {}): Tensor {
  return sum(diagonalNamed('trace', x, options), { axes: -1 });
}
