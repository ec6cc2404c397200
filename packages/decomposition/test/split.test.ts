import { fc, test } from '@fast-check/vitest';
import { svdvals } from '@neuronseek/tensor/kernels';
import { rankDeficient } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { productResidual } from '../src/low-rank/product-residual.js';
import { splitMatrix } from '../src/low-rank/split.js';
import { irregular } from './irregular.js';
import { elements } from './tt-support.js';

const EPS = 2 ** -52;

function singularValues(a: Float64Array, m: number, n: number): Float64Array {
  const s = new Float64Array(Math.min(m, n));
  svdvals(m, n, a, 0, s, 0);
  return s;
}

const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));

/** Columns of `left` against each other. */
function orthogonality(left: Float64Array, rank: number): number {
  let worst = 0;
  for (let r = 0; r < rank; r++) {
    for (let s = 0; s < rank; s++) {
      let sum = r === s ? -1 : 0;
      for (let i = 0; i < left.length / rank; i++) sum += left[i * rank + r] * left[i * rank + s];
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  return worst;
}

function residual(
  a: Float64Array,
  m: number,
  n: number,
  left: Float64Array,
  right: Float64Array,
  rank: number,
): number {
  let squares = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let d = a[i * n + j];
      for (let r = 0; r < rank; r++) d -= left[i * rank + r] * right[r * n + j];
      squares += d * d;
    }
  }
  return Math.sqrt(squares);
}

const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(50));

describe('splitMatrix', () => {
  test.prop([sizes, fc.integer({ min: 1, max: 9 }), fc.boolean()])(
    'of a given rank is as good as the truncated SVD (Eckart & Young), and says so',
    ([m, n, seed], rank, accurate) => {
      const a = elements(irregular([m, n], seed));
      const values = singularValues(a, m, n);
      const split = splitMatrix(a, m, n, { rank, accurate });
      expect(split.rank).toBe(Math.min(rank, m, n));
      expect(orthogonality(split.left, split.rank)).toBeLessThan(8 * (m + n) * EPS);
      const best = norm(values.subarray(split.rank));
      const error = residual(a, m, n, split.left, split.right, split.rank);
      const slack = 16 * (m + n) * EPS * norm(values);
      expect(Math.abs(error - best)).toBeLessThanOrEqual(slack);
      expect(Math.abs(split.discarded - best)).toBeLessThanOrEqual(slack);
    },
  );

  test.prop([sizes, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()])(
    'within a norm takes the least rank that keeps it',
    ([m, n, seed], share, accurate) => {
      const a = elements(irregular([m, n], seed));
      const values = singularValues(a, m, n);
      const whole = norm(values);
      const discarded = share * whole;
      const split = splitMatrix(a, m, n, { discarded, accurate });
      const slack = 16 * (m + n) * EPS * whole;
      expect(residual(a, m, n, split.left, split.right, split.rank)).toBeLessThanOrEqual(discarded + slack);
      if (split.rank > 1) expect(norm(values.subarray(split.rank - 1))).toBeGreaterThan(discarded - slack);
      expect(orthogonality(split.left, split.rank)).toBeLessThan(8 * (m + n) * EPS);
    },
  );

  test.prop([rankDeficient()])(
    'with nothing to leave out finds the rank of a matrix that has not the full one',
    ({ matrix, rank }) => {
      const [m, n] = matrix.shape;
      const values = Float64Array.from(matrix.data);
      const split = splitMatrix(values, m, n, { discarded: 0 });
      expect(split.rank).toBe(Math.max(1, rank));
      expect(residual(values, m, n, split.left, split.right, split.rank)).toBeLessThan(
        1e-13 * norm(values) + Number.MIN_VALUE,
      );
    },
  );

  test('sees singular values far below the root of eps where asked to, on either side', () => {
    const scales = [1, 1e-5, 1e-10];
    for (const [m, n] of [
      [4, 40],
      [40, 4],
      [7, 6],
    ]) {
      const a = new Float64Array(m * n);
      const [u, v] = [elements(irregular([m, 3], 1)), elements(irregular([3, n], 5))];
      scales.forEach((scale, r) => {
        for (let q = 0; q < m * n; q++) a[q] += scale * u[Math.floor(q / n) * 3 + r] * v[r * n + (q % n)];
      });
      expect(splitMatrix(a, m, n, { discarded: 0 }).rank).toBe(3);
      const three = splitMatrix(a, m, n, { rank: 3 });
      expect(residual(a, m, n, three.left, three.right, 3)).toBeLessThan(1e-14 * norm(a));
      // A rank above the true one is kept, with orthonormal columns.
      const four = splitMatrix(a, m, n, { rank: 4 });
      expect(four.rank).toBe(4);
      expect(orthogonality(four.left, 4)).toBeLessThan(1e-13);
    }
  });

  test('does not write to the matrix', () => {
    for (const options of [{}, { rank: 1 }, { discarded: 1 }]) {
      const a = elements(irregular([5, 3], 1));
      const before = a.slice();
      splitMatrix(a, 5, 3, options);
      expect(a).toEqual(before);
    }
  });
});

describe('productResidual', () => {
  test.prop([sizes, fc.integer({ min: 1, max: 3 })])(
    'is what subtracting element by element gives',
    ([m, n, seed], rank) => {
      const a = elements(irregular([m, n], seed));
      const left = elements(irregular([m, rank], seed + 1));
      const right = elements(irregular([rank, n], seed + 2));
      const expected = residual(a, m, n, left, right, rank);
      expect(Math.abs(productResidual(a, m, n, left, right, rank) - expected)).toBeLessThanOrEqual(64 * EPS * expected);
    },
  );

  test('of more rows than a block holds', () => {
    const [m, n] = [300, 200];
    const [left, right] = [elements(irregular([m, 2], 1)), elements(irregular([2, n], 2))];
    const a = elements(irregular([m, n], 3));
    const expected = residual(a, m, n, left, right, 2);
    expect(Math.abs(productResidual(a, m, n, left, right, 2) - expected)).toBeLessThanOrEqual(1e-12 * expected);
  });
});
