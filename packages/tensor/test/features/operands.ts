import { type Tensor, tensor } from '../../src/index.js';

// Nothing special about them: no zeros, no ties, no whole numbers, magnitudes below 1 and above.

export const vector: Tensor = tensor([0.3, -0.7, 0.55]);
export const otherVector: Tensor = tensor([-0.4, 0.65, 0.9]);
export const positive: Tensor = tensor([0.4, 1.7, 2.3]);
export const aboveOne: Tensor = tensor([1.2, 2.6, 1.7]);
export const matrix: Tensor = tensor([
  [0.3, -0.7, 1.4],
  [1.1, 0.45, -0.2],
]);
export const otherMatrix: Tensor = tensor([
  [1.3, 0.35],
  [-0.6, 0.8],
  [0.25, -1.1],
]);
export const square: Tensor = tensor([
  [2.1, 0.3, -0.4],
  [0.7, 1.9, 0.2],
  [-0.5, 0.6, 3.2],
]);
/** Symmetric and positive definite, eigenvalues apart. */
export const definite: Tensor = tensor([
  [3.1, 0.4, -0.2],
  [0.4, 1.7, 0.3],
  [-0.2, 0.3, 5.2],
]);
export const tall: Tensor = tensor([
  [1.3, 0.35],
  [-0.6, 0.8],
  [0.25, -2.1],
]);
/** [1, 1, 4] and [1, 1, 3, 4], for windows. */
export const signal: Tensor = tensor([[[0.3, -0.7, 1.4, 0.9]]]);
export const image: Tensor = tensor([
  [
    [
      [0.3, -0.7, 1.4, 0.2],
      [1.1, 0.45, -0.2, 0.95],
      [-1.3, 0.6, 0.15, -0.35],
    ],
  ],
]);
