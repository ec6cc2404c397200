import { cholesky, gemm, triangularSolve } from '@neuronseek/tensor/kernels';
import { type NormalMatrix, timesNormal } from './normal-matrix.js';

/** More steps than this do not pay: a shorter one further on costs as much. */
const MOST_STEPS = 60;

/** A solution, and whether it has the accuracy asked for. */
export interface CgSolution {
  readonly x: Float64Array;
  readonly isAccurate: boolean;
}

/**
 * (JᵀJ + diag(added))·x = b by conjugate gradients with block-Jacobi preconditioning, until the residual has fallen to `accuracy` of b in the norm of the
 * preconditioner. Any number of steps gives a direction of descent. (Hestenes & Stiefel 1952; Sorber, Van Barel & De Lathauwer 2013)
 */
export function conjugateGradients(
  normal: NormalMatrix,
  added: Float64Array,
  b: Float64Array,
  accuracy: number,
): CgSolution | undefined {
  const precondition = preconditioner(normal, added);
  if (precondition === undefined) return undefined;
  const { size } = normal;
  const x = new Float64Array(size);
  const rest = b.slice();
  const z = new Float64Array(size);
  const product = new Float64Array(size);
  precondition(rest, z);
  const direction = z.slice();
  let rho = dot(rest, z);
  const enough = accuracy * accuracy * rho;
  for (let step = 0; step < MOST_STEPS && rho > enough; step++) {
    timesNormal(normal, direction, product);
    for (let q = 0; q < size; q++) product[q] += added[q] * direction[q];
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    const alpha = rho / curvature;
    for (let q = 0; q < size; q++) {
      x[q] += alpha * direction[q];
      rest[q] -= alpha * product[q];
    }
    precondition(rest, z);
    const next = dot(rest, z);
    const beta = next / rho;
    rho = next;
    for (let q = 0; q < size; q++) direction[q] = z[q] + beta * direction[q];
  }
  return x.every(Number.isFinite) ? { x, isAccurate: !(rho > enough) } : undefined;
}

/** out = v times the inverses of the damped Gₙ, which are small enough to be formed. */
function preconditioner(
  { rank, factors, free, offsets, grams }: NormalMatrix,
  added: Float64Array,
): ((v: Float64Array, out: Float64Array) => void) | undefined {
  const inverses: Float64Array[] = [];
  for (let mode = 0; mode < factors.length; mode++) {
    const damped = grams[mode].slice();
    const inverse = new Float64Array(rank * rank);
    for (let r = 0; r < rank; r++) {
      damped[r * rank + r] += added[free[mode] ? offsets[mode] + r : 0] + 2 ** -40 * grams[mode][r * rank + r];
      inverse[r * rank + r] = 1;
    }
    if (free[mode]) {
      if (cholesky(rank, damped, 0) !== -1) return undefined;
      triangularSolve(rank, rank, damped, 0, true, false, false, inverse, 0);
      triangularSolve(rank, rank, damped, 0, true, true, false, inverse, 0);
    }
    inverses.push(inverse);
  }
  return (v, out) => {
    factors.forEach((factor, mode) => {
      if (!free[mode]) return;
      const at = offsets[mode];
      gemm(factor.length / rank, rank, rank, v, at, rank, 1, inverses[mode], 0, rank, 1, out, at, rank, false);
    });
  };
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let q = 0; q < a.length; q++) sum += a[q] * b[q];
  return sum;
}
