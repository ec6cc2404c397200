import { fc, test } from '@fast-check/vitest';
import { determinant, Matrix as MlMatrix, solve } from 'ml-matrix';
import { expect } from 'vitest';
import {
  at,
  dense,
  distance,
  EPS,
  hardMatrix,
  type Matrix,
  matrix,
  maxNorm,
  nested,
  product,
  transposed,
  wellConditioned,
} from '../../../test/linalg/hard-matrices.js';
import { lu, luSolve } from './index.js';

function factor(a: Matrix): { status: number; data: Float64Array; pivots: Int32Array } {
  const data = a.data.slice();
  const pivots = new Int32Array(a.rows);
  return { status: lu(a.rows, data, 0, pivots, 0), data, pivots };
}

function permuted(a: Matrix, pivots: Int32Array): Matrix {
  const order = Array.from({ length: a.rows }, (_, i) => i);
  pivots.forEach((other, k) => {
    [order[k], order[other]] = [order[other], order[k]];
  });
  return matrix(a.rows, a.cols, (i, j) => at(a, order[i], j));
}

const squares = fc.integer({ min: 0, max: 9 }).chain((n) => hardMatrix(n, n));

function expectFactored(a: Matrix): void {
  const n = a.rows;
  const { status, data, pivots } = factor(a);
  const l = matrix(n, n, (i, j) => (i === j ? 1 : j < i ? data[i * n + j] : 0));
  const u = matrix(n, n, (i, j) => (j >= i ? data[i * n + j] : 0));
  expect(maxNorm(l)).toBeLessThanOrEqual(1);
  // A multiplier that underflows is off by the smallest number, times an entry of U.
  const magnitude = product(
    matrix(n, n, (i, j) => Math.abs(at(l, i, j))),
    matrix(n, n, (i, j) => Math.abs(at(u, i, j))),
  );
  const target = permuted(a, pivots);
  const back = product(l, u);
  const largest = maxNorm(u);
  const wrong = back.data.findIndex((value, i) => {
    const bound = (n + 2) * EPS * magnitude.data[i] + n * Number.MIN_VALUE * (1 + largest);
    return !(Math.abs(value - target.data[i]) <= bound);
  });
  expect(wrong).toBe(-1);
  const firstZero = Array.from({ length: n }, (_, i) => at(u, i, i)).indexOf(0);
  expect(status).toBe(firstZero);
  expect(pivots.every((other, k) => other >= k)).toBe(true);
}

test.prop([squares])('P·A = L·U within n·eps·|L||U|, with multipliers at most 1', expectFactored);

test.prop(
  [
    fc.integer({ min: 60, max: 135 }),
    fc.nat({ max: 1000 }),
    fc.constantFrom('dense', 'integers', 'zero columns', 'equal rows'),
  ],
  { numRuns: 12 },
)('so do the blocks of large ones', (n, seed, kind) => {
  const noise = (i: number, j: number): number => Math.sin(seed + 12.9898 * i * (j + 1) + 78.233 * j);
  expectFactored(
    matrix(n, n, (i, j) => {
      if (kind === 'integers') return Math.round(2 * noise(i, j));
      if (kind === 'zero columns') return j % 40 === seed % 40 ? 0 : noise(i, j);
      return noise(kind === 'equal rows' ? i % 50 : i, j);
    }),
  );
});

test('large ones stand at their offset', () => {
  const n = 70;
  const a = matrix(n, n, (i, j) => Math.cos(i * i + 3 * j));
  const padded = Float64Array.of(7, ...a.data, 7);
  const pivots = new Int32Array(n + 2).fill(-7);
  expect(lu(n, padded, 1, pivots, 1)).toBe(-1);
  const plain = factor(a);
  expect(padded).toEqual(Float64Array.of(7, ...plain.data, 7));
  expect(Array.from(pivots)).toEqual([-7, ...plain.pivots, -7]);
});

const systems = fc.integer({ min: 0, max: 9 }).chain((n) => fc.tuple(wellConditioned(n), dense(n, 3)));

test.prop([systems, fc.boolean()])('luSolve solves the system and its transpose', ([a, b], transpose) => {
  const { data, pivots } = factor(a);
  const x = b.data.slice();
  expect(luSolve(a.rows, 3, data, 0, pivots, 0, transpose, x, 0)).toBe(-1);
  const back = product(transpose ? transposed(a) : a, { ...b, data: x });
  // Diagonal dominance bounds growth by 2 and |x| by 1.
  expect(distance(back, b)).toBeLessThanOrEqual(8 * (a.rows + 1) ** 2 * EPS * (maxNorm(a) + 1));
});

test.prop([systems])('agrees with ml-matrix on solutions and determinants', ([a, b]) => {
  fc.pre(a.rows > 0);
  const { data, pivots } = factor(a);
  const x = b.data.slice();
  luSolve(a.rows, 3, data, 0, pivots, 0, false, x, 0);
  const expected = solve(new MlMatrix(nested(a)), new MlMatrix(nested(b)));
  const solution: Matrix = { ...b, data: x };
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < 3; j++)
      expect(Math.abs(at(solution, i, j) - expected.get(i, j))).toBeLessThanOrEqual(100 * a.rows ** 2 * EPS);
  }
  let value = 1;
  for (let k = 0; k < a.rows; k++) value *= data[k * a.rows + k] * (pivots[k] === k ? 1 : -1);
  expect(Math.abs(value - determinant(new MlMatrix(nested(a))))).toBeLessThanOrEqual(
    50 * a.rows ** 2 * EPS * Math.abs(value),
  );
});

test.prop([fc.integer({ min: 1, max: 7 }).chain((n) => dense(n, n)), fc.nat()])(
  'finds an exactly zero column',
  (a, seed) => {
    const zero = seed % a.rows;
    const singular = matrix(a.rows, a.rows, (i, j) => (j === zero ? 0 : at(a, i, j)));
    const { status, data, pivots } = factor(singular);
    expect(status).toBeGreaterThanOrEqual(0);
    const b = Float64Array.from({ length: a.rows }, (_, i) => i);
    expect(luSolve(a.rows, 1, data, 0, pivots, 0, false, b, 0)).toBe(status);
    expect(b[a.rows - 1]).toBe(a.rows - 1);
  },
);

test('reads blocks at their offsets; ties go to the first row', () => {
  const a = Float64Array.of(9, 2, 1, -2, 3, 9);
  const pivots = Int32Array.of(7, 7, 7);
  expect(lu(2, a, 1, pivots, 1)).toBe(-1);
  expect(a).toEqual(Float64Array.of(9, 2, 1, -1, 4, 9));
  expect(pivots).toEqual(Int32Array.of(7, 0, 1));
});
