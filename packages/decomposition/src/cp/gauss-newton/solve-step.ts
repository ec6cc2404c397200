import { cholesky, triangularSolve } from '@neuronseek/tensor/kernels';
import { conjugateGradients } from './conjugate-gradients.js';
import { denseNormal, type NormalMatrix } from './normal-matrix.js';

/** Parameters up to which the normal matrix is formed and factored where conjugate gradients are slow, and where they are not even tried. */
const MOST_DENSE = 500;
const ALWAYS_DENSE = 120;

/** The damping may not fall below what rounding makes of the diagonal. */
const SMALLEST_DAMPING = 2 ** -50;

/** Whether the matrices of a run are factored; once conjugate gradients have been slow, all of them are. */
export interface SolverChoice {
  isDense: boolean;
}

/** The choice for a run with so many parameters. */
export function solverChoice(size: number): SolverChoice {
  return { isDense: size <= ALWAYS_DENSE };
}

/** Solves (JᵀJ + diag(added))·x = b for as many b as there are. */
export interface StepSolver {
  /** undefined where numbers leave their range; `accuracy` is what conjugate gradients may leave of b. Default: 1e-2. */
  readonly solve: (b: Float64Array, accuracy?: number) => Float64Array | undefined;
}

/** What conjugate gradients leave of their right-hand side: more digits of a step of which the model is only quadratic do not pay. */
const ACCURACY = 1e-2;

/**
 * A solver for one damping, or undefined where the matrix is not positive definite to working accuracy.
 *
 * Conjugate gradients, preconditioned by the blocks Gₙ ⊗ I, as long as they are quick. Nearly collinear components make them slow, and cost as many digits as
 * the matrix has decades of condition: there it is factored, which pays up to 500 parameters.
 */
export function stepSolver(
  normal: NormalMatrix,
  added: Float64Array,
  choice: SolverChoice = { isDense: normal.size <= MOST_DENSE },
): StepSolver | undefined {
  if (choice.isDense) return denseSolver(normal, added);
  const solve = (b: Float64Array, accuracy = ACCURACY): Float64Array | undefined => {
    const found = conjugateGradients(normal, added, b, accuracy);
    if (found?.isAccurate !== true && normal.size <= MOST_DENSE) {
      choice.isDense = true;
      return denseSolver(normal, added)?.solve(b);
    }
    return found?.x;
  };
  return { solve };
}

function denseSolver(normal: NormalMatrix, added: Float64Array): StepSolver | undefined {
  const { size } = normal;
  const matrix = denseNormal(normal, true);
  for (let q = 0; q < size; q++) matrix[q * size + q] += added[q] + SMALLEST_DAMPING * matrix[q * size + q];
  if (cholesky(size, matrix, 0) !== -1) return undefined;
  const solve = (b: Float64Array): Float64Array | undefined => {
    const x = b.slice();
    triangularSolve(size, 1, matrix, 0, true, false, false, x, 0);
    triangularSolve(size, 1, matrix, 0, true, true, false, x, 0);
    return x.every(Number.isFinite) ? x : undefined;
  };
  return { solve };
}
