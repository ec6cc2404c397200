import { fc, test } from '@fast-check/vitest';
import { Matrix as MlMatrix, QrDecomposition } from 'ml-matrix';
import { expect } from 'vitest';
import {
  at,
  dense,
  distance,
  EPS,
  hardMatrices,
  identity,
  type Matrix,
  matrix,
  nested,
  product,
  transposed,
} from '../../../test/linalg/hard-matrices.js';
import { norm2 } from '../norm2/index.js';
import { qr, qrApply, qrFormQ } from './index.js';

function factor(a: Matrix): { data: Float64Array; taus: Float64Array } {
  const data = a.data.slice();
  const taus = new Float64Array(Math.min(a.rows, a.cols));
  qr(a.rows, a.cols, data, 0, taus, 0);
  return { data, taus };
}

function explicit(a: Matrix, cols: number): { q: Matrix; r: Matrix } {
  const { data, taus } = factor(a);
  const q = matrix(a.rows, cols, () => Number.NaN);
  qrFormQ(a.rows, a.cols, cols, data, 0, taus, 0, q.data, 0);
  return { q, r: matrix(cols, a.cols, (i, j) => (i <= j ? data[i * a.cols + j] : 0)) };
}

const tallOrWide = fc.oneof(
  { weight: 12, arbitrary: hardMatrices(8) },
  dense(40, 2),
  dense(2, 40),
  dense(30, 1),
  dense(1, 30),
);

function expectFactored(a: Matrix, complete: boolean): void {
  const k = complete ? a.rows : Math.min(a.rows, a.cols);
  const { q, r } = explicit(a, k);
  const steps = Math.min(a.rows, a.cols) + 1;
  expect(distance(product(transposed(q), q), identity(k))).toBeLessThanOrEqual(4 * steps * EPS * Math.sqrt(a.rows + 1));
  const back = product(q, r);
  for (let j = 0; j < a.cols; j++) {
    const norm = norm2(a.rows, a.data, j, a.cols);
    const column = (x: Matrix): Matrix => matrix(a.rows, 1, (i) => at(x, i, j));
    expect(distance(column(back), column(a))).toBeLessThanOrEqual(
      4 * steps * EPS * Math.sqrt(a.rows) * norm + a.rows * Number.MIN_VALUE,
    );
  }
}

test.prop([tallOrWide, fc.boolean()])(
  'Q·R gives every column back and Q is orthogonal, reduced and complete',
  expectFactored,
);

/** Sizes on both sides of a multiple of the block, where reflectors are applied as products. */
const large = fc
  .tuple(
    fc.constantFrom([64, 64], [65, 65], [97, 64], [66, 130], [130, 66]),
    fc.nat({ max: 1000 }),
    fc.constantFrom('dense', 'graded', 'rank 2', 'zero columns'),
  )
  .map(([[m, n], seed, kind]) => {
    const noise = (i: number, j: number): number => Math.sin(seed + 12.9898 * i * (j + 1) + 78.233 * j);
    return matrix(m, n, (i, j) => {
      if (kind === 'graded') return noise(i, j) * 10 ** (150 - (300 * j) / n);
      if (kind === 'rank 2') return noise(i, 0) + noise(i, 1) * noise(0, j);
      return kind === 'zero columns' && j % 33 === seed % 33 ? 0 : noise(i, j);
    });
  });

test.prop([large, fc.boolean()], { numRuns: 12 })('so do the blocks of large matrices', expectFactored);

test.prop([large, fc.boolean(), fc.constantFrom(31, 32, 70)], { numRuns: 12 })(
  'qrApply with blocks is the product with Q',
  (a, transpose, cols) => {
    const { data, taus } = factor(a);
    const { q } = explicit(a, a.rows);
    const c = matrix(a.rows, cols, (i, j) => Math.sin(3 * i + j));
    const result: Matrix = { ...c, data: c.data.slice() };
    qrApply(a.rows, a.cols, cols, data, 0, taus, 0, transpose, result.data, 0);
    const bound = 8 * (Math.min(a.rows, a.cols) + 1) * EPS * Math.sqrt(a.rows + 1);
    expect(distance(result, product(transpose ? transposed(q) : q, c))).toBeLessThanOrEqual(bound);
  },
);

test('large ones stand at their offsets', () => {
  const a = matrix(80, 70, (i, j) => Math.cos(i * i + 3 * j));
  const plain = factor(a);
  const data = Float64Array.of(7, ...a.data, 7);
  const taus = new Float64Array(72).fill(7);
  qr(80, 70, data, 1, taus, 1);
  expect(data).toEqual(Float64Array.of(7, ...plain.data, 7));
  expect(taus).toEqual(Float64Array.of(7, ...plain.taus, 7));
  const q = new Float64Array(80 * 80 + 2).fill(7);
  qrFormQ(80, 70, 80, data, 1, taus, 1, q, 1);
  expect([q[0], q[6401]]).toEqual([7, 7]);
  const same = matrix(80, 80, () => 0);
  qrFormQ(80, 70, 80, plain.data, 0, plain.taus, 0, same.data, 0);
  expect(q.subarray(1, 6401)).toEqual(same.data);
});

test.prop([tallOrWide, fc.boolean(), fc.integer({ min: 0, max: 3 })])(
  'qrApply is the product with Q',
  (a, transpose, cols) => {
    const { data, taus } = factor(a);
    const { q } = explicit(a, a.rows);
    const c = matrix(a.rows, cols, (i, j) => Math.sin(3 * i + j));
    const result: Matrix = { ...c, data: c.data.slice() };
    qrApply(a.rows, a.cols, cols, data, 0, taus, 0, transpose, result.data, 0);
    const bound = 8 * (Math.min(a.rows, a.cols) + 1) * EPS * (a.rows + 1);
    expect(distance(result, product(transpose ? transposed(q) : q, c))).toBeLessThanOrEqual(bound);
  },
);

test.prop([fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(dense(n + 2, n), fc.constant(n)))])(
  'agrees with ml-matrix up to the signs of the rows of R',
  ([random, n]) => {
    const a = matrix(n + 2, n, (i, j) => at(random, i, j) + (i === j ? n + 1 : 0));
    const { r } = explicit(a, n);
    const expected = new QrDecomposition(new MlMatrix(nested(a))).upperTriangularMatrix;
    for (let i = 0; i < n; i++) {
      const sign = Math.sign(at(r, i, i) * expected.get(i, i));
      for (let j = i; j < n; j++) {
        // The columns are dominated by the diagonal: norms at most 2n + 2, condition number at most about 4.
        expect(Math.abs(at(r, i, j) - sign * expected.get(i, j))).toBeLessThanOrEqual(100 * n * n * EPS);
      }
    }
  },
);

test('blocks are read at their offsets; a positive column gives a negative pivot', () => {
  const a = Float64Array.of(5, 3, 4, 5);
  const taus = Float64Array.of(7, 7);
  qr(2, 1, a, 1, taus, 1);
  expect(a[1]).toBe(-5);
  expect(taus[0]).toBe(7);
  const q = Float64Array.of(7, 7, 7);
  qrFormQ(2, 1, 1, a, 1, taus, 1, q, 1);
  expect(q[0]).toBe(7);
  expect(q[1]).toBeCloseTo(-0.6, 15);
  expect(q[2]).toBeCloseTo(-0.8, 15);
});
