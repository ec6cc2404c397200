import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { tensor, zeros } from '../../src/core/create.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { triangularSolve, triangularSolveDefaults } from '../../src/linalg/index.js';
import { checkDerivatives, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { at, dense, type Matrix, matrix } from './hard-matrices.js';

/** Diagonal entries of size 1 to 3, the rest at most 1/2: substitution then loses a few digits at most. */
function strong(a: Matrix): Matrix {
  return matrix(a.rows, a.cols, (i, j) => (i === j ? 2 + at(a, i, j) : at(a, i, j) / 2));
}

const options = fc.record({ lower: fc.boolean(), transpose: fc.boolean(), unitDiagonal: fc.boolean() });

test('the defaults are those documented', () => {
  expect(triangularSolveDefaults).toEqual({ lower: true, transpose: false, unitDiagonal: false });
  const a = tensor([
    [2, 9],
    [1, 4],
  ]);
  expect(triangularSolve(a, tensor([2, 9])).toArray()).toEqual([1, 2]);
  expect(triangularSolve(a, tensor([2, 9])).toArray()).toEqual(
    triangularSolve(a, tensor([2, 9]), triangularSolveDefaults).toArray(),
  );
});

test('solves stacks, broadcast against each other and read through strides', () => {
  const a = tensor([
    [2, 0],
    [1, 4],
  ]);
  const b = tensor(
    Float64Array.from({ length: 12 }, (_, i) => i - 5),
    [3, 2, 2],
  );
  const x = triangularSolve(a, b);
  expect(x.shape).toEqual([3, 2, 2]);
  expectClose(matmul(a, x).toTypedArray(), b.toTypedArray(), { factor: 8, scale: 8 });
  const y = triangularSolve(matrixTranspose(a), matrixTranspose(b), { lower: false });
  expectClose(matmul(matrixTranspose(a), y).toTypedArray(), matrixTranspose(b).toTypedArray(), { factor: 8, scale: 8 });
});

test('dtypes: float32 is computed in float64 and rounded once, integers become float64', () => {
  const third = triangularSolve(tensor(Float32Array.of(3), [1, 1]), tensor(Float32Array.of(1)));
  expect(third.dtype).toBe('float32');
  expect(third.item()).toBe(Math.fround(1 / 3));
  expect(triangularSolve(tensor(Int32Array.of(3), [1, 1]), tensor(Int32Array.of(1))).item()).toBe(1 / 3);
});

test('refuses what does not fit, and a zero on the diagonal', () => {
  expect(() => triangularSolve(zeros([2, 3]), zeros([2]))).toThrow(
    'triangularSolve: the matrix is not square: a is [2, 3]',
  );
  expect(() => triangularSolve(zeros([3]), zeros([3]))).toThrow('triangularSolve: needs a matrix: a is [3]');
  expect(() => triangularSolve(zeros([2, 2]), zeros([3, 2]))).toThrow(
    'triangularSolve: rows of a and b differ: a is [2, 2], b is [3, 2]',
  );
  expect(() =>
    triangularSolve(
      tensor([
        [1, 0],
        [0, 0],
      ]),
      zeros([2]),
    ),
  ).toThrow('triangularSolve: the matrix is singular: diagonal entry 1 is 0');
  expect(() => triangularSolve(tensor([[[1]], [[0]]]), zeros([2, 1, 1]))).toThrow(
    'triangularSolve: matrix [1] of the stack is singular: diagonal entry 0 is 0',
  );
  expect(() => triangularSolve(zeros([2, 1, 1]), zeros([3, 1, 1]))).toThrow(RangeError);
  expect(triangularSolve(zeros([0, 0]), zeros([0, 2])).shape).toEqual([0, 2]);
});

describe('derivatives of orders 1 and 2', () => {
  const size = fc.integer({ min: 1, max: 3 });
  const plain = fc
    .tuple(size, size)
    .chain(([n, k]) => fc.tuple(dense(n, n), dense(n, k)).map(([a, b]) => [fromMatrix(strong(a)), fromMatrix(b)]));
  const stacked = size.chain((n) =>
    fc
      .tuple(dense(n, n), dense(n, n), dense(n, 2))
      .map(([a, c, b]) => [stackOfTwo(strong(a), strong(c)), fromMatrix(b)]),
  );

  test.prop([
    options.chain((o) => {
      const run = ([a, b]: Tensor[]): Tensor => triangularSolve(a, b, o);
      return fc.record({ run: fc.constant(run), inputs: lawInputs(fc.oneof(plain, stacked), run) });
    }),
  ])('obey the law', ({ run, inputs }) => {
    checkDerivatives(run, inputs);
  });
});
