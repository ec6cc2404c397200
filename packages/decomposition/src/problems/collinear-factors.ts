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
import { type Key, key as keyOf, normal, permutation, randint, split } from '@neuronseek/tensor/random';
import { checkBoolean } from '../checks/check-boolean.js';
import { checkKey } from '../checks/check-key.js';
import { checkRank } from '../checks/check-rank.js';
import { checkSizes } from '../checks/check-sizes.js';
import { unitColumns } from '../cp/unit-columns.js';
import { completeOptions } from '../fit/complete-options.js';

/** Options of `collinearFactors`. */
export interface CollinearFactorsOptions {
  /** Sizes of the modes, each at least the rank. */
  readonly shape: Shape;
  /** Number of columns. */
  readonly rank: number;
  /** Cosine between any two columns of a factor, above -1/(rank - 1) and below 1; at least 0 where entries are to be nonnegative. */
  readonly collinearity: number;
  /** Whether no entry is to be negative. Default: false. */
  readonly nonnegative?: boolean;
  /** Key of the directions. Default: key(0). */
  readonly key?: Key;
}

/** Defaults of `collinearFactors`. */
export const collinearFactorsDefaults: Required<Pick<CollinearFactorsOptions, 'nonnegative' | 'key'>> = {
  nonnegative: false,
  key: /* @__PURE__ */ keyOf(0),
};

/**
 * Factor matrices [Iₙ, R] of unit columns with one and the same cosine between any two of them, otherwise random: Q·Lᵀ with Q
 * orthonormal and L·Lᵀ the matrix with ones on the diagonal and `collinearity` elsewhere. Near 1 they are what alternating least
 * squares is slow on. (Tomasi & Bro 2006)
 *
 * Nonnegative: each row of Q has one entry above 0, so that its columns do not overlap, and L has no negative entry where the collinearity has none.
 *
 * @throws RangeError where the rank exceeds a size, the collinearity is out of its range, or `nonnegative` is not a boolean
 */
export function collinearFactors(options: CollinearFactorsOptions): Tensor[] {
  const { shape, rank, collinearity, nonnegative, key } = completeOptions(
    'collinearFactors',
    collinearFactorsDefaults,
    options,
    ['shape', 'rank', 'collinearity'],
  );
  checkKey('collinearFactors', key);
  checkRank('collinearFactors', rank);
  checkSizes('collinearFactors', 'shape', shape);
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= rank)) {
    throw new RangeError(`collinearFactors: a size is below the rank: shape is ${showShape(shape)}, rank is ${rank}`);
  }
  if (!(collinearity > (rank === 1 ? -1 : -1 / (rank - 1)) && collinearity < 1)) {
    throw new RangeError(
      `collinearFactors: collinearity is not above -1/(rank - 1) and below 1: it is ${collinearity}, rank is ${rank}`,
    );
  }
  checkBoolean('collinearFactors', 'nonnegative', nonnegative);
  if (nonnegative && collinearity < 0) {
    throw new RangeError(`collinearFactors: collinearity is negative between nonnegative columns: ${collinearity}`);
  }
  const gram = add(mul(eye(rank), 1 - collinearity), full([rank, rank], collinearity));
  const mix = matrixTranspose(cholesky(gram));
  const keys = split(key, shape.length);
  const orthonormal = nonnegative ? disjointColumns : randomBasis;
  return shape.map((size, n) => matmul(orthonormal(keys[n], size, rank), mix));
}

function randomBasis(key: Key, size: number, rank: number): Tensor {
  return qr(tensor(normal(key, size * rank), [size, rank])).q;
}

/** Unit columns without negative entries, each row in one of them: the first `rank` rows of a random order one a column, the others at random. */
function disjointColumns(key: Key, size: number, rank: number): Tensor {
  const [orderKey, columnKey, sizeKey] = split(key, 3);
  const columns = randint(columnKey, size, { max: rank });
  const sizes = normal(sizeKey, size);
  const data = new Float64Array(size * rank);
  permutation(orderKey, size).forEach((row, at) => {
    data[row * rank + (at < rank ? at : columns[at])] = Math.abs(sizes[row]) || 1;
  });
  return tensor(unitColumns(data, rank).unit, [size, rank]);
}
