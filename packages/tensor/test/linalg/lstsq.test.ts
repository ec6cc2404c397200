import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { sub } from '../../src/core/ops/arithmetic.js';
import { concat } from '../../src/core/ops/concat.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { lstsq, lstsqDefaults, norm, solve } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs } from './derivative-law.js';
import { at, dense, type Matrix, matrix, wellConditioned } from './hard-matrices.js';

const strong = (a: Matrix): Matrix => matrix(a.rows, a.cols, (i, j) => at(a, i, j) + (i === j ? 3 : 0));
const size = fc.integer({ min: 1, max: 5 });
const problems = fc
  .tuple(size, size)
  .chain(([m, n]) =>
    fc.tuple(dense(m, n), dense(m, 2)).map(([a, b]) => [fromMatrix(strong(a)), fromMatrix(b)] as const),
  );

test.prop([problems])('the normal equations hold and residual norms are those of a·x − b', ([a, b]) => {
  const [left, right] = [fromData(a), fromData(b)];
  const { solution, residualNorms } = lstsq(left, right);
  const r = sub(matmul(left, solution), right);
  // Entries of a up to 4, sizes up to 5; solutions of these systems stay below 50 in all but contrived cases.
  const scale = 100 * (1 + norm(solution).item());
  expectClose(matmul(matrixTranspose(left), r).toTypedArray(), new Float64Array(left.shape[1] * 2), {
    factor: 16,
    scale,
  });
  for (let j = 0; j < 2; j++) {
    const column = Float64Array.from({ length: r.shape[0] }, (_, i) => r.data[2 * i + j]);
    expectClose([residualNorms.data[j]], [norm(tensor(column)).item()], { factor: 16, scale });
  }
});

test.prop([fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(wellConditioned(n), dense(n, 2)))])(
  'agrees with solve where a is square and regular',
  ([a, b]) => {
    const [left, right] = [fromData(fromMatrix(a)), fromData(fromMatrix(b))];
    const { solution, rank, status } = lstsq(left, right);
    expectClose(solution.toTypedArray(), solve(left, right).toTypedArray(), { factor: 60 * a.rows ** 2, scale: 1 });
    expect([rank, status]).toEqual([a.rows, 'full-rank']);
  },
);

test('the least norm among many, vectors, and rcond', () => {
  const ones = lstsq(
    tensor([
      [1, 1],
      [1, 1],
    ]),
    tensor([2, 4]),
  );
  expectClose(ones.solution.toTypedArray(), [1.5, 1.5], { factor: 8 });
  expect([ones.rank, ones.status, ones.residualNorms.shape]).toEqual([1, 'rank-deficient', []]);
  expectClose(ones.residualNorms.toTypedArray(), [Math.SQRT2], { factor: 8 });
  const nearly = tensor([
    [1, 0],
    [0, 1e-9],
  ]);
  expect(lstsq(nearly, tensor([1, 1])).rank).toBe(2);
  expect(lstsq(nearly, tensor([1, 1]), { rcond: 1e-8 }).rank).toBe(1);
});

test('the default rcond is max(m, n) times the epsilon of the dtype', () => {
  expect(lstsqDefaults.epsilon).toEqual({ float64: Number.EPSILON, float32: Math.fround(2 ** -23) });
  const withPivot = (pivot: number, dtype: 'float64' | 'float32'): number =>
    lstsq(
      tensor(
        [
          [1, 0],
          [0, pivot],
          [0, 0],
        ],
        undefined,
        { dtype },
      ),
      zeros([3], { dtype }),
    ).rank;
  for (const dtype of ['float64', 'float32'] as const) {
    expect(withPivot(3 * lstsqDefaults.epsilon[dtype], dtype)).toBe(1);
    expect(withPivot(4 * lstsqDefaults.epsilon[dtype], dtype)).toBe(2);
  }
});

test('refuses what does not fit', () => {
  expect(() => lstsq(zeros([2, 3]), zeros([3]))).toThrow(
    'lstsq: needs a [m, n] and b [m] or [m, k]: a is [2, 3], b is [3]',
  );
  expect(() => lstsq(zeros([1, 2, 3]), zeros([2]))).toThrow('lstsq: needs a [m, n]');
  expect(() => lstsq(zeros([2, 2]), tensor([0, Number.NaN]))).toThrow(
    'lstsq: the right-hand side is not finite: element [1, 0] is NaN',
  );
  expect(() => lstsq(zeros([2, 2]), zeros([2]), { rcond: -1 })).toThrow('lstsq: rcond is negative or NaN: -1');
  expect(() => lstsq(tensor([[1e308], [1.6e308]]), zeros([2]))).toThrow('lstsq: the norm of column 0 of a overflows');
  expect(() => lstsq(zeros([3, 1]), tensor([1.7e308, 1.7e308, -1.7e308]))).toThrow(
    'lstsq: the norm of column 0 of b overflows',
  );
  expect(lstsq(zeros([0, 2]), zeros([0])).solution.toArray()).toEqual([0, 0]);
});

describe('derivatives of orders 1 and 2', () => {
  const all = ([a, b]: Tensor[]): Tensor => {
    const { solution, residualNorms } = lstsq(a, b);
    return concat([reshape(solution, [solution.size]), residualNorms]);
  };
  // Residuals far from 0, where their norm is smooth: b is large and tall problems have few columns.
  const smooth = fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 3, max: 4 }), fc.boolean())
    .chain(([few, many, tall]) => fc.tuple(dense(tall ? many : few, tall ? few : many), dense(tall ? many : few, 2)))
    .map(([a, b]) => [
      fromMatrix(strong(a)),
      fromMatrix(matrix(b.rows, 2, (i, j) => at(b, i, j) + (i === b.rows - 1 ? 6 : 0))),
    ]);

  test.prop([lawInputs(smooth, all)])('obey the law for tall and wide problems', (c) => {
    checkDerivatives(all, c);
  });

  const solution = ([a, b]: Tensor[]): Tensor => lstsq(a, b).solution;
  const square = fc
    .integer({ min: 1, max: 3 })
    .chain((n) => fc.tuple(wellConditioned(n), dense(n, 2)))
    .map(([a, b]) => [fromMatrix(a), fromMatrix(b)]);

  test.prop([lawInputs(square, solution)])('obey the law for square problems', (c) => {
    checkDerivatives(solution, c);
  });

  test('in b they exist at any rank, in a only at full rank', () => {
    const a = tensor([
      [1, 1],
      [1, 1],
    ]);
    expectClose(grad((b: Tensor) => sum(lstsq(a, b).solution))(tensor([2, 4])).toTypedArray(), [0.5, 0.5], {
      factor: 8,
    });
    expect(() => grad((x: Tensor) => sum(lstsq(x, tensor([2, 4])).solution))(a)).toThrow(
      'lstsq: the solution jumps where a loses rank and has no derivative there: the rank of a [2, 2] is 1',
    );
  });
});
