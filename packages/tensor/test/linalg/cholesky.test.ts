import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { stack } from '../../src/core/ops/concat.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { slice } from '../../src/core/ops/slice.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { cholesky } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { at, dense, matrix, maxNorm, positiveDefiniteMatrices, product, transposed } from './hard-matrices.js';

test.prop([positiveDefiniteMatrices()])('L·Lᵀ gives a back; a stack gives the factors one by one', (a) => {
  const x = fromData(fromMatrix(a));
  const l = cholesky(x);
  expectClose(matmul(l, matrixTranspose(l)).toTypedArray(), a.data, { factor: 2 * (a.rows + 2), scale: maxNorm(a) });
  const both = cholesky(stack([eye(a.rows), x]));
  expect(slice(both, [1]).toArray()).toEqual(l.toArray());
  expect(slice(both, [0]).toArray()).toEqual(eye(a.rows).toArray());
});

test('factors the symmetric part', () => {
  const skewed = tensor([
    [4, 3],
    [1, 10],
  ]);
  expect(cholesky(skewed).toArray()).toEqual([
    [2, 0],
    [1, 3],
  ]);
  const gradient = vjp(cholesky, skewed).pullback(
    tensor([
      [0, 0],
      [1, 0],
    ]),
  );
  expect(gradient.toArray()).toEqual(matrixTranspose(gradient).toArray());
});

test('dtypes', () => {
  expect(cholesky(tensor(Float32Array.of(2), [1, 1])).item()).toBe(Math.fround(Math.SQRT2));
  expect(cholesky(tensor(Int32Array.of(9), [1, 1])).dtype).toBe('float64');
});

test('refuses indefinite, infinite and ill-shaped matrices by name', () => {
  const indefinite = tensor([
    [1, 0, 0.5],
    [0, 1, 0.5],
    [0.5, 0.5, 0],
  ]);
  expect(() => cholesky(indefinite)).toThrow('cholesky: the matrix is not positive definite: pivot 2 is -0.5');
  expect(() => cholesky(stack([eye(3), indefinite]))).toThrow(
    'cholesky: matrix [1] of the stack is not positive definite: pivot 2 is -0.5',
  );
  expect(() => cholesky(tensor([[Number.NaN]]))).toThrow('cholesky: the matrix is not finite: element [0, 0] is NaN');
  expect(() => cholesky(zeros([2, 3]))).toThrow('cholesky: the matrix is not square: a is [2, 3]');
  expect(cholesky(zeros([0, 0])).shape).toEqual([0, 0]);
});

describe('derivatives of orders 1 and 2', () => {
  // A Gram matrix plus the identity, and the identity plus a little: smooth over steps of 2⁻¹⁰.
  const definite = (n: number): fc.Arbitrary<ReturnType<typeof matrix>> =>
    dense(n, n).map((a) => {
      const gram = product(a, transposed(a));
      return matrix(n, n, (i, j) => at(gram, i, j) + (i === j ? 1 : 0));
    });
  const run = ([a]: Tensor[]): Tensor => cholesky(a);
  const size = fc.integer({ min: 1, max: 4 });
  const points = fc.oneof(
    size.chain(definite).map((a) => [fromMatrix(a)]),
    size.chain((n) => fc.tuple(definite(n), definite(n))).map(([a, b]) => [stackOfTwo(a, b)]),
  );

  test.prop([lawInputs(points, run)])('obey the law, for directions that are not symmetric', (c) => {
    checkDerivatives(run, c);
  });
});
