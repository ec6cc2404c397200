import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { concat, stack } from '../../src/core/ops/concat.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { qr, qrDefaults } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { at, dense, hardMatrices, type Matrix, matrix } from './hard-matrices.js';

test.prop([hardMatrices(6), fc.constantFrom<'reduced' | 'complete'>('reduced', 'complete')])(
  'q·r gives a back with orthonormal q, and r upper triangular with a diagonal >= 0; a stack gives the same bits',
  (a, mode) => {
    const x = fromData(fromMatrix(a));
    const { q, r } = qr(x, { mode });
    const k = mode === 'complete' ? a.rows : Math.min(a.rows, a.cols);
    expect([q.shape, r.shape]).toEqual([
      [a.rows, k],
      [k, a.cols],
    ]);
    const factor = 8 * (k + 1) * (a.rows + 1);
    expectClose(matmul(q, r).toTypedArray(), a.data, { factor });
    expectClose(matmul(matrixTranspose(q), q).toTypedArray(), eye(k).toTypedArray(), { factor, scale: 1 });
    for (let i = 0; i < Math.min(k, a.cols); i++) expect(r.data[i * (a.cols + 1)]).toBeGreaterThanOrEqual(0);
    for (let i = 0; i < k; i++) for (let j = 0; j < Math.min(i, a.cols); j++) expect(r.data[i * a.cols + j]).toBe(0);
    const both = qr(stack([zeros(x.shape), x]), { mode });
    expect(slice(both.q, [1]).toArray()).toEqual(q.toArray());
    expect(slice(both.r, [1]).toArray()).toEqual(r.toArray());
  },
);

test('columns next to overflow are no worse than others', () => {
  const a = tensor([
    [0, 1.25, 3],
    [-1.75, 1.25, 4],
    [0, 0.5, 5],
  ]);
  const plain = qr(a);
  const large = qr(mul(a, tensor([2 ** 1023, 2 ** 1023, 1])));
  expect(large.q.toArray()).toEqual(plain.q.toArray());
  expect(large.r.toArray()).toEqual(mul(plain.r, tensor([2 ** 1023, 2 ** 1023, 1])).toArray());
});

test('the default is the reduced factor', () => {
  expect(qrDefaults).toEqual({ mode: 'reduced' });
  expect(qr(zeros([3, 2])).q.shape).toEqual([3, 2]);
});

test('dtypes and refusals', () => {
  expect(qr(tensor(Float32Array.of(3, 4), [2, 1])).r.toArray()).toEqual([[5]]);
  expect(qr(tensor(Int32Array.of(3, 4), [2, 1])).q.dtype).toBe('float64');
  expect(() => qr(zeros([3]))).toThrow('qr: needs a matrix: a is [3]');
  expect(() => qr(tensor([[0, -Infinity]]))).toThrow('qr: the matrix is not finite: element [0, 1] is -Infinity');
  const bad: unknown = 'full';
  expect(() => qr(zeros([2, 2]), { mode: bad as 'reduced' })).toThrow(
    "qr: mode must be 'reduced' or 'complete', got full",
  );
});

describe('derivatives of orders 1 and 2', () => {
  const size = fc.integer({ min: 1, max: 4 });
  const strong = (a: Matrix): Matrix => matrix(a.rows, a.cols, (i, j) => at(a, i, j) + (i === j ? 3 : 0));
  const outputs: Record<string, (xs: Tensor[]) => Tensor> = {
    q: ([a]) => qr(a).q,
    r: ([a]) => qr(a).r,
    'q and r': ([a]) => {
      const { q, r } = qr(a);
      return concat([q, matrixTranspose(r)], { axis: a.order - 2 });
    },
  };
  const points = fc.oneof(
    fc
      .tuple(size, size)
      .chain(([m, n]) => dense(m, n))
      .map((a) => [fromMatrix(strong(a))]),
    fc
      .tuple(size, size)
      .chain(([m, n]) => fc.tuple(dense(m, n), dense(m, n)))
      .map(([a, b]) => [stackOfTwo(strong(a), strong(b))]),
  );

  test.prop([
    fc
      .constantFrom(...Object.values(outputs))
      .chain((run) => fc.record({ run: fc.constant(run), c: lawInputs(points, run) })),
  ])('obey the law for tall, square and wide matrices', ({ run, c }) => {
    checkDerivatives(run, c);
  });

  test('are refused where they do not exist', () => {
    const complete = (a: Tensor): Tensor => sum(qr(a, { mode: 'complete' }).q);
    expect(() => grad(complete)(tensor([[1], [2]]))).toThrow(
      "qr: the complete factor of a tall matrix is not unique and has no derivative: a is [2, 1]; use mode 'reduced'",
    );
    expect(grad(complete)(tensor([[1, 2]])).shape).toEqual([1, 2]);
    expect(() => grad((a: Tensor) => sum(qr(a).q))(zeros([2, 2]))).toThrow('derivative of qr: the matrix is singular');
  });
});
