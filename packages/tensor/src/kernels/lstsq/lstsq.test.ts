import { fc, test } from '@fast-check/vitest';
import { Matrix as MlMatrix, pseudoInverse } from 'ml-matrix';
import { expect } from 'vitest';
import {
  at,
  dense,
  EPS,
  hardMatrices,
  type Matrix,
  matrix,
  maxNorm,
  nested,
  product,
  transposed,
} from '../../../test/linalg/hard-matrices.js';
import { norm2 } from '../norm2/index.js';
import { lstsq } from './index.js';

function solve(
  a: Matrix,
  b: Matrix,
  rcond = Math.max(a.rows, a.cols) * EPS,
  maxRank = Infinity,
): { rank: number; x: Matrix; residuals: Float64Array } {
  const x = matrix(a.cols, b.cols, () => Number.NaN);
  const residuals = new Float64Array(b.cols).fill(Number.NaN);
  const rank = lstsq(
    a.rows,
    a.cols,
    b.cols,
    a.data.slice(),
    0,
    b.data.slice(),
    0,
    x.data,
    0,
    residuals,
    0,
    rcond,
    maxRank,
  );
  return { rank, x, residuals };
}

function column(a: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: a.rows }, (_, i) => at(a, i, j));
}

const right = (a: Matrix): Matrix => matrix(a.rows, 2, (i, j) => Math.cos(2 * i + 5 * j));

test.prop([hardMatrices(8)])('the residual is orthogonal to the columns of A and its norm is reported', (a) => {
  const scale = maxNorm(a) || 1;
  const b = right(a);
  const { rank, x, residuals } = solve(a, b);
  expect(rank).toBeGreaterThanOrEqual(0);
  expect(rank).toBeLessThanOrEqual(Math.min(a.rows, a.cols));
  // A/scale and scale·x, so that grades of 1e150 do not overflow in the check.
  const unit = matrix(a.rows, a.cols, (i, j) => at(a, i, j) / scale);
  const image = product(
    unit,
    matrix(x.rows, x.cols, (i, j) => at(x, i, j) * scale),
  );
  for (let j = 0; j < b.cols; j++) {
    const r = matrix(a.rows, 1, (i) => at(b, i, j) - at(image, i, j));
    const size = norm2(x.rows, column(x, j), 0, 1) * scale + norm2(a.rows, column(b, j), 0, 1);
    const bound = 40 * (a.rows + a.cols) * EPS * size;
    expect(maxNorm(product(transposed(unit), r))).toBeLessThanOrEqual(bound * Math.sqrt(a.rows + 1));
    expect(Math.abs(residuals[j] - norm2(a.rows, r.data, 0, 1))).toBeLessThanOrEqual(bound);
  }
});

const lowRank = fc
  .record({ m: fc.integer({ min: 1, max: 8 }), n: fc.integer({ min: 1, max: 8 }), r: fc.integer({ min: 0, max: 8 }) })
  .map(({ m, n, r }) => ({ m, n, r: Math.min(m, n, r) }))
  .chain(({ m, n, r }) => fc.tuple(dense(m, r), dense(r, n), fc.constantFrom(1e-160, 1, 1e160)))
  .map(([left, other, scale]) => {
    // Dominant diagonals keep both factors, hence the nonzero singular values, away from zero.
    const strong = (x: Matrix): Matrix =>
      matrix(x.rows, x.cols, (i, j) => at(x, i, j) + (i === j ? x.rows + x.cols : 0));
    const a = product(strong(left), strong(other));
    return { a, scaled: matrix(a.rows, a.cols, (i, j) => at(a, i, j) * scale), scale, rank: left.cols };
  });

test.prop([lowRank])(
  'finds the rank and the solution of least norm, at any scale (oracle: ml-matrix pseudoInverse)',
  ({ a, scaled, scale, rank }) => {
    const b = right(a);
    const { rank: found, x } = solve(scaled, b);
    expect(found).toBe(rank);
    const expected =
      rank === 0
        ? MlMatrix.zeros(a.cols, 2)
        : pseudoInverse(new MlMatrix(nested(a)), 1e-10).mmul(new MlMatrix(nested(b)));
    for (let i = 0; i < a.cols; i++) {
      for (let j = 0; j < 2; j++) {
        // The factors have condition numbers of a few units to a few hundred where rows lie outside of the dominant part.
        expect(Math.abs(at(x, i, j) * scale - expected.get(i, j))).toBeLessThanOrEqual(1e-9);
      }
    }
  },
);

test('rcond decides which pivots count', () => {
  const a = matrix(2, 2, (i, j) => (i === j ? [1, 1e-6][i] : 0));
  const b = matrix(2, 1, () => 1);
  expect(solve(a, b, 1e-7).rank).toBe(2);
  const cut = solve(a, b, 1e-5);
  expect(cut.rank).toBe(1);
  expect([...cut.x.data]).toEqual([1, 0]);
  expect(cut.residuals[0]).toBe(1);
  expect(solve(a, b, 0, 1).x.data).toEqual(cut.x.data);
});

test('empty sizes, zero matrices and columns that are not finite', () => {
  expect(
    solve(
      matrix(0, 3, () => 0),
      matrix(0, 1, () => 0),
    ).x.data,
  ).toEqual(new Float64Array(3));
  expect(
    solve(
      matrix(3, 0, () => 0),
      matrix(3, 1, () => 2),
    ).residuals[0],
  ).toBeCloseTo(Math.sqrt(12), 14);
  expect(
    solve(
      matrix(2, 2, () => 0),
      matrix(2, 1, () => 1),
    ).rank,
  ).toBe(0);
  expect(
    solve(
      matrix(2, 2, (_, j) => (j === 1 ? Number.NaN : 1)),
      matrix(2, 1, () => 1),
    ).rank,
  ).toBe(-2);
  expect(
    solve(
      matrix(2, 1, () => Infinity),
      matrix(2, 1, () => 1),
    ).rank,
  ).toBe(-1);
});

test.prop([fc.nat(1000)], { numRuns: 5 })('large ones leave residuals orthogonal to every column', (seed) => {
  const [m, n] = [90, 60];
  const a = Float64Array.from({ length: m * n }, (_, i) => Math.sin(seed + 0.37 * i * i));
  const b = Float64Array.from({ length: m }, (_, i) => Math.cos(seed + i));
  const [x, norms] = [new Float64Array(n), new Float64Array(1)];
  expect(lstsq(m, n, 1, a.slice(), 0, b.slice(), 0, x, 0, norms, 0, 1e-12, n)).toBe(n);
  const residual = b.map((value, i) => x.reduce((rest, solution, j) => rest - a[i * n + j] * solution, value));
  const largest = Math.max(...x.map(Math.abs), 1);
  for (let j = 0; j < n; j++) {
    const product = residual.reduce((sum, value, i) => sum + value * a[i * n + j], 0);
    // Entries of A are at most 1: the residual is off by m·n·eps·|x|, its product with a column by m times as much.
    expect(Math.abs(product)).toBeLessThanOrEqual(m * n * m * 2 ** -52 * largest);
  }
  expect(Math.abs(norms[0] - Math.hypot(...residual))).toBeLessThanOrEqual(m * n * 2 ** -52 * largest * 8);
});
