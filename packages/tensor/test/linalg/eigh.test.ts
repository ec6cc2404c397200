import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { expandDims } from '../../src/core/ops/axes.js';
import { concat, stack } from '../../src/core/ops/concat.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { eigh } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { at, dense, type Matrix, matrix, maxNorm, symmetricMatrices } from './hard-matrices.js';

test.prop([symmetricMatrices(6)])('a·v = v·w, also in a stack', (a) => {
  const x = fromData(fromMatrix(a));
  const { eigenvalues, eigenvectors } = eigh(x);
  const factor = 10 * (a.rows + 1) ** 1.5;
  expectClose(matmul(x, eigenvectors).toTypedArray(), mul(eigenvectors, expandDims(eigenvalues, 0)).toTypedArray(), {
    factor,
    scale: maxNorm(a),
  });
  const both = eigh(stack([eye(a.rows), x]));
  expect(slice(both.eigenvalues, [1]).toArray()).toEqual(eigenvalues.toArray());
  expect(slice(both.eigenvectors, [1]).toArray()).toEqual(eigenvectors.toArray());
});

test('decomposes the symmetric part, of any dtype', () => {
  const { eigenvalues, eigenvectors } = eigh(
    tensor(
      [
        [0, 4],
        [0, 0],
      ],
      undefined,
      { dtype: 'float32' },
    ),
  );
  expect(eigenvalues.toArray()).toEqual([-2, 2]);
  expect([eigenvalues.dtype, eigenvectors.dtype]).toEqual(['float32', 'float32']);
  expect(eigh(tensor([[3]], undefined, { dtype: 'int32' })).eigenvalues.dtype).toBe('float64');
});

test('refuses what it cannot decompose', () => {
  expect(() => eigh(zeros([2, 3]))).toThrow('eigh: the matrix is not square: a is [2, 3]');
  expect(() => eigh(tensor([[[1]], [[Number.NaN]]]))).toThrow(
    'eigh: the matrix is not finite: element [1, 0, 0] is NaN',
  );
  expect(eigh(zeros([0, 0])).eigenvalues.shape).toEqual([0]);
  expect(eigh(zeros([0, 2, 2])).eigenvectors.shape).toEqual([0, 2, 2]);
});

describe('derivatives of orders 1 and 2', () => {
  // Eigenvalues about 0, 2, 4, ... with off-diagonal entries at most 1/4: gaps above 1, and the signs of vectors cannot flip.
  const spread = (a: Matrix): Matrix => matrix(a.rows, a.cols, (i, j) => (i === j ? 2 * i : 0) + at(a, i, j) / 4);
  const size = fc.integer({ min: 1, max: 4 });
  const points = fc.oneof(
    size.chain((n) => dense(n, n)).map((a) => [fromMatrix(spread(a))]),
    size.chain((n) => fc.tuple(dense(n, n), dense(n, n))).map(([a, b]) => [stackOfTwo(spread(a), spread(b))]),
  );
  const outputs: ((xs: Tensor[]) => Tensor)[] = [
    ([a]) => eigh(a).eigenvalues,
    ([a]) => eigh(a).eigenvectors,
    ([a]) => {
      const { eigenvalues, eigenvectors } = eigh(a);
      return concat([eigenvectors, expandDims(eigenvalues, eigenvalues.order - 1)], { axis: a.order - 2 });
    },
  ];

  test.prop([
    fc.constantFrom(...outputs).chain((run) => fc.record({ run: fc.constant(run), c: lawInputs(points, run) })),
  ])('obey the law, for directions that are not symmetric', ({ run, c }) => {
    checkDerivatives(run, c);
  });

  test('a product of values and vectors is refused where several values are 0, not wrong', () => {
    const whole = (x: Tensor): Tensor => {
      const { eigenvalues, eigenvectors } = eigh(x);
      return sum(matmul(mul(eigenvectors, eigenvalues), matrixTranspose(eigenvectors)));
    };
    expect(() => grad(whole)(zeros([2, 2]))).toThrow(
      'eigh: eigenvectors of eigenvalues that coincide have no derivative: the matrix has 0 at 0 and 0 at 1',
    );
  });

  test('where eigenvalues coincide: eigenvalues yes, eigenvectors only if the pair is not told apart', () => {
    const a = tensor([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 5],
    ]);
    expect(grad((x: Tensor) => sum(eigh(x).eigenvalues))(a).toArray()).toEqual(eye(3).toArray());
    const top = (x: Tensor): Tensor => {
      const v = slice(eigh(x).eigenvectors, [undefined, { start: 2 }]);
      return sum(
        mul(
          matmul(v, matrixTranspose(v)),
          tensor([
            [0, 1, 2],
            [1, 0, 3],
            [2, 3, 0],
          ]),
        ),
      );
    };
    // d(v·vᵀ) = Σ (5 − 1)⁻¹·(eⱼ·e₂ᵀ + e₂·eⱼᵀ)·dA[j, 2], weighted with 2 and 3.
    expectClose(grad(top)(a).toTypedArray(), [0, 0, 0.5, 0, 0, 0.75, 0.5, 0.75, 0], { factor: 16, scale: 1 });
    const apart = (x: Tensor): Tensor =>
      sum(
        mul(
          eigh(x).eigenvectors,
          tensor([
            [0, 1, 0],
            [0, 0, 0],
            [0, 0, 0],
          ]),
        ),
      );
    expect(() => grad(apart)(a)).toThrow(
      'eigh: eigenvectors of eigenvalues that coincide have no derivative: the matrix has 1 at 0 and 1 at 1',
    );
  });
});
