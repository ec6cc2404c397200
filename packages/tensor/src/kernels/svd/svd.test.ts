import { fc, test } from '@fast-check/vitest';
import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect } from 'vitest';
import {
  at,
  dense,
  distance,
  EPS,
  hardMatrices,
  hardMatrix,
  identity,
  type Matrix,
  matrix,
  maxNorm,
  nested,
  product,
  transposed,
} from '../../../test/linalg/hard-matrices.js';
import { eigh } from '../eigh/index.js';
import { norm2 } from '../norm2/index.js';
import { svd, svdvals } from './index.js';

interface Found {
  status: number;
  s: Float64Array;
  u: Matrix;
  vt: Matrix;
}

function decompose(a: Matrix, full = false): Found {
  const { rows: m, cols: n } = a;
  const k = Math.min(m, n);
  const s = new Float64Array(k).fill(Number.NaN);
  const u = matrix(m, full ? m : k, () => Number.NaN);
  const vt = matrix(full ? n : k, n, () => Number.NaN);
  const status = svd(m, n, a.data, 0, s, 0, u.data, 0, u.cols, vt.data, 0, vt.rows);
  return { status, s, u, vt };
}

function values(a: Matrix): Float64Array {
  const s = new Float64Array(Math.min(a.rows, a.cols));
  expect(svdvals(a.rows, a.cols, a.data, 0, s, 0)).toBe(-1);
  return s;
}

/** Everything that contract.ts promises of one matrix. */
function expectDecomposed(a: Matrix, full: boolean): Found {
  const { rows: m, cols: n } = a;
  const before = a.data.slice();
  const found = decompose(a, full);
  const { status, s, u, vt } = found;
  expect(status).toBe(-1);
  expect(a.data).toEqual(before);
  const bound = 8 * (m + n) * EPS;
  expect(distance(product(transposed(u), u), identity(u.cols))).toBeLessThanOrEqual(bound);
  expect(distance(product(vt, transposed(vt)), identity(vt.rows))).toBeLessThanOrEqual(bound);
  const scaled = matrix(m, vt.rows, (i, j) => (j < s.length ? at(u, i, j) * s[j] : 0));
  expect(distance(product(scaled, vt), a)).toBeLessThanOrEqual(bound * (s[0] ?? 0) + 1e-320);
  s.forEach((value, j) => {
    expect(value).toBeGreaterThanOrEqual(0);
    if (j > 0) expect(value).toBeLessThanOrEqual(s[j - 1]);
  });
  for (let j = 0; j < u.cols; j++) {
    let largest = 0;
    for (let i = 0; i < m; i++) if (Math.abs(at(u, i, j)) > Math.abs(largest)) largest = at(u, i, j);
    expect(largest).toBeGreaterThan(0);
  }
  expect(values(a)).toEqual(s);
  return found;
}

test.prop([hardMatrices(), fc.boolean()])('holds its contract on hard matrices of every shape', (a, full) => {
  expectDecomposed(a, full);
});

test.prop([
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 45 }))
    .chain(([short, long]) => fc.oneof(hardMatrix(long, short), hardMatrix(short, long))),
  fc.boolean(),
])('and on long ones', (a, full) => {
  expectDecomposed(a, full);
});

const families: Record<string, (n: number) => Matrix> = {
  Hilbert: (n) => matrix(n, n, (i, j) => 1 / (i + j + 1)),
  // Kahan (1966): R with columns that look independent.
  Kahan: (n) => matrix(n, n, (i, j) => Math.sin(1.2) ** i * (i === j ? 1 : j > i ? -Math.cos(1.2) : 0)),
  Wilkinson: (n) => matrix(n, n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : Math.abs(i - j) === 1 ? 1 : 0)),
  identity,
  zero: (n) => matrix(n, n, () => 0),
  ones: (n) => matrix(n, n, () => 1),
  'clustered at 1': (n) => matrix(n, n, (i, j) => (i === j ? 1 : 1e-13 * Math.cos(3 * i + j))),
  'nilpotent shift': (n) => matrix(n, n, (i, j) => (j === i + 1 ? 1 : 0)),
  'graded both ways': (n) => matrix(n, n, (i, j) => Math.cos(i * j + i + 1) * 10 ** (((i - j) * 60) / n)),
  'one row': (n) => matrix(n, n, (i, j) => (i === 0 ? j + 1 : 0)),
  'triangle of ones': (n) => matrix(n, n, (i, j) => (j >= i ? 1 : 0)),
  'bidiagonal with a zero on the diagonal': (n) =>
    matrix(n, n, (i, j) => (i === j ? (i === n >> 1 ? 0 : 1 + i) : j === i + 1 ? 2 : 0)),
  'subnormal entries': (n) => matrix(n, n, (i, j) => Math.round(9 * Math.cos(i + 2 * j)) * Number.MIN_VALUE),
};

describe.each(Object.keys(families))('%s', (name) => {
  test.each([1, 2, 5, 21, 48])('of order %i', (n) => {
    expectDecomposed(families[name](n), false);
  });
});

test('the smallest value of a Hilbert matrix', () => {
  // Smallest singular value of the Hilbert matrix of order 8: 1.111538966372442e-10, from its inverse, whose entries are integers.
  const hilbert = values(families.Hilbert(8));
  expect(Math.abs(hilbert[7] - 1.111538966372442e-10)).toBeLessThanOrEqual(8 * 16 * EPS * hilbert[0]);
});

test.prop([hardMatrices(7)])('agrees with ml-matrix', (a) => {
  fc.pre(a.rows > 0 && a.cols > 0 && maxNorm(a) > 1e-100 && maxNorm(a) < 1e100);
  const other = new SingularValueDecomposition(new MlMatrix(nested(a)), { autoTranspose: true }).diagonal;
  const expected = Float64Array.from(other).sort().reverse();
  const s = values(a);
  s.forEach((value, j) => {
    expect(Math.abs(value - expected[j])).toBeLessThanOrEqual(40 * (a.rows + a.cols) * EPS * s[0]);
  });
});

test.prop([fc.integer({ min: 1, max: 8 }).chain((n) => hardMatrix(n, n))])(
  'the symmetric matrix [0 A; Aᵀ 0] has the eigenvalues ±s',
  (a) => {
    const n = a.rows;
    const both = matrix(2 * n, 2 * n, (i, j) =>
      i < n && j >= n ? at(a, i, j - n) : i >= n && j < n ? at(a, j, i - n) : 0,
    );
    const w = new Float64Array(2 * n);
    eigh(2 * n, both.data, 0, w, 0, new Float64Array(4 * n * n), 0);
    const s = values(a);
    s.forEach((value, j) => {
      expect(Math.abs(w[2 * n - 1 - j] - value)).toBeLessThanOrEqual(16 * (2 * n + 1) ** 1.5 * EPS * s[0]);
      expect(Math.abs(w[j] + value)).toBeLessThanOrEqual(16 * (2 * n + 1) ** 1.5 * EPS * s[0]);
    });
  },
);

test.prop([hardMatrices(7)])('the sum of squares is that of the entries; the transpose has the same values', (a) => {
  const s = values(a);
  const size = norm2(a.data.length, a.data, 0, 1);
  const bound = 16 * (a.rows + a.cols) * EPS * size + 1e-320;
  expect(Math.abs(norm2(s.length, s, 0, 1) - size)).toBeLessThanOrEqual(bound);
  values(transposed(a)).forEach((value, j) => {
    expect(Math.abs(value - s[j])).toBeLessThanOrEqual(bound);
  });
});

test.prop([
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
    .chain(([m, n]) => fc.tuple(dense(m, n), dense(m, n))),
])(
  'Weyl: values move by no more than the norm of what is added; interlacing: a row less lowers them by one place',
  ([a, b]) => {
    const s = values(a);
    const sum = values(matrix(a.rows, a.cols, (i, j) => at(a, i, j) + at(b, i, j)));
    const largest = values(b)[0];
    const slack = 16 * (a.rows + a.cols) * EPS * (s[0] + largest);
    sum.forEach((value, j) => {
      expect(Math.abs(value - s[j])).toBeLessThanOrEqual(largest + slack);
    });
    const less = values(matrix(a.rows - 1, a.cols, (i, j) => at(a, i, j)));
    less.forEach((value, j) => {
      expect(value).toBeLessThanOrEqual(s[j] + slack);
      expect(value).toBeGreaterThanOrEqual((s[j + 1] ?? 0) - slack);
    });
  },
);

test.prop([
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
    .chain(([m, n]) => fc.tuple(dense(m, n), fc.nat({ max: Math.min(m, n) - 1 }), dense(m, m), dense(m, n))),
])(
  'Eckart-Young: the truncated product misses by the next value, and no other matrix of that rank by less',
  ([a, rank, left, right]) => {
    const { s, u, vt } = decompose(a);
    const cut = (x: Matrix, y: Matrix, weight: (q: number) => number): Matrix =>
      matrix(a.rows, a.cols, (i, j) => {
        let sum = 0;
        for (let q = 0; q < rank; q++) sum += at(x, i, q) * weight(q) * at(y, q, j);
        return sum;
      });
    const rest = (b: Matrix): number => values(matrix(a.rows, a.cols, (i, j) => at(a, i, j) - at(b, i, j)))[0];
    const slack = 32 * (a.rows + a.cols) * EPS * s[0];
    expect(Math.abs(rest(cut(u, vt, (q) => s[q])) - s[rank])).toBeLessThanOrEqual(slack);
    expect(rest(cut(left, right, () => 1))).toBeGreaterThanOrEqual(s[rank] - slack);
  },
);

const magnitudes = fc.double({ min: -50, max: 50, noNaN: true }).map((t) => 10 ** t);

test.prop([
  fc
    .integer({ min: 1, max: 10 })
    .chain((n) =>
      fc.tuple(
        fc.array(magnitudes, { minLength: n, maxLength: n }),
        fc.array(magnitudes, { minLength: n, maxLength: n }),
      ),
    ),
])('values of a bidiagonal matrix over 100 powers of ten are right to a relative error', ([d, e]) => {
  const n = d.length;
  const s = values(matrix(n, n, (i, j) => (i === j ? d[i] : j === i + 1 ? e[i] : 0)));
  // The determinant is the product of the diagonal: with a single value off in its digits the sums of logarithms would differ.
  const log = (xs: Iterable<number>): number => Array.from(xs, Math.log2).reduce((a, b) => a + b, 0);
  expect(Math.abs(log(s) - log(d))).toBeLessThanOrEqual(64 * n * (n + 40) * EPS);
});

test('two by two over 300 powers of ten: the small value has all its digits', () => {
  for (const [f, g, h] of [
    [1, 1, 1e-150],
    [1e-150, 1, 1],
    [1e-100, 1e-40, 1e60],
    [3, 4e-9, 1e-200],
    [1e-140, 1e-140, 1e-140],
  ]) {
    const s = values(matrix(2, 2, (i, j) => (i === j ? (i === 0 ? f : h) : j > i ? g : 0)));
    expect(Math.abs((s[0] / f) * (s[1] / h) - 1)).toBeLessThanOrEqual(64 * EPS);
  }
});

test.prop([
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })).chain(([m, n]) => dense(m, n)),
  fc.integer({ min: -600, max: 600 }),
])('scaling by a power of two changes no digit', (a, exponent) => {
  const rounded = matrix(a.rows, a.cols, (i, j) => Math.round(at(a, i, j) * 2 ** 30) / 2 ** 30);
  const first = decompose(rounded);
  const second = decompose(matrix(a.rows, a.cols, (i, j) => at(rounded, i, j) * 2 ** exponent));
  expect([second.u.data, second.vt.data]).toEqual([first.u.data, first.vt.data]);
  second.s.forEach((value, j) => {
    expect(Math.abs(value - first.s[j] * 2 ** exponent)).toBeLessThanOrEqual(1e-300 * 2 ** Math.max(0, exponent));
  });
});

test('many sweeps at once: a size at which the rotations do not fit their buffer', () => {
  expectDecomposed(
    matrix(90, 80, (i, j) => Math.sin(i * i + 3 * j + 1)),
    true,
  );
});

test('reads at the offset and writes at the offsets only', () => {
  const a = Float64Array.of(9, 3, 0, 0, 4, 9);
  const s = new Float64Array(4).fill(7);
  const u = new Float64Array(6).fill(7);
  const vt = new Float64Array(6).fill(7);
  expect(svd(2, 2, a, 1, s, 1, u, 1, 2, vt, 1, 2)).toBe(-1);
  expect(Array.from(s)).toEqual([7, 4, 3, 7]);
  expect(Array.from(u)).toEqual([7, 0, 1, 1, 0, 7]);
  expect(Array.from(vt)).toEqual([7, 0, 1, 1, 0, 7]);
  expect(svdvals(2, 2, a, 1, s, 2)).toBe(-1);
  expect(Array.from(s)).toEqual([7, 4, 4, 3]);
});

test('an iteration that cannot converge ends and says so', () => {
  const s = new Float64Array(2);
  expect(svdvals(2, 2, Float64Array.of(1, Number.NaN, 2, 3), 0, s, 0)).not.toBe(-1);
});
