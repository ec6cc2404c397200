import { eye, reshape, showShape, type Tensor, transpose } from '@neuronseek/tensor';
import { checkSizes } from '../checks/check-sizes.js';
import { checkTensor } from '../checks/check-tensor.js';
import { productOf } from '../product-of.js';
import { checkCores, type TtSizes } from './check-tt.js';
import { type TtResult, tensorTrainFor } from './tensor-train.js';
import type { TtTruncation } from './truncation.js';
import type { TtTensor } from './tt-tensor.js';
import { ttToTensor } from './tt-to-tensor.js';

/**
 * A matrix in tensor train form (matrix product operator), plain data: rows are numbered by (i₀, …, i_{N-1}), columns by (j₀, …, j_{N-1}),
 * the last index fastest, and A[i, j] = G₀[:, i₀, j₀, :] · … · G_{N-1}[:, i_{N-1}, j_{N-1}, :]. (Oseledets 2010)
 */
export interface TtMatrix {
  /** One [r_k, m_k, n_k, r_{k+1}] a mode, r₀ = r_N = 1. */
  readonly cores: readonly Tensor[];
}

/** What `ttMatrix` returns: the train and how well it approximates; see `TtResult`. */
export interface TtMatrixResult extends TtMatrix, Omit<TtResult, 'cores'> {}

/** Sizes of a TT-matrix. */
export interface TtMatrixSizes {
  readonly rowShape: readonly number[];
  readonly columnShape: readonly number[];
  readonly ranks: readonly number[];
}

/** Refuses what is not a TT-matrix; looks at shapes, not at numbers. */
export function checkTtMatrix(name: string, matrix: TtMatrix, argument: string = ''): TtMatrixSizes {
  const prefix = argument === '' ? '' : `${argument} `;
  const { shape, ranks }: TtSizes = checkCores(name, prefix, matrix, 4, argument);
  return { rowShape: shape, columnShape: matrix.cores.map((core) => core.shape[2]), ranks };
}

/**
 * A matrix as a TT-matrix: TT-SVD of the tensor with one mode m_k·n_k for every pair of a row and a column index.
 *
 * dense [Π m_k, Π n_k], rowShape [m₀, …], columnShape [n₀, …] of one length → cores [r_k, m_k, n_k, r_{k+1}]. Options, errors and cost as those of
 * `tensorTrain`; eps is in the Frobenius norm.
 *
 * @throws RangeError where the shapes differ in length or do not multiply to the sizes of the matrix
 */
export function ttMatrix(
  dense: Tensor,
  rowShape: readonly number[],
  columnShape: readonly number[],
  options: TtTruncation,
): TtMatrixResult {
  checkTensor('ttMatrix', 'dense', dense);
  checkSizes('ttMatrix', 'rowShape', rowShape);
  checkSizes('ttMatrix', 'columnShape', columnShape);
  const order = rowShape.length;
  if (columnShape.length !== order) {
    throw new RangeError(
      `ttMatrix: rowShape and columnShape differ in length: ${showShape(rowShape)} and ${showShape(columnShape)}`,
    );
  }
  const expected = [productOf(rowShape), productOf(columnShape)];
  if (showShape(dense.shape) !== showShape(expected)) {
    throw new RangeError(
      `ttMatrix: dense has shape ${showShape(dense.shape)}, expected ${showShape(expected)} for rows ${showShape(rowShape)} and columns ${showShape(columnShape)}`,
    );
  }
  const pairs = Array.from({ length: 2 * order }, (_, q) => (q % 2 === 0 ? 0 : order) + Math.floor(q / 2));
  const interleaved = transpose(reshape(dense, [...rowShape, ...columnShape]), pairs);
  const merged = reshape(
    interleaved,
    rowShape.map((m, k) => m * columnShape[k]),
  );
  const train = tensorTrainFor('ttMatrix', merged, options);
  const cores = train.cores.map((core, k) =>
    reshape(core, [core.shape[0], rowShape[k], columnShape[k], core.shape[2]]),
  );
  return { ...train, cores };
}

/**
 * The matrix [Π m_k, Π n_k] that a TT-matrix stands for. Differentiable with respect to the cores; see `ttToTensor`.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttMatrixToTensor(matrix: TtMatrix): Tensor {
  const { rowShape, columnShape } = checkTtMatrix('ttMatrixToTensor', matrix);
  const order = rowShape.length;
  const pairs = rowShape.flatMap((m, k) => [m, columnShape[k]]);
  const rowsFirst = Array.from({ length: 2 * order }, (_, q) => (q < order ? 2 * q : 2 * (q - order) + 1));
  const interleaved = reshape(ttToTensor(withMergedModes(matrix)), pairs);
  return reshape(transpose(interleaved, rowsFirst), [productOf(rowShape), productOf(columnShape)]);
}

/** The train of the tensor with modes m_k·n_k, which sums, norms and rounding of matrices are those of. */
export function withMergedModes({ cores }: TtMatrix): TtTensor {
  return { cores: cores.map((core) => reshape(core, [core.shape[0], core.shape[1] * core.shape[2], core.shape[3]])) };
}

/** The unit matrix over the given shape, with ranks 1. */
export function ttIdentity(shape: readonly number[]): TtMatrix {
  checkSizes('ttIdentity', 'shape', shape);
  return { cores: shape.map((n) => reshape(eye(n), [1, n, n, 1])) };
}

/**
 * The transposed TT-matrix. Differentiable with respect to the cores.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttMatrixTranspose(matrix: TtMatrix): TtMatrix {
  checkTtMatrix('ttMatrixTranspose', matrix);
  return { cores: matrix.cores.map((core) => transpose(core, [0, 2, 1, 3])) };
}
