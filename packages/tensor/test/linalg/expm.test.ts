import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { add, mul, neg, sub } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { expandDims } from '../../src/core/ops/axes.js';
import { stack } from '../../src/core/ops/concat.js';
import { exp } from '../../src/core/ops/exponential.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { eigh, expm, inv, matrixPower, norm, slogdet } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { dense, EPS, type Matrix, matrix, wellConditioned } from './hard-matrices.js';

// 1-norms on both sides of every bound of the Padé approximants.
const scales = fc.constantFrom(1e-200, 1e-3, 0.01, 0.1, 0.5, 1, 2, 5, 12, 40);
const squares = (largest: number): fc.Arbitrary<Matrix> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: largest }).chain((n) => dense(n, n)),
      scales,
    )
    .map(([a, scale]) => matrix(a.rows, a.cols, (i, j) => (a.data[i * a.cols + j] * scale) / Math.max(1, a.rows)));
const tensorOf = (a: Matrix): Tensor => fromData(fromMatrix(a));
const size = (x: Tensor): number => norm(x).item();

/** Σ Aᵏ/k! by definition, in float64: with the error of its largest term. */
function series(a: Tensor): Tensor {
  let term = eye(a.shape[0]);
  let total = term;
  for (let k = 1; k < 200; k++) {
    term = mul(matmul(term, a), 1 / k);
    total = add(total, term);
  }
  return total;
}

test.prop([squares(5)])('is the series, a stack gives the same bits', (a) => {
  const x = tensorOf(a);
  const e = expm(x);
  const s = size(x);
  // The error of the oracle is that of its largest term, at most eps·exp(‖A‖).
  expectClose(e.toTypedArray(), series(x).toTypedArray(), { factor: 40 * (a.rows + 1) * (1 + s), scale: Math.exp(s) });
  expect(slice(expm(stack([mul(9, eye(a.rows)), x])), [1]).toArray()).toEqual(e.toArray());
});

test.prop([squares(5)])('of a symmetric matrix has the exponentials of the eigenvalues', (a) => {
  const x = add(tensorOf(a), matrixTranspose(tensorOf(a)));
  const { eigenvalues, eigenvectors } = eigh(x);
  const expected = matmul(mul(eigenvectors, exp(expandDims(eigenvalues, 0))), matrixTranspose(eigenvectors));
  expectClose(expm(x).toTypedArray(), expected.toTypedArray(), {
    factor: 30 * (a.rows + 1) * (1 + size(x)),
    scale: size(expected),
  });
});

test.prop([squares(5)])('the logarithm of the determinant is the trace', (a) => {
  const x = tensorOf(a);
  const trace = sum(mul(x, eye(a.rows))).item();
  const e = expm(x);
  const { sign, logAbsDet } = slogdet(e);
  expect(sign.item()).toBe(1);
  // ln det(E + dE) moves by the trace of E⁻¹·dE.
  const condition = size(e) * size(expm(neg(x)));
  expect(Math.abs(logAbsDet.item() - trace)).toBeLessThanOrEqual(30 * (a.rows + 1) * (1 + size(x)) * EPS * condition);
});

test.prop([squares(4), fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })])(
  'of a sum of commuting matrices is the product, and of −a the inverse',
  (a, linear, quadratic) => {
    const x = tensorOf(a);
    fc.pre(size(x) < 4);
    const other = add(mul(linear, x), mul(quadratic, matmul(x, x)));
    const [first, second] = [expm(x), expm(other)];
    const tolerance = {
      factor: 60 * (a.rows + 1) * (1 + size(x) + size(other)),
      // The norm of the product may be much smaller than that of the factors, which carry the error.
      scale: Math.exp(size(x) + size(other)),
    };
    expectClose(expm(add(x, other)).toTypedArray(), matmul(first, second).toTypedArray(), tolerance);
    expectClose(matmul(first, expm(neg(x))).toTypedArray(), eye(a.rows).toTypedArray(), {
      ...tolerance,
      scale: Math.exp(2 * size(x)),
    });
  },
);

test.prop([squares(5)])('of a skew matrix is orthogonal', (a) => {
  const x = sub(tensorOf(a), matrixTranspose(tensorOf(a)));
  const e = expm(x);
  expectClose(matmul(e, matrixTranspose(e)).toTypedArray(), eye(a.rows).toTypedArray(), {
    factor: 30 * (a.rows + 1) * (1 + size(x)),
    scale: 1,
  });
});

test('of nilpotent matrices is a polynomial', () => {
  expect(
    expm(
      tensor([
        [0, 1],
        [0, 0],
      ]),
    ).toArray(),
  ).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expectClose(
    expm(
      tensor([
        [0, 0],
        [1e6, 0],
      ]),
    ).toTypedArray(),
    [1, 0, 1e6, 1],
    { factor: 4 },
  );
  const shift = matrix(6, 6, (i, j) => (j === i + 1 ? 1 : 0));
  const factorial = [1, 1, 2, 6, 24, 120];
  expectClose(expm(tensorOf(shift)).toTypedArray(), matrix(6, 6, (i, j) => (j >= i ? 1 / factorial[j - i] : 0)).data, {
    factor: 8,
  });
});

test('known values, extremes, dtypes, refusals', () => {
  expect(expm(zeros([3, 3])).toArray()).toEqual(eye(3).toArray());
  expect(expm(zeros([0, 0])).shape).toEqual([0, 0]);
  expect(expm(zeros([2, 0, 0])).shape).toEqual([2, 0, 0]);
  // A turn by 1000 radians.
  expectClose(
    expm(
      tensor([
        [0, -1000],
        [1000, 0],
      ]),
    ).toTypedArray(),
    [Math.cos(1000), -Math.sin(1000), Math.sin(1000), Math.cos(1000)],
    { factor: 8000, scale: 1 },
  );
  // Example 2 of Moler & Van Loan (2003): cancellation ruins the series, not this.
  expectClose(
    expm(
      tensor([
        [-49, 24],
        [-64, 31],
      ]),
    ).toTypedArray(),
    [-0.735758758144755, 0.551819099658099, -1.471517599088239, 1.103638240715557],
    { factor: 4e4, scale: 1 },
  );
  expect(expm(tensor([[-800]])).item()).toBe(0);
  expect(expm(tensor([[1000]])).item()).toBe(Infinity);
  expect(expm(tensor([[-1.7e308]])).item()).toBe(0);
  expect(expm(tensor([[1e-310]])).item()).toBe(1);
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(expm(astype(x, 'float32')).toArray()).toEqual(astype(expm(x), 'float32').toArray());
  expect(expm(astype(x, 'int32')).toArray()).toEqual(expm(x).toArray());
  expect(() => expm(zeros([2, 3]))).toThrow('expm: the matrix is not square: a is [2, 3]');
  expect(() => expm(tensor([[Number.NaN]]))).toThrow('expm: the matrix is not finite: element [0, 0] is NaN');
  const array: unknown = [[1]];
  expect(() => expm(array as Tensor)).toThrow('expm: expected a tensor, got an array');
});

describe('derivatives', () => {
  const points = fc.oneof(
    fc
      .integer({ min: 1, max: 3 })
      .chain((n) => dense(n, n))
      .map((a) => [fromMatrix(a)]),
    fc
      .integer({ min: 1, max: 2 })
      .chain((n) => fc.tuple(dense(n, n), dense(n, n)))
      .map(([a, b]) => [stackOfTwo(a, b)]),
  );
  const run = ([a]: Tensor[]): Tensor => expm(a);

  test.prop([lawInputs(points, run)], { numRuns: 40 })('of orders 1 and 2 obey the law', (c) => {
    checkDerivatives(run, c);
  });

  test('of third order, of a number', () => {
    const f = (x: Tensor): Tensor => sum(expm(x));
    const third = grad((x: Tensor) => sum(grad((y: Tensor) => sum(grad(f)(y)))(x)));
    expectClose(third(tensor([[0.5]])).toTypedArray(), [Math.exp(0.5)], { factor: 200 });
  });

  test.each([1e-200, 1e-20, 1, 1e20, 1e200])('keep their digits for a cotangent of size %f', (scale) => {
    const a = tensor([
      [0.1, 0.7],
      [-0.3, 0.2],
    ]);
    const g = tensor([
      [1, 2],
      [3, 5],
    ]);
    const pulled = vjp(expm, a).pullback(mul(g, scale));
    const plain = vjp(expm, a).pullback(g);
    expectClose(pulled.toTypedArray(), mul(plain, scale).toTypedArray(), { factor: 100 });
    expect(
      vjp(expm, a)
        .pullback(zeros([2, 2]))
        .toArray(),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('of float32 and of nothing', () => {
    const g = vjp(expm, astype(eye(2), 'float32')).pullback(astype(mul(1e-30, eye(2)), 'float32'));
    expect(g.dtype).toBe('float32');
    expectClose(g.toTypedArray(), mul(Math.E * 1e-30, eye(2)).toTypedArray(), { factor: 8, epsilon: 2 ** -23 });
    expect(vjp(expm, zeros([0, 0])).pullback(zeros([0, 0])).shape).toEqual([0, 0]);
  });
});

describe('matrixPower', () => {
  test.prop([fc.integer({ min: 1, max: 4 }).chain((n) => wellConditioned(n)), fc.integer({ min: -5, max: 9 })])(
    'is the repeated product',
    (a, n) => {
      const x = mul(1 / (a.rows + 1), tensorOf(a));
      const step = n < 0 ? inv(x) : x;
      let expected = eye(a.rows);
      for (let k = 0; k < Math.abs(n); k++) expected = matmul(expected, step);
      expectClose(matrixPower(x, n).toTypedArray(), expected.toTypedArray(), {
        factor: 64 * (a.rows + 1) * (Math.abs(n) + 1),
        scale: Math.max(1, size(step)) ** Math.abs(n),
      });
      expect(slice(matrixPower(stack([eye(a.rows), x]), n), [1]).toArray()).toEqual(matrixPower(x, n).toArray());
    },
  );

  test('extremes, dtypes, derivatives, refusals', () => {
    expect(matrixPower(tensor([[-1]]), 2 ** 40 + 1).item()).toBe(-1);
    expect(matrixPower(tensor(Int32Array.of(2), [1, 1]), 3).dtype).toBe('float64');
    expect(matrixPower(zeros([2, 3, 3], { dtype: 'float32' }), 0).toArray()).toEqual([
      eye(3).toArray(),
      eye(3).toArray(),
    ]);
    expect(matrixPower(zeros([0, 0]), -2).shape).toEqual([0, 0]);
    expect(grad((x: Tensor) => sum(matrixPower(x, 3)))(tensor([[2]])).item()).toBe(12);
    expect(grad((x: Tensor) => sum(matrixPower(x, -1)))(tensor([[2]])).item()).toBe(-0.25);
    expect(grad((x: Tensor) => sum(matrixPower(x, 0)))(tensor([[2]])).item()).toBe(0);
    expect(() => matrixPower(zeros([2, 2]), -1)).toThrow('matrixPower: the matrix is singular: pivot 0 is 0');
    expect(() => matrixPower(zeros([2, 2]), 0.5)).toThrow('matrixPower: n must be an integer, got 0.5');
    const text: unknown = '2';
    expect(() => matrixPower(zeros([2, 2]), text as number)).toThrow(
      'matrixPower: n must be a number, got a value of type string',
    );
    expect(() => matrixPower(zeros([2, 3]), 1)).toThrow('matrixPower: the matrix is not square: a is [2, 3]');
    const array: unknown = [[1]];
    expect(() => matrixPower(array as Tensor, 1)).toThrow('matrixPower: expected a tensor, got an array');
  });
});
