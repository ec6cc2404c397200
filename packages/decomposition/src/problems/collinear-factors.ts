import {
  add,
  eye,
  full,
  matmul,
  matrixTranspose,
  mul,
  type Shape,
  showShape,
  type Tensor,
  tensor,
} from '@neuronseek/tensor';
import { cholesky, qr } from '@neuronseek/tensor/linalg';
import { type Key, key as keyOf, normal, split } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';
import { checkRank } from '../checks/check-rank.js';

/** Options of `collinearFactors`. */
export interface CollinearFactorsOptions {
  /** Sizes of the modes, each at least the rank. */
  readonly shape: Shape;
  /** Number of columns. */
  readonly rank: number;
  /** Cosine between any two columns of a factor, above -1/(rank - 1) and below 1. */
  readonly collinearity: number;
  /** Key of the directions. Default: key(0). */
  readonly key?: Key;
}

/** Defaults of `collinearFactors`. */
export const collinearFactorsDefaults: Required<Pick<CollinearFactorsOptions, 'key'>> = {
  key: /* @__PURE__ */ keyOf(0),
};

/**
 * Factor matrices [Iₙ, R] of unit columns with one and the same cosine between any two of them, otherwise random: Q·Lᵀ with Q
 * orthonormal and L·Lᵀ the matrix with ones on the diagonal and `collinearity` elsewhere. Near 1 they are what alternating least
 * squares is slow on. (Tomasi & Bro 2006)
 *
 * @throws RangeError where the rank exceeds a size or the collinearity is out of its range
 */
export function collinearFactors(options: CollinearFactorsOptions): Tensor[] {
  const { shape, rank, collinearity, key = collinearFactorsDefaults.key } = options;
  checkKey('collinearFactors', key);
  checkRank('collinearFactors', rank);
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= rank)) {
    throw new RangeError(`collinearFactors: a size is below the rank: shape is ${showShape(shape)}, rank is ${rank}`);
  }
  if (!(collinearity > (rank === 1 ? -1 : -1 / (rank - 1)) && collinearity < 1)) {
    throw new RangeError(
      `collinearFactors: collinearity is not above -1/(rank - 1) and below 1: it is ${collinearity}, rank is ${rank}`,
    );
  }
  const gram = add(mul(eye(rank), 1 - collinearity), full([rank, rank], collinearity));
  const mix = matrixTranspose(cholesky(gram));
  const keys = split(key, shape.length);
  return shape.map((size, n) => matmul(qr(tensor(normal(keys[n], size * rank), [size, rank])).q, mix));
}
