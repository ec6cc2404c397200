import { test } from '@fast-check/vitest';
import { matmul, mul, ones, slice, square, sum, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { cpToTensor, createProblem, initializeCp, unfold } from '../src/index.js';
import { irregular } from './irregular.js';

const gram = (factor: Tensor): Tensor => matmul(transpose(factor), factor);
const firstColumns = (factor: Tensor, count: number): Tensor => slice(factor, [undefined, { stop: count }]);

describe('random', () => {
  test('equal keys give equal bits, other keys others, modes differ', () => {
    const x = irregular([4, 4, 4], 1);
    const [a, b, c] = [key(1), key(1), key(2)].map((k) => initializeCp(x, 2, { key: k }));
    a.factors.forEach((factor, n) => {
      expectSameBits(factor.toTypedArray(), b.factors[n].toTypedArray());
      expect(factor.toArray()).not.toEqual(c.factors[n].toArray());
    });
    expect(a.factors[0].toArray()).not.toEqual(a.factors[1].toArray());
    expect(a.weights.toArray()).toEqual([1, 1]);
    expect(a.factors.map((factor) => factor.shape)).toEqual([
      [4, 2],
      [4, 2],
      [4, 2],
    ]);
  });

  test('entries are standard normal', () => {
    const values = Array.from(initializeCp(zeros([2000, 1]), 5).factors[0].toTypedArray());
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((total, v) => total + (v - mean) ** 2, 0) / values.length;
    // Four standard deviations of the two estimates; the draws are fixed.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
  });
});

describe('svd', () => {
  // Sizes on either side of the number of columns of their unfolding: 9 > 2·3.
  test.each([[[3, 4, 5]], [[9, 2, 3]], [[2, 9, 3]], [[2, 3, 9]]])(
    'columns diagonalise the Gram matrix of each unfolding of %j, largest eigenvalue first',
    (shape) => {
      const x = irregular(shape, 3);
      const rank = Math.min(...shape);
      const { factors } = initializeCp(x, rank, { method: 'svd' });
      factors.forEach((factor, mode) => {
        const identity = Array.from({ length: rank * rank }, (_, q) => Number(q % (rank + 1) === 0));
        expectClose(gram(factor).toTypedArray(), identity, { factor: 100 });
        // Uᵀ·X·Xᵀ·U is the diagonal matrix of the leading eigenvalues; trace and order say that they are the leading ones.
        const core = matmul(transpose(factor), unfold(x, mode));
        const values = matmul(core, transpose(core)).toTypedArray();
        const diagonal = Array.from({ length: rank }, (_, r) => values[r * (rank + 1)]);
        expectClose(
          values,
          identity.map((one, q) => one * values[q]),
          { factor: 200, scale: diagonal[0] },
        );
        expect(diagonal).toEqual([...diagonal].sort((a, b) => b - a));
        const total = sum(square(x)).item();
        const others = initializeCp(x, Math.min(shape[mode], x.size / shape[mode]), { method: 'svd' }).factors[mode];
        const rest = sum(square(matmul(transpose(others), unfold(x, mode)))).item();
        expectClose([rest], [total], { factor: 200 });
      });
    },
  );

  test('random unit columns follow where the rank exceeds the size or the data', () => {
    const { tensor: x } = createProblem({ shape: [4, 5, 6], rank: 2, key: key(5) });
    const found = initializeCp(x, 7, { method: 'svd', key: key(1) });
    const other = initializeCp(x, 7, { method: 'svd', key: key(2) });
    found.factors.forEach((factor, n) => {
      // Two leading vectors span the data: the other columns depend on the key, these do not.
      expectSameBits(firstColumns(factor, 2).toTypedArray(), firstColumns(other.factors[n], 2).toTypedArray());
      expect(slice(factor, [undefined, 2]).toArray()).not.toEqual(slice(other.factors[n], [undefined, 2]).toArray());
      const norms = gram(factor).toTypedArray();
      for (let r = 0; r < 7; r++) expectClose([norms[r * 8]], [1], { factor: 100 });
    });
  });

  test('the scale of the data does not matter, and zeros are no obstacle', () => {
    const x = irregular([3, 4, 2], 3);
    const expected = initializeCp(x, 2, { method: 'svd' });
    for (const scale of [2 ** 498, 2 ** -498]) {
      initializeCp(mul(x, scale), 2, { method: 'svd' }).factors.forEach((factor, n) => {
        expectSameBits(factor.toTypedArray(), expected.factors[n].toTypedArray());
      });
    }
    const { factors } = initializeCp(zeros([3, 2]), 2, { method: 'svd' });
    factors.forEach((factor) => {
      for (const v of factor.toTypedArray()) expect(Number.isFinite(v)).toBe(true);
    });
  });

  test('one component of a rank-one tensor is the tensor', () => {
    const x = cpToTensor({ weights: tensor([3]), factors: [ones([2, 1]), irregular([3, 1], 1), irregular([4, 1], 2)] });
    const { factors } = initializeCp(x, 1, { method: 'svd' });
    factors.forEach((factor, mode) => {
      const projected = matmul(factor, matmul(transpose(factor), unfold(x, mode)));
      expectClose(projected.toTypedArray(), unfold(x, mode).toTypedArray(), { factor: 50 });
    });
  });
});
