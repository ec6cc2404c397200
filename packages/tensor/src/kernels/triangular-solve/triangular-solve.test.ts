import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect } from 'vitest';
import {
  at,
  dense,
  EPS,
  hardMatrix,
  type Matrix,
  matrix,
  product,
  transposed,
} from '../../../test/linalg/hard-matrices.js';
import { triangularSolve } from './index.js';
import { triangularSolveScalar } from './scalar.js';

const problems = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 4 })).chain(([n, cols]) =>
  fc.record({
    t: hardMatrix(n, n),
    b: dense(n, cols),
    lower: fc.boolean(),
    transpose: fc.boolean(),
    unit: fc.boolean(),
  }),
);

function op(t: Matrix, lower: boolean, transpose: boolean, unit: boolean): Matrix {
  const triangle = matrix(t.rows, t.rows, (i, j) => {
    if (i === j) return unit ? 1 : at(t, i, i);
    return lower === j < i ? at(t, i, j) : 0;
  });
  return transpose ? transposed(triangle) : triangle;
}

test.prop([problems])(
  'leaves a residual of size n·eps·|op(T)||x| in every entry',
  ({ t, b, lower, transpose, unit }) => {
    const x = b.data.slice();
    const status = triangularSolve(t.rows, b.cols, t.data, 0, lower, transpose, unit, x, 0);
    const matrixOp = op(t, lower, transpose, unit);
    const firstZero = Array.from({ length: t.rows }, (_, i) => at(matrixOp, i, i)).indexOf(0);
    expect(status).toBe(firstZero);
    if (status >= 0) {
      expect(x).toEqual(b.data);
      return;
    }
    const solution: Matrix = { rows: b.rows, cols: b.cols, data: x };
    // Overflow and underflow during substitution are outside of the bound.
    if (!x.every((v) => Number.isFinite(v) && Math.abs(v) < 1e140 && (v === 0 || Math.abs(v) > 1e-140))) return;
    const residual = product(matrixOp, solution);
    const magnitude = product(
      matrix(t.rows, t.rows, (i, j) => Math.abs(at(matrixOp, i, j))),
      matrix(b.rows, b.cols, (i, j) => Math.abs(at(solution, i, j))),
    );
    for (let i = 0; i < x.length; i++) {
      expect(Math.abs(residual.data[i] - b.data[i])).toBeLessThanOrEqual(
        2 * (t.rows + 1) * EPS * magnitude.data[i] + 1e-300,
      );
    }
  },
);

test.prop([
  fc.integer({ min: 0, max: 8 }).chain((n) => fc.tuple(dense(n, n), dense(n, 3))),
  fc.boolean(),
  fc.boolean(),
])('solves a unit triangle of integers exactly', ([t, b], lower, transpose) => {
  const integers = matrix(t.rows, t.rows, (i, j) => Math.round(3 * at(t, i, j)));
  const exact = matrix(b.rows, b.cols, (i, j) => Math.round(9 * at(b, i, j)) + 0);
  const right = product(op(integers, lower, transpose, true), exact).data;
  expect(triangularSolve(t.rows, 3, integers.data, 0, lower, transpose, true, right, 0)).toBe(-1);
  for (let i = 0; i < right.length; i++) expect(right[i] + 0).toBe(exact.data[i] + 0);
});

test('reads both blocks at their offsets and nothing else', () => {
  const t = Float64Array.of(99, 2, Number.NaN, 1, 4, 99);
  const b = Float64Array.of(7, 2, 9, 7);
  expect(triangularSolve(2, 1, t, 1, true, false, false, b, 1)).toBe(-1);
  expect(b).toEqual(Float64Array.of(7, 1, 2, 7));
});

test.prop([
  fc.integer({ min: 0, max: 14 }).chain((n) => fc.tuple(hardMatrix(n, n), dense(n, 3))),
  fc.boolean(),
  fc.boolean(),
  fc.boolean(),
])('gives the bits of the plain loops', ([t, b], lower, transpose, unit) => {
  const actual = b.data.slice();
  const expected = b.data.slice();
  const status = triangularSolve(t.rows, 3, t.data, 0, lower, transpose, unit, actual, 0);
  expect(status).toBe(triangularSolveScalar(t.rows, 3, t.data, 0, lower, transpose, unit, expected, 0));
  expectSameBits(actual, expected);
});
