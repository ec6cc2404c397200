import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { inverse, Matrix as MlMatrix } from 'ml-matrix';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { inv, solve } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { dense, nested, wellConditioned } from './hard-matrices.js';

const systems = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(wellConditioned(n), dense(n, 2)));

test.prop([systems])('a·solve(a, b) = b, also for the transposed view', ([a, b]) => {
  const n = a.rows;
  const [left, right] = [fromData(fromMatrix(a)), fromData(fromMatrix(b))];
  for (const view of [left, matrixTranspose(left)]) {
    // Dominance by rows: |x| <= 1 and sums of n products with entries up to n + 2; columns can be n times worse.
    expectClose(matmul(view, solve(view, right)).toTypedArray(), b.data, { factor: 8 * (n + 1) ** 2, scale: n + 2 });
  }
});

test.prop([systems])('inv agrees with ml-matrix and with solving for the identity', ([a]) => {
  const left = fromData(fromMatrix(a));
  const expected = inverse(new MlMatrix(nested(a))).to1DArray();
  expectClose(inv(left).toTypedArray(), expected, { factor: 100 * a.rows ** 2, scale: 1 });
  expect(inv(left).toArray()).toEqual(solve(left, eye(a.rows)).toArray());
});

test('solves stacks, broadcast against each other, and vectors', () => {
  const a = tensor([
    [
      [2, 1],
      [1, 3],
    ],
    [
      [0, 1],
      [4, 0],
    ],
  ]);
  const x = solve(a, tensor([5, 8]));
  expect(x.shape).toEqual([2, 2]);
  expectClose(x.toTypedArray(), [1.4, 2.2, 2, 5], { factor: 8 });
  const many = solve(
    tensor([
      [0, 1],
      [4, 0],
    ]),
    zeros([3, 2, 5]),
  );
  expect(many.shape).toEqual([3, 2, 5]);
  expect(inv(a).shape).toEqual([2, 2, 2]);
});

test('dtypes: float32 is computed in float64 and rounded once, integers become float64', () => {
  const single = solve(tensor([[3]], undefined, { dtype: 'float32' }), tensor([1], undefined, { dtype: 'float32' }));
  expect([single.dtype, single.item()]).toEqual(['float32', Math.fround(1 / 3)]);
  expect(inv(tensor([[4]], undefined, { dtype: 'int32' })).item()).toBe(0.25);
  expect(inv(tensor([[3]], undefined, { dtype: 'float32' })).dtype).toBe('float32');
});

test('refuses singular, infinite and ill-shaped matrices by name', () => {
  const singular = tensor([
    [1, 2],
    [2, 4],
  ]);
  expect(() => solve(singular, zeros([2]))).toThrow('solve: the matrix is singular: pivot 1 is 0');
  expect(() => inv(zeros([2, 1, 1]))).toThrow('inv: matrix [0] of the stack is singular: pivot 0 is 0');
  expect(() =>
    solve(
      tensor([
        [1, Infinity],
        [0, 1],
      ]),
      zeros([2]),
    ),
  ).toThrow('solve: the matrix is not finite: element [0, 1] is Infinity');
  const large = tensor([
    [1.7e308, 1.7e308],
    [1.7e308, -1.7e308],
  ]);
  expect(() => inv(large)).toThrow('inv: the matrix overflows in elimination: a factor has an entry -Infinity');
  expect(() => inv(zeros([2, 3]))).toThrow('inv: the matrix is not square: a is [2, 3]');
  expect(() => solve(zeros([2, 2]), zeros([3]))).toThrow('solve: rows of a and b differ: a is [2, 2], b is [3]');
  expect(solve(zeros([0, 0]), zeros([0])).shape).toEqual([0]);
});

describe('derivatives of orders 1 and 2', () => {
  const size = fc.integer({ min: 1, max: 3 });
  const ofSolve = ([a, b]: Tensor[]): Tensor => solve(a, b);
  const ofInv = ([a]: Tensor[]): Tensor => inv(a);
  const plain = fc
    .tuple(size, size)
    .chain(([n, k]) => fc.tuple(wellConditioned(n), dense(n, k)).map(([a, b]) => [fromMatrix(a), fromMatrix(b)]));
  const stacked = size.chain((n) =>
    fc.tuple(wellConditioned(n), wellConditioned(n), dense(n, 2)).map(([a, c, b]) => [stackOfTwo(a, c), fromMatrix(b)]),
  );

  test.prop([lawInputs(fc.oneof(plain, stacked), ofSolve)])('solve obeys the law', (c) => {
    checkDerivatives(ofSolve, c);
  });

  test.prop([
    lawInputs(
      size.chain((n) => wellConditioned(n)).map((a) => [fromMatrix(a)]),
      ofInv,
    ),
  ])('inv obeys the law', (c) => {
    checkDerivatives(ofInv, c);
  });

  test('a vector b gets a vector gradient', () => {
    const a = tensor([
      [2, 0],
      [0, 4],
    ]);
    expect(grad((b: Tensor) => sum(solve(a, b)))(tensor([1, 1])).toArray()).toEqual([0.5, 0.25]);
  });
});
