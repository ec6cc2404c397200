import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { stack } from '../../src/core/ops/concat.js';
import { square } from '../../src/core/ops/roots.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import type { Tensor } from '../../src/core/tensor.js';
import { eigh, eigvalsh } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { at, dense, type Matrix, matrix, symmetricMatrices } from './hard-matrices.js';

test.prop([symmetricMatrices(8)])('are the eigenvalues of eigh, bit for bit, also in a stack', (a) => {
  const x = fromData(fromMatrix(a));
  const expected = eigh(x).eigenvalues.toArray();
  expect(eigvalsh(x).toArray()).toEqual(expected);
  expect(slice(eigvalsh(stack([eye(a.rows), x])), [1]).toArray()).toEqual(expected);
});

test('dtypes, shapes, refusals', () => {
  expect(eigvalsh(tensor([[3]], undefined, { dtype: 'int32' })).dtype).toBe('float64');
  expect(eigvalsh(eye(2, { dtype: 'float32' })).dtype).toBe('float32');
  expect(eigvalsh(zeros([2, 0, 0])).shape).toEqual([2, 0]);
  expect(() => eigvalsh(zeros([2, 3]))).toThrow('eigvalsh: the matrix is not square: a is [2, 3]');
  expect(() => eigvalsh(tensor([[Infinity]]))).toThrow(
    'eigvalsh: the matrix is not finite: element [0, 0] is Infinity',
  );
  const array: unknown = [[1]];
  expect(() => eigvalsh(array as Tensor)).toThrow('eigvalsh: expected a tensor, got an array');
  expect(() => eigh(array as Tensor)).toThrow('eigh: expected a tensor, got an array');
});

describe('derivatives', () => {
  const spread = (a: Matrix): Matrix => matrix(a.rows, a.cols, (i, j) => (i === j ? 2 * i : 0) + at(a, i, j) / 4);
  const size = fc.integer({ min: 1, max: 4 });
  const points = fc.oneof(
    size.chain((n) => dense(n, n)).map((a) => [fromMatrix(spread(a))]),
    size.chain((n) => fc.tuple(dense(n, n), dense(n, n))).map(([a, b]) => [stackOfTwo(spread(a), spread(b))]),
  );
  const run = ([a]: Tensor[]): Tensor => eigvalsh(a);

  test.prop([lawInputs(points, run)], { numRuns: 40 })('of orders 1 and 2 obey the law', (c) => {
    checkDerivatives(run, c);
  });

  test('exist once where eigenvalues coincide', () => {
    expect(grad((x: Tensor) => sum(square(eigvalsh(x))))(eye(2)).toArray()).toEqual([
      [2, 0],
      [0, 2],
    ]);
  });
});
