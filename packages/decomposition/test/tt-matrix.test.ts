import { fc, test } from '@fast-check/vitest';
import { add, eye, kron, matmul, matrixTranspose, tensor } from '@neuronseek/tensor';
import { eigvalsh } from '@neuronseek/tensor/kernels';
import { describe, expect } from 'vitest';
import {
  type TtMatrix,
  ttAdd,
  ttIdentity,
  ttMatmul,
  ttMatrix,
  ttMatrixToTensor,
  ttMatrixTranspose,
  ttMatvec,
  ttRandom,
  ttRanks,
  ttToTensor,
} from '../src/index.js';
import { checkGradient } from './check-gradient.js';
import { irregular } from './irregular.js';
import { distance, elements, irregularTt } from './tt-support.js';

/** A fixed TT-matrix with irregular entries. */
function irregularMatrix(
  rows: readonly number[],
  columns: readonly number[],
  inner: readonly number[],
  seed: number,
): TtMatrix {
  const ranks = [1, ...inner, 1];
  return { cores: rows.map((m, k) => irregular([ranks[k], m, columns[k], ranks[k + 1]], seed + k)) };
}

/** Every element by its definition, row-major. */
function elementsOfMatrix({ cores }: TtMatrix): Float64Array {
  const rows = cores.map((core) => core.shape[1]);
  const columns = cores.map((core) => core.shape[2]);
  const size = (sizes: number[]): number => sizes.reduce((a, b) => a * b, 1);
  const digits = (q: number, sizes: number[]): number[] =>
    sizes.map((n, k) => Math.floor(q / size(sizes.slice(k + 1))) % n);
  const out = new Float64Array(size(rows) * size(columns));
  out.forEach((_, q) => {
    const i = digits(Math.floor(q / size(columns)), rows);
    const j = digits(q % size(columns), columns);
    let row = [1];
    cores.forEach((core, k) => {
      const [, m, n, s] = core.shape;
      const values = core.toTypedArray();
      row = Array.from({ length: s }, (__, b) =>
        row.reduce((sum, v, a) => sum + v * values[((a * m + i[k]) * n + j[k]) * s + b], 0),
      );
    });
    out[q] = row[0];
  });
  return out;
}

const sizes = fc
  .integer({ min: 1, max: 3 })
  .chain((order) =>
    fc.tuple(
      ...Array.from({ length: 3 }, () =>
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: order, maxLength: order }),
      ),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: order - 1, maxLength: order - 1 }),
    ),
  );

describe('TT-matrices', () => {
  test.prop([sizes])(
    'have the elements of their definition, and their operations are those of matrices',
    ([m, p, n, inner]) => {
      const a = irregularMatrix(m, p, inner, 1);
      const b = irregularMatrix(
        p,
        n,
        inner.map((r) => 4 - r),
        5,
      );
      const x = irregularTt(p, inner, 3);
      const [dense, other] = [ttMatrixToTensor(a), ttMatrixToTensor(b)];
      expect(distance(elements(dense), elementsOfMatrix(a))).toBeLessThan(1e-13);
      const rows = dense.shape[0];
      const vector = tensor(elements(ttToTensor(x)), [dense.shape[1], 1]);
      const scale = (Math.hypot(...elements(dense)) || 1) * (Math.hypot(...elements(vector)) || 1);
      const product = elements(ttToTensor(ttMatvec(a, x)));
      const expected = elements(matmul(dense, vector));
      expect(product.length).toBe(rows);
      expect(Math.hypot(...product.map((v, q) => v - expected[q])) / scale).toBeLessThan(1e-13);
      const squares = Math.hypot(...elements(dense)) * Math.hypot(...elements(other)) || 1;
      const both = elements(ttMatrixToTensor(ttMatmul(a, b)));
      const wanted = elements(matmul(dense, other));
      expect(Math.hypot(...both.map((v, q) => v - wanted[q])) / squares).toBeLessThan(1e-13);
      expect(elements(ttMatrixToTensor(ttMatrixTranspose(a)))).toEqual(elements(matrixTranspose(dense)));
    },
  );

  test('from dense and back, ranks bounded by the sizes, rank 10 of (2, 2, 2) x (3, 3, 3) (peer case 19)', () => {
    const dense = irregular([8, 27], 1);
    const matrix = ttMatrix(dense, [2, 2, 2], [3, 3, 3], { ranks: 10 });
    expect(matrix.ranks).toEqual([1, 6, 6, 1]);
    expect(matrix.cores.map((core) => core.shape)).toEqual([
      [1, 2, 3, 6],
      [6, 2, 3, 6],
      [6, 2, 3, 1],
    ]);
    expect(distance(elements(ttMatrixToTensor(matrix)), elements(dense))).toBeLessThan(1e-13);
    const cut = ttMatrix(dense, [2, 2, 2], [3, 3, 3], { eps: 0.5 });
    const apart = distance(elements(ttMatrixToTensor(cut)), elements(dense));
    expect(apart).toBeLessThanOrEqual(0.5);
    expect(Math.abs(apart - cut.relativeError)).toBeLessThan(1e-12);
  });

  test('a Kronecker product has ranks 1, its factors in order', () => {
    const [a, b] = [irregular([2, 3], 1), irregular([4, 2], 2)];
    const matrix = ttMatrix(kron(a, b), [2, 4], [3, 2], { eps: 1e-12 });
    expect(matrix.ranks).toEqual([1, 1, 1]);
    const [first] = matrix.cores;
    const ratio = elements(first).map((v, q) => v / elements(a)[q]);
    expect(Math.max(...ratio) - Math.min(...ratio)).toBeLessThan(1e-13);
  });

  test('the Laplacian in three dimensions has ranks 2, its product with a train is the dense one, its spectrum the known one', () => {
    const n = 4;
    const second = tensor(
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (__, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
      ),
    );
    const one = eye(n);
    const dense = add(add(kron(kron(second, one), one), kron(kron(one, second), one)), kron(kron(one, one), second));
    const laplace = ttMatrix(dense, [n, n, n], [n, n, n], { eps: 1e-12 });
    expect(laplace.ranks).toEqual([1, 2, 2, 1]);
    const x = ttRandom([n, n, n], 3);
    const y = ttMatvec(laplace, x);
    expect(ttRanks(y)).toEqual([1, 6, 6, 1]);
    const expected = elements(matmul(dense, tensor(elements(ttToTensor(x)), [n ** 3, 1])));
    expect(distance(elements(ttToTensor(y)), expected)).toBeLessThan(1e-13);
    const rounded = ttMatvec(laplace, x, { eps: 1e-12 });
    expect(Math.max(...ttRanks(rounded))).toBeLessThanOrEqual(4);
    expect(distance(elements(ttToTensor(rounded)), expected)).toBeLessThan(1e-11);
    const values = new Float64Array(n ** 3);
    eigvalsh(n ** 3, elements(ttMatrixToTensor(laplace)), 0, values, 0);
    const known = (k: number): number => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1));
    const all = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].map((c) => known(a) + known(b) + known(c))),
    );
    expect(
      distance(
        values,
        all.sort((a, b) => a - b),
      ),
    ).toBeLessThan(1e-12);
    const squared = ttMatmul(laplace, laplace, { eps: 1e-12 });
    expect(squared.cores.map((core) => core.shape[0])).toEqual([1, 3, 3]);
    expect(distance(elements(ttMatrixToTensor(squared)), elements(matmul(dense, dense)))).toBeLessThan(1e-11);
  });

  test('the unit matrix leaves trains alone', () => {
    const x = irregularTt([3, 2, 4], [2, 2]);
    const unit = ttIdentity([3, 2, 4]);
    expect(elements(ttMatrixToTensor(unit))).toEqual(elements(eye(24)));
    expect(elements(ttToTensor(ttMatvec(unit, x)))).toEqual(elements(ttToTensor(x)));
  });

  test('products distribute over sums', () => {
    const a = irregularMatrix([2, 3], [3, 2], [2], 1);
    const [x, y] = [irregularTt([3, 2], [2], 4), irregularTt([3, 2], [1], 7)];
    const together = elements(ttToTensor(ttMatvec(a, ttAdd(x, y))));
    const apart = elements(ttToTensor(ttAdd(ttMatvec(a, x), ttMatvec(a, y))));
    expect(distance(together, apart)).toBeLessThan(1e-13);
  });

  test('the derivatives are those that differences show', () => {
    const a = irregularMatrix([2, 2], [2, 3], [2], 1);
    const b = irregularMatrix([2, 3], [1, 2], [2], 5);
    const x = irregularTt([2, 3], [2], 3);
    checkGradient(
      (cores) => ttToTensor(ttMatvec({ cores: cores.slice(0, 2) }, { cores: cores.slice(2) })),
      [...a.cores, ...x.cores],
    );
    checkGradient(
      (cores) => ttMatrixToTensor(ttMatmul({ cores: cores.slice(0, 2) }, { cores: cores.slice(2) })),
      [...a.cores, ...b.cores],
    );
  });
});
