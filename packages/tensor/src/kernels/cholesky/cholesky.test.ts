import { fc, test } from '@fast-check/vitest';
import { CholeskyDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import { expect } from 'vitest';
import {
  at,
  distance,
  EPS,
  type Matrix,
  matrix,
  maxNorm,
  nested,
  positiveDefiniteMatrices,
  product,
  transposed,
} from '../../../test/linalg/hard-matrices.js';
import { cholesky } from './index.js';

function factor(a: Matrix): { status: number; l: Matrix } {
  const data = a.data.slice();
  return { status: cholesky(a.rows, data, 0), l: { rows: a.rows, cols: a.cols, data } };
}

test.prop([positiveDefiniteMatrices(), fc.constantFrom(1e-160, 1, 1e160)])(
  'the factor is lower triangular with a positive diagonal and gives A back, at any scale',
  (unscaled, scale) => {
    const a = matrix(unscaled.rows, unscaled.rows, (i, j) => at(unscaled, i, j) * scale);
    const { status, l } = factor(a);
    expect(status).toBe(-1);
    for (let i = 0; i < a.rows; i++) {
      expect(at(l, i, i)).toBeGreaterThan(0);
      for (let j = i + 1; j < a.rows; j++) expect(at(l, i, j)).toBe(0);
    }
    expect(distance(product(l, transposed(l)), a)).toBeLessThanOrEqual(2 * (a.rows + 2) * EPS * maxNorm(a));
  },
);

test.prop([positiveDefiniteMatrices()])('agrees with ml-matrix', (a) => {
  fc.pre(a.rows > 0);
  const expected = new CholeskyDecomposition(new MlMatrix(nested(a))).lowerTriangularMatrix;
  const { l } = factor(a);
  // Diagonal shifts of at least 0.05 keep the condition number below 200·n.
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j <= i; j++) {
      expect(Math.abs(at(l, i, j) - expected.get(i, j))).toBeLessThanOrEqual(
        1e4 * a.rows * EPS * Math.sqrt(maxNorm(a)),
      );
    }
  }
});

test.prop([positiveDefiniteMatrices(), fc.nat(), fc.constantFrom(0, 1, 1e-3, Number.NaN)])(
  'stops at the first pivot that is not positive and leaves it on the diagonal',
  (a, seed, excess) => {
    fc.pre(a.rows > 0);
    const p = seed % a.rows;
    const { l } = factor(a);
    let sum = 0;
    for (let j = 0; j < p; j++) sum += at(l, p, j) ** 2;
    const broken = matrix(a.rows, a.rows, (i, j) => at(a, i, j));
    broken.data[p * a.rows + p] = sum - (excess === 0 ? 1e-9 * maxNorm(a) : excess);
    const result = factor(broken);
    expect(result.status).toBe(p);
    expect(at(result.l, p, p)).not.toBeGreaterThan(0);
    for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) expect(at(result.l, i, j)).toBe(at(l, i, j));
  },
);

test('reads the lower triangle at the offset only; zero, infinite and empty input', () => {
  const a = Float64Array.of(5, 4, Number.NaN, 2, 10, 5);
  expect(cholesky(2, a, 1)).toBe(-1);
  expect(a).toEqual(Float64Array.of(5, 2, 0, 1, 3, 5));
  expect(cholesky(0, new Float64Array(0), 0)).toBe(-1);
  expect(cholesky(1, Float64Array.of(0), 0)).toBe(0);
  expect(cholesky(1, Float64Array.of(Infinity), 0)).toBe(0);
  const indefinite = Float64Array.of(1, 0, 0, 0, 1, 0, 0.5, 0.5, 0);
  expect(cholesky(3, indefinite, 0)).toBe(2);
  expect(indefinite[8]).toBe(-0.5);
});

/** Symmetric with a diagonal that dominates. */
function large(n: number, seed: number): Matrix {
  return matrix(n, n, (i, j) => (i === j ? n : Math.sin(seed + 12.9898 * Math.min(i, j) + 78.233 * Math.max(i, j))));
}

test.prop([fc.integer({ min: 60, max: 200 }), fc.nat({ max: 1000 })], { numRuns: 8 })(
  'the blocks of large ones give A back and read the lower triangle only',
  (n, seed) => {
    const a = large(n, seed);
    const padded = Float64Array.of(7, ...a.data.map((x, q) => (q % n > Math.floor(q / n) ? Number.NaN : x)), 7);
    expect(cholesky(n, padded, 1)).toBe(-1);
    expect([padded[0], padded[n * n + 1]]).toEqual([7, 7]);
    const l = { rows: n, cols: n, data: padded.subarray(1, n * n + 1) };
    expect(distance(product(l, transposed(l)), a)).toBeLessThanOrEqual(2 * (n + 2) * EPS * maxNorm(a));
    expect(l.data.every((x, q) => q % n <= Math.floor(q / n) || x === 0)).toBe(true);
  },
);

test.each([0, 31, 32, 50, 64, 99])('a large one stops at pivot %i, with the factor of what stands before it', (p) => {
  const a = large(100, p);
  const { l } = factor(a);
  a.data[p * 101] = -1;
  const broken = factor(a);
  expect(broken.status).toBe(p);
  expect(at(broken.l, p, p)).toBeLessThan(0);
  expect(broken.l.data.subarray(0, 100 * p)).toEqual(l.data.subarray(0, 100 * p));
});
