import { cholesky, triangularSolve } from '@neuronseek/tensor/kernels';
import { conjugateGradients } from './conjugate-gradients.js';
import { denseNormal, type NormalMatrix } from './normal-matrix.js';

/** Parameters up to which the normal matrix is formed and factored. */
const MOST_DENSE = 500;

/** The damping may not fall below what rounding makes of the diagonal. */
const SMALLEST_DAMPING = 2 ** -50;

/** Solves (JᵀJ + diag(added))·x = b for as many b as there are. */
export interface StepSolver {
  /** Whether more than one right-hand side costs next to nothing. */
  readonly isFactored: boolean;
  /** undefined where numbers leave their range. */
  readonly solve: (b: Float64Array, accuracy: number) => Float64Array | undefined;
}

/**
 * A solver for one damping, or undefined where the matrix is not positive definite to working accuracy.
 *
 * Few parameters: a dense Cholesky factorisation, which nearly collinear components need, because conjugate gradients would lose as many digits as the
 * matrix has decades of condition. Else conjugate gradients, preconditioned by the blocks Gₙ ⊗ I.
 */
export function stepSolver(normal: NormalMatrix, added: Float64Array): StepSolver | undefined {
  const { size } = normal;
  if (size > MOST_DENSE) {
    return { isFactored: false, solve: (b, accuracy) => conjugateGradients(normal, added, b, accuracy) };
  }
  const matrix = denseNormal(normal, true);
  for (let q = 0; q < size; q++) matrix[q * size + q] += added[q] + SMALLEST_DAMPING * matrix[q * size + q];
  if (cholesky(size, matrix, 0) !== -1) return undefined;
  const solve = (b: Float64Array): Float64Array | undefined => {
    const x = b.slice();
    triangularSolve(size, 1, matrix, 0, true, false, false, x, 0);
    triangularSolve(size, 1, matrix, 0, true, true, false, x, 0);
    return x.every(Number.isFinite) ? x : undefined;
  };
  return { isFactored: true, solve };
}
