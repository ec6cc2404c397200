import { fc, test } from '@fast-check/vitest';
import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import { expect } from 'vitest';
import {
  at,
  distance,
  EPS,
  identity,
  type Matrix,
  matrix,
  maxNorm,
  nested,
  product,
  symmetricMatrices,
  transposed,
} from '../../../test/linalg/hard-matrices.js';
import { eigh, eigvalsh } from './index.js';

function decompose(a: Matrix): { status: number; values: Float64Array; vectors: Matrix } {
  const values = new Float64Array(a.rows);
  const vectors = matrix(a.rows, a.rows, () => Number.NaN);
  return { status: eigh(a.rows, a.data, 0, values, 0, vectors.data, 0), values, vectors };
}

test.prop([symmetricMatrices()])('A·V = V·diag(w), V orthogonal, w ascending, largest components positive', (a) => {
  const n = a.rows;
  const before = a.data.slice();
  const { status, values, vectors } = decompose(a);
  expect(status).toBe(-1);
  expect(a.data).toEqual(before);
  expect(distance(product(transposed(vectors), vectors), identity(n))).toBeLessThanOrEqual(4 * (n + 1) * EPS);
  const scaled = matrix(n, n, (i, j) => at(vectors, i, j) * values[j]);
  expect(distance(product(a, vectors), scaled)).toBeLessThanOrEqual(4 * (n + 1) ** 1.5 * EPS * maxNorm(a) + 1e-320);
  for (let j = 0; j < n; j++) {
    if (j > 0) expect(values[j]).toBeGreaterThanOrEqual(values[j - 1]);
    let largest = 0;
    for (let i = 0; i < n; i++) if (Math.abs(at(vectors, i, j)) > Math.abs(largest)) largest = at(vectors, i, j);
    expect(largest).toBeGreaterThan(0);
  }
});

test.prop([symmetricMatrices(7)])('eigenvalues agree with ml-matrix', (a) => {
  fc.pre(a.rows > 0 && maxNorm(a) > 1e-100 && maxNorm(a) < 1e100);
  const expected = new EigenvalueDecomposition(new MlMatrix(nested(a)), { assumeSymmetric: true }).realEigenvalues;
  const ascending = Float64Array.from(expected).sort();
  const { values } = decompose(a);
  for (let j = 0; j < a.rows; j++) {
    expect(Math.abs(values[j] - ascending[j])).toBeLessThanOrEqual(40 * a.rows ** 1.5 * EPS * maxNorm(a));
  }
});

test.prop([symmetricMatrices(7), fc.integer({ min: -3, max: 3 })])(
  'a shift of A shifts the eigenvalues',
  (a, shift) => {
    fc.pre(maxNorm(a) < 1e100);
    const scale = maxNorm(a);
    const shifted = matrix(a.rows, a.rows, (i, j) => at(a, i, j) + (i === j ? shift * scale : 0));
    const moved = decompose(shifted).values;
    decompose(a).values.forEach((value, j) => {
      expect(Math.abs(moved[j] - value - shift * scale)).toBeLessThanOrEqual(60 * (a.rows + 1) ** 1.5 * EPS * scale);
    });
  },
);

test.prop([symmetricMatrices(7), fc.integer({ min: -600, max: 600 })])(
  'scaling by a power of two changes no digit',
  (a, exponent) => {
    const rounded = matrix(a.rows, a.rows, (i, j) => Math.round((at(a, i, j) / (maxNorm(a) || 1)) * 2 ** 30) / 2 ** 30);
    const scaled = matrix(a.rows, a.rows, (i, j) => at(rounded, i, j) * 2 ** exponent);
    const first = decompose(rounded);
    const second = decompose(scaled);
    expect(second.vectors.data).toEqual(first.vectors.data);
    // Products with 2^exponent are exact except where a rounding-error eigenvalue becomes subnormal.
    second.values.forEach((value, j) => {
      expect(Math.abs(value - first.values[j] * 2 ** exponent)).toBeLessThanOrEqual(
        1e-300 * 2 ** Math.max(0, exponent),
      );
    });
  },
);

test('known spectra: second difference, all ones, the exchange matrix, Wilkinson', () => {
  const n = 40;
  const difference = decompose(matrix(n, n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0))).values;
  difference.forEach((value, j) => {
    expect(Math.abs(value - (2 - 2 * Math.cos(((j + 1) * Math.PI) / (n + 1))))).toBeLessThanOrEqual(8 * n * EPS);
  });
  const ones = decompose(matrix(n, n, () => 1)).values;
  expect(Math.abs(ones[n - 1] - n)).toBeLessThanOrEqual(8 * n * EPS);
  expect(Math.max(...ones.subarray(0, n - 1).map(Math.abs))).toBeLessThanOrEqual(8 * n * EPS);
  const exchange = decompose(matrix(5, 5, (i, j) => (i + j === 4 ? 1 : 0))).values;
  exchange.forEach((value, j) => {
    expect(Math.abs(value - (j < 2 ? -1 : 1))).toBeLessThanOrEqual(20 * EPS);
  });
  // W21+ has pairs of eigenvalues that agree to 14 digits; the largest is 10.746194182903393 (Wilkinson 1965, p. 309).
  const wilkinson = decompose(
    matrix(21, 21, (i, j) => (i === j ? Math.abs(i - 10) : Math.abs(i - j) === 1 ? 1 : 0)),
  ).values;
  expect(Math.abs(wilkinson[20] - 10.746194182903393)).toBeLessThanOrEqual(100 * EPS * 10);
  expect(wilkinson[20] - wilkinson[19]).toBeLessThan(1e-12);
});

test('reads the lower triangle at the offset and writes at the offsets', () => {
  const a = Float64Array.of(9, 0, Number.NaN, 2, 0, 9);
  const values = Float64Array.of(7, 7, 7);
  const vectors = new Float64Array(6).fill(7);
  expect(eigh(2, a, 1, values, 1, vectors, 1)).toBe(-1);
  expect(values[0]).toBe(7);
  expect(values[1]).toBeCloseTo(-2, 14);
  expect(values[2]).toBeCloseTo(2, 14);
  expect([vectors[0], vectors[5]]).toEqual([7, 7]);
});

test.prop([symmetricMatrices()])('eigenvalues alone have the same bits, at any offset', (a) => {
  const n = a.rows;
  const shifted = Float64Array.of(9, ...a.data, 9);
  const before = shifted.slice();
  const values = new Float64Array(n + 2).fill(7);
  expect(eigvalsh(n, shifted, 1, values, 1)).toBe(-1);
  expect(shifted).toEqual(before);
  expect(Array.from(values)).toEqual([7, ...decompose(a).values, 7]);
});
