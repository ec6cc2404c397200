import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { Matrix as MlMatrix, pseudoInverse } from 'ml-matrix';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { stack } from '../../src/core/ops/concat.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { inv, lstsq, matrixRank, pinv, svdvals } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { at, dense, EPS, hardMatrices, type Matrix, matrix, nested, wellConditioned } from './hard-matrices.js';

const rcond = 1e-6;

test.prop([hardMatrices(6)])(
  'Penrose’s four conditions hold where singular values are 0 or at least 1e-6 of the largest',
  (a) => {
    fc.pre(a.rows > 0 && a.cols > 0);
    const x = fromData(fromMatrix(a));
    const s = Array.from(svdvals(x).toTypedArray());
    fc.pre(s[0] === 0 || (s[0] > 1e-170 && s.every((value) => value > rcond * s[0] || value < 1e-13 * s[0])));
    const p = pinv(x, { rcond });
    expect(p.shape).toEqual([a.cols, a.rows]);
    const smallest = s.reduce((least, value) => (value > rcond * s[0] ? value : least), s[0]);
    // Errors of p are a few (m + n)·eps·‖p‖·cond; the conditions multiply them by ‖a‖ or ‖p‖ once more.
    const condition = s[0] === 0 ? 1 : s[0] / smallest;
    const factor = 64 * (a.rows + a.cols) ** 1.5 * condition;
    const ap = matmul(x, p);
    const pa = matmul(p, x);
    const apa = matmul(ap, x);
    // What was cut off, 1e-13 of the largest at most, is missing in the first condition.
    expectClose(apa.toTypedArray(), a.data, { factor: factor + 1e-13 / EPS, scale: s[0] });
    expectClose(matmul(pa, p).toTypedArray(), p.toTypedArray(), {
      factor: factor * condition,
      scale: s[0] === 0 ? 0 : 1 / smallest,
    });
    expectClose(ap.toTypedArray(), matrixTranspose(ap).toTypedArray(), { factor, scale: 1 });
    expectClose(pa.toTypedArray(), matrixTranspose(pa).toTypedArray(), { factor, scale: 1 });
    const both = pinv(stack([zeros(x.shape), x]), { rcond });
    expect(slice(both, [1]).toArray()).toEqual(p.toArray());
  },
);

test.prop([fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(wellConditioned(n), dense(n, 2)))])(
  'is the inverse of a regular matrix, and solves as lstsq does',
  ([a, b]) => {
    const x = fromData(fromMatrix(a));
    const factor = 200 * a.rows;
    expectClose(pinv(x).toTypedArray(), inv(x).toTypedArray(), { factor });
    const y = fromData(fromMatrix(b));
    expectClose(matmul(pinv(x), y).toTypedArray(), lstsq(x, y).solution.toTypedArray(), { factor, scale: 1 });
  },
);

test.prop([fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([m, n]) => dense(m, n))])(
  'agrees with ml-matrix where it has a good condition',
  (a) => {
    const s = svdvals(fromData(fromMatrix(a))).toTypedArray();
    fc.pre(s[s.length - 1] > 1e-2);
    const expected = pseudoInverse(new MlMatrix(nested(a))).to1DArray();
    expectClose(pinv(fromData(fromMatrix(a))).toTypedArray(), expected, { factor: 1e5, scale: 1 });
  },
);

test('reciprocals that overflow stay apart from zeros', () => {
  const tiny = pinv(mul(eye(2), 1e-310)).toArray();
  expect(tiny).toEqual([
    [Infinity, 0],
    [0, Infinity],
  ]);
  expect(pinv(mul(eye(2), 2 ** -1022)).toArray()).toEqual(mul(eye(2), 2 ** 1022).toArray());
});

test('known values, dtypes, shapes without elements, the cut, refusals', () => {
  expect(
    pinv(
      tensor([
        [2, 0],
        [0, 0],
      ]),
    ).toArray(),
  ).toEqual([
    [0.5, 0],
    [0, 0],
  ]);
  expect(pinv(zeros([2, 3])).toArray()).toEqual(zeros([3, 2]).toArray());
  expect(pinv(zeros([0, 3])).shape).toEqual([3, 0]);
  expect(pinv(zeros([2, 3, 0])).shape).toEqual([2, 0, 3]);
  const x = tensor([
    [1, 2],
    [3, 5],
    [8, 13],
  ]);
  const single = pinv(astype(x, 'float32'));
  expect(single.dtype).toBe('float32');
  expect(single.toArray()).toEqual(astype(pinv(x, { rcond: 3 * 2 ** -23 }), 'float32').toArray());
  expect(
    pinv(
      tensor([
        [1, 0],
        [0, 1e-5],
      ]),
      { rcond: 1e-4 },
    ).toArray(),
  ).toEqual([
    [1, 0],
    [0, 0],
  ]);
  expect(
    pinv(
      tensor([
        [1, 0],
        [0, 1e-15],
      ]),
    ).toArray(),
  ).toEqual([
    [1, 0],
    [0, 1 / 1e-15],
  ]);
  expect(
    pinv(
      tensor([
        [1, 0],
        [0, 4e-16],
      ]),
    ).toArray(),
  ).toEqual([
    [1, 0],
    [0, 0],
  ]);
  expect(() => pinv(x, { rcond: -1 })).toThrow(new RangeError('pinv: rcond is negative or NaN: -1'));
  const text: unknown = '1';
  expect(() => pinv(x, { rcond: text as number })).toThrow(new TypeError("pinv: rcond must be a number, got '1'"));
  expect(() => pinv(tensor([Number.NaN]))).toThrow('pinv: needs a matrix: a is [1]');
  expect(() => pinv(tensor([[Number.NaN]]))).toThrow('pinv: the matrix is not finite: element [0, 0] is NaN');
  const array: unknown = [[1]];
  expect(() => pinv(array as Tensor)).toThrow('pinv: expected a tensor, got an array');
});

describe('derivatives', () => {
  const size = fc.integer({ min: 1, max: 4 });
  const strong = (a: Matrix): Matrix => matrix(a.rows, a.cols, (i, j) => at(a, i, j) + (i === j ? 3 : 0));
  const run = ([a]: Tensor[]): Tensor => pinv(a);
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

  test.prop([lawInputs(points, run)])('of orders 1 and 2 obey the law', (c) => {
    checkDerivatives(run, c);
  });

  test('do not exist where a singular value counts as 0', () => {
    const total = (a: Tensor): Tensor => sum(pinv(a));
    expect(() => grad(total)(stack([eye(2), zeros([2, 2])]))).toThrow(
      new RangeError(
        'pinv: the pseudoinverse jumps where a loses rank and has no derivative there: the rank of matrix [1] of the stack, [2, 2], is 0',
      ),
    );
  });
});

describe('matrixRank', () => {
  test.prop([
    fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 }))
      .chain(([m, n, r]) => fc.tuple(dense(m, r), dense(r, n))),
  ])('of a product is at most its inner size, and as the singular values say', ([left, right]) => {
    const x = matmul(fromData(fromMatrix(left)), fromData(fromMatrix(right)));
    const rank = matrixRank(x);
    expect([rank.shape, rank.dtype]).toEqual([[], 'int32']);
    expect(rank.item()).toBeLessThanOrEqual(Math.min(left.cols, ...x.shape));
    const s = svdvals(x).toTypedArray();
    expect(rank.item()).toBe(s.filter((value) => value > Math.max(...x.shape) * EPS * s[0]).length);
    expect(matrixRank(stack([x, x])).toArray()).toEqual([rank.item(), rank.item()]);
  });

  test('is refused where the largest singular value overflows', () => {
    const large = tensor([
      [1.7e308, 1.7e308],
      [1.7e308, -1.7e308],
    ]);
    expect(() => matrixRank(large)).toThrow('matrixRank: the largest singular value of the matrix overflows');
    expect(() => pinv(large)).toThrow('pinv: the largest singular value of the matrix overflows');
  });

  test('tolerances, dtypes, low orders, refusals', () => {
    const x = tensor([
      [1, 0],
      [0, 1e-8],
    ]);
    expect(matrixRank(x).item()).toBe(2);
    expect(matrixRank(astype(x, 'float32')).item()).toBe(1);
    expect(matrixRank(x, { tol: 1e-8 }).item()).toBe(1);
    expect(matrixRank(x, { rtol: 1e-7 }).item()).toBe(1);
    expect(matrixRank(x, { tol: 0 }).item()).toBe(2);
    expect(matrixRank(zeros([2, 0, 3])).toArray()).toEqual([0, 0]);
    expect([
      matrixRank(tensor([0, 0])).item(),
      matrixRank(tensor([0, 2])).item(),
      matrixRank(tensor(3)).item(),
    ]).toEqual([0, 1, 1]);
    expect(() => matrixRank(x, { tol: 1, rtol: 1 })).toThrow('matrixRank: both tol and rtol are given: 1, 1');
    expect(() => matrixRank(x, { rtol: -1 })).toThrow('matrixRank: rtol is negative or NaN: -1');
    expect(() => matrixRank(tensor([[Infinity]]))).toThrow('matrixRank: the matrix is not finite');
    expect(() => grad((a: Tensor) => sum(mul(a, matrixRank(a))))(x)).toThrow('matrixRank: has no derivative');
    const array: unknown = [[1]];
    expect(() => matrixRank(array as Tensor)).toThrow('matrixRank: expected a tensor, got an array');
  });
});
