import { fc } from '@fast-check/vitest';

/** A dense row-major matrix for tests of numerical kernels. */
export interface Matrix {
  rows: number;
  cols: number;
  data: Float64Array;
}

export const EPS = 2 ** -52;

export function matrix(rows: number, cols: number, entry: (i: number, j: number) => number): Matrix {
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[i * cols + j] = entry(i, j);
  return { rows, cols, data };
}

export function at(a: Matrix, i: number, j: number): number {
  return a.data[i * a.cols + j];
}

export function transposed(a: Matrix): Matrix {
  return matrix(a.cols, a.rows, (i, j) => at(a, j, i));
}

export function identity(n: number): Matrix {
  return matrix(n, n, (i, j) => (i === j ? 1 : 0));
}

export function product(a: Matrix, b: Matrix): Matrix {
  return matrix(a.rows, b.cols, (i, j) => {
    let sum = 0;
    for (let p = 0; p < a.cols; p++) sum += at(a, i, p) * at(b, p, j);
    return sum;
  });
}

/** Largest magnitude of an entry; NaN where any entry is NaN, so that no comparison with a bound can pass. */
export function maxNorm(a: Matrix): number {
  let largest = 0;
  for (const x of a.data) if (!(Math.abs(x) <= largest)) largest = Math.abs(x);
  return largest;
}

/** max |a - b|. */
export function distance(a: Matrix, b: Matrix): number {
  return maxNorm(matrix(a.rows, a.cols, (i, j) => at(a, i, j) - at(b, i, j)));
}

/** The matrix as nested arrays, for ml-matrix. */
export function nested(a: Matrix): number[][] {
  return Array.from({ length: a.rows }, (_, i) => Array.from(a.data.subarray(i * a.cols, (i + 1) * a.cols)));
}

const unit = fc.double({ min: -1, max: 1, noNaN: true }).map((x) => (Math.abs(x) < 1e-12 ? 0 : x));

function filled(rowCount: number, colCount: number, entry: fc.Arbitrary<number>): fc.Arbitrary<Matrix> {
  const length = rowCount * colCount;
  return fc
    .array(entry, { minLength: length, maxLength: length })
    .map((data) => ({ rows: rowCount, cols: colCount, data: Float64Array.from(data) }));
}

/** 10^-150 ... 10^150 from one end of the index range to the other, in either direction. */
function grade(index: number, count: number, down: boolean): number {
  const t = count > 1 ? index / (count - 1) : 0.5;
  return 10 ** (down ? 150 - 300 * t : 300 * t - 150);
}

/**
 * Matrices that break careless code: dense, small integers, sparse with zeros, rank-deficient, equal columns, graded by
 * rows or by columns over 300 powers of ten, Hilbert, and dense ones scaled to 1e-160 and 1e160.
 */
export function hardMatrix(rowCount: number, colCount: number): fc.Arbitrary<Matrix> {
  const dense = filled(rowCount, colCount, unit);
  const rank = Math.max(0, Math.min(rowCount, colCount) - 1);
  const thin = fc.tuple(
    filled(rowCount, Math.ceil(rank / 2), fc.integer({ min: -3, max: 3 })),
    filled(Math.ceil(rank / 2), colCount, fc.integer({ min: -3, max: 3 })),
  );
  return fc.oneof(
    { weight: 3, arbitrary: dense },
    filled(rowCount, colCount, fc.integer({ min: -3, max: 3 })),
    filled(rowCount, colCount, fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, unit)),
    thin.map(([left, right]) => product(left, right)),
    dense.map((a) => matrix(rowCount, colCount, (i, j) => at(a, i, j >> 1))),
    fc
      .tuple(dense, fc.boolean())
      .map(([a, down]) => matrix(rowCount, colCount, (i, j) => at(a, i, j) * grade(i, rowCount, down))),
    fc
      .tuple(dense, fc.boolean())
      .map(([a, down]) => matrix(rowCount, colCount, (i, j) => at(a, i, j) * grade(j, colCount, down))),
    fc.constant(matrix(rowCount, colCount, (i, j) => 1 / (i + j + 1))),
    fc.constant(matrix(rowCount, colCount, () => 0)),
    fc
      .tuple(dense, fc.constantFrom(1e-160, 1e160))
      .map(([a, scale]) => matrix(rowCount, colCount, (i, j) => at(a, i, j) * scale)),
  );
}

/** Hard matrices of any shape, empty, single and very tall or wide ones included. */
export function hardMatrices(largest = 9): fc.Arbitrary<Matrix> {
  const size = fc.integer({ min: 0, max: largest });
  return fc.tuple(size, size).chain(([m, n]) => hardMatrix(m, n));
}

/**
 * Symmetric matrices: hard ones symmetrized, graded on both sides, with repeated eigenvalues (a projection made from a
 * reflection), tridiagonal with zeros on the diagonal (Golub-Kahan form).
 */
export function symmetricMatrices(largest = 9): fc.Arbitrary<Matrix> {
  return fc.integer({ min: 0, max: largest }).chain((n) => {
    const symmetrized = hardMatrix(n, n).map((a) => matrix(n, n, (i, j) => (i < j ? at(a, i, j) : at(a, j, i))));
    const vector = filled(1, n, unit);
    const repeated = fc.tuple(vector, fc.integer({ min: -2, max: 2 })).map(([v, shift]) => {
      const length = v.data.reduce((sum, x) => sum + x * x, 0) || 1;
      return matrix(
        n,
        n,
        (i, j) => (i === j ? shift : 0) - (2 * v.data[Math.max(i, j)] * v.data[Math.min(i, j)]) / length,
      );
    });
    const graded = fc.tuple(symmetrized, fc.boolean()).map(([a, down]) => {
      return matrix(
        n,
        n,
        (i, j) => (at(a, i, j) / (maxNorm(a) || 1)) * Math.sqrt(grade(i, n, down)) * Math.sqrt(grade(j, n, down)),
      );
    });
    const hollow = vector.map((v) => matrix(n, n, (i, j) => (Math.abs(i - j) === 1 ? v.data[Math.min(i, j)] : 0)));
    return fc.oneof({ weight: 3, arbitrary: symmetrized }, repeated, graded, hollow);
  });
}

/** Positive definite with a condition number below about 1e3·n: a Gram matrix plus a multiple of the identity. */
export function positiveDefiniteMatrices(largest = 9): fc.Arbitrary<Matrix> {
  return fc.integer({ min: 0, max: largest }).chain((n) =>
    fc.tuple(filled(n, n, unit), fc.double({ min: 0.05, max: 2, noNaN: true })).map(([a, shift]) => {
      const gram = product(a, transposed(a));
      return matrix(n, n, (i, j) => at(gram, i, j) + (i === j ? shift : 0));
    }),
  );
}

/** Square and far from singular: strictly dominant by rows, rows then permuted so that pivoting has work to do. */
export function wellConditioned(n: number): fc.Arbitrary<Matrix> {
  return fc
    .tuple(
      filled(n, n, unit),
      fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i),
        { minLength: n },
      ),
    )
    .map(([a, order]) => matrix(n, n, (i, j) => at(a, order[i], j) + (order[i] === j ? n + 1 : 0)));
}

export function dense(rowCount: number, colCount: number): fc.Arbitrary<Matrix> {
  return filled(rowCount, colCount, unit);
}
