import { gemm } from '@neuronseek/tensor/kernels';
import { solveNormal } from '../als/solve-normal.js';

/**
 * Leverage scores of the rows of a matrix [rows, rank]: the squared row norms of an orthonormal basis of its columns, aᵢ·(AᵀA)⁺·aᵢᵀ, between 0 and 1, of sum the
 * rank of A. By the Gram matrix: good to rounding times its condition, directions below 1e-8 of the largest singular value count as none. 4·rows·rank² flops.
 */
export function leverageScores(matrix: Float64Array, rank: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  gemm(rank, rank, matrix.length / rank, matrix, 0, 1, rank, matrix, 0, rank, 1, gram, 0, rank, false);
  const dual = solveNormal(rank, gram, matrix);
  const scores = new Float64Array(matrix.length / rank);
  for (let q = 0; q < matrix.length; q++) scores[Math.floor(q / rank)] += matrix[q] * dual[q];
  return scores;
}

/** Probabilities in proportion to leverage scores; all alike where every score is 0. */
export function leverageProbabilities(matrix: Float64Array, rank: number): Float64Array {
  const scores = leverageScores(matrix, rank).map((score) => Math.max(score, 0));
  const total = scores.reduce((a, b) => a + b, 0);
  return scores.map((score) => (total > 0 ? score / total : 1 / scores.length));
}
