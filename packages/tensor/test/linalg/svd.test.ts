import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, ones, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { add, mul, sub } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { expandDims } from '../../src/core/ops/axes.js';
import { concat, stack } from '../../src/core/ops/concat.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { square } from '../../src/core/ops/roots.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { svd, svdDefaults, svdvals } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, type LawInputs, lawInputs, stackOfTwo } from './derivative-law.js';
import { dense, hardMatrices, type Matrix, matrix, product } from './hard-matrices.js';

function compose({ u, s, vt }: { u: Tensor; s: Tensor; vt: Tensor }): Tensor {
  return matmul(mul(u, expandDims(s, s.order - 1)), vt);
}

test.prop([hardMatrices(6), fc.boolean()])(
  'u·diag(s)·vt gives a back with orthonormal factors; a stack gives the same bits, and so do values alone',
  (a, fullMatrices) => {
    const x = fromData(fromMatrix(a));
    const { u, s, vt } = svd(x, { fullMatrices });
    const k = Math.min(a.rows, a.cols);
    const [uCols, vtRows] = fullMatrices ? [a.rows, a.cols] : [k, k];
    expect([u.shape, s.shape, vt.shape]).toEqual([[a.rows, uCols], [k], [vtRows, a.cols]]);
    const factor = 8 * (a.rows + a.cols);
    const reduced = {
      u: slice(u, [undefined, { stop: k }]),
      s,
      vt: slice(vt, [{ stop: k }]),
    };
    if (k > 0) expectClose(compose(reduced).toTypedArray(), a.data, { factor, scale: s.data[0] });
    expectClose(matmul(matrixTranspose(u), u).toTypedArray(), eye(uCols).toTypedArray(), { factor, scale: 1 });
    expectClose(matmul(vt, matrixTranspose(vt)).toTypedArray(), eye(vtRows).toTypedArray(), { factor, scale: 1 });
    const both = svd(stack([ones(x.shape), x]), { fullMatrices });
    expect(slice(both.u, [1]).toArray()).toEqual(u.toArray());
    expect(slice(both.s, [1]).toArray()).toEqual(s.toArray());
    expect(slice(both.vt, [1]).toArray()).toEqual(vt.toArray());
    expect(svdvals(x).toArray()).toEqual(s.toArray());
    expect(slice(svdvals(stack([ones(x.shape), x])), [1]).toArray()).toEqual(s.toArray());
  },
);

test.prop([hardMatrices(5)])('float32 is the float64 result, rounded once', (a) => {
  const x = astype(fromData(fromMatrix(a)), 'float32');
  fc.pre(x.toTypedArray().every(Number.isFinite));
  const single = svd(x);
  const exact = svd(astype(x, 'float64'));
  expect([single.u.dtype, single.s.dtype, single.vt.dtype]).toEqual(['float32', 'float32', 'float32']);
  for (const name of ['u', 's', 'vt'] as const) {
    expect(single[name].toArray()).toEqual(astype(exact[name], 'float32').toArray());
  }
});

test('shapes without elements are NumPy’s; integers become float64; a view is read through its strides', () => {
  const shapes = (x: Tensor, fullMatrices: boolean): unknown => {
    const { u, s, vt } = svd(x, { fullMatrices });
    return [u.shape, s.shape, vt.shape];
  };
  expect(shapes(zeros([0, 3]), false)).toEqual([[0, 0], [0], [0, 3]]);
  expect(shapes(zeros([0, 3]), true)).toEqual([[0, 0], [0], [3, 3]]);
  expect(shapes(zeros([3, 0]), true)).toEqual([[3, 3], [0], [0, 0]]);
  expect(shapes(zeros([2, 0, 3, 4]), false)).toEqual([
    [2, 0, 3, 3],
    [2, 0, 3],
    [2, 0, 3, 4],
  ]);
  expect(svd(zeros([0, 2]), { fullMatrices: true }).vt.toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(svd(tensor(Int32Array.of(3, 4), [1, 2])).s.dtype).toBe('float64');
  expect(svdDefaults).toEqual({ fullMatrices: false });
  const x = tensor([
    [1, 2, 5],
    [3, 4, 9],
  ]);
  expect(svdvals(slice(matrixTranspose(x), [{ step: -1 }])).toArray()).toEqual(
    svdvals(
      tensor([
        [5, 9],
        [2, 4],
        [1, 3],
      ]),
    ).toArray(),
  );
});

test('refusals', () => {
  const array: unknown = [[1]];
  expect(() => svd(array as Tensor)).toThrow(
    new TypeError('svd: expected a tensor, got an array; make a tensor of it with tensor(…)'),
  );
  expect(() => svdvals(array as Tensor)).toThrow(TypeError);
  expect(() => svd(zeros([3]))).toThrow('svd: needs a matrix: a is [3]');
  expect(() => svd(tensor([[1, Number.NaN]]))).toThrow('svd: the matrix is not finite: element [0, 1] is NaN');
  expect(() => svdvals(tensor([[Infinity]]))).toThrow('svdvals: the matrix is not finite: element [0, 0] is Infinity');
  const wrong: unknown = 1;
  expect(() => svd(zeros([2, 2]), { fullMatrices: wrong as boolean })).toThrow(
    new TypeError('svd: fullMatrices must be a boolean, got 1'),
  );
});

// Singular values about 2, 4, 6, ...: gaps above 1 between orthogonal factors that are the same for every case, and signs that do not flip.
function spread(a: Matrix): Matrix {
  const q = (n: number): Matrix =>
    matrix(n, n, (i, j) => (i === j ? 1 : 0) - 2 * ((i + 1) / (n + 1)) * ((j + 1) / (n + 1)) * scaleOf(n));
  const scaleOf = (n: number): number => {
    let length = 0;
    for (let i = 0; i < n; i++) length += ((i + 1) / (n + 1)) ** 2;
    return 1 / length;
  };
  const base = product(
    product(
      q(a.rows),
      matrix(a.rows, a.cols, (i, j) => (i === j ? 2 * (i + 1) : 0)),
    ),
    q(a.cols),
  );
  return matrix(a.rows, a.cols, (i, j) => base.data[i * a.cols + j] + a.data[i * a.cols + j] / 8);
}

describe('derivatives of orders 1 and 2', () => {
  const size = fc.integer({ min: 1, max: 4 });
  const points = fc.oneof(
    fc
      .tuple(size, size)
      .chain(([m, n]) => dense(m, n))
      .map((a) => [fromMatrix(spread(a))]),
    fc
      .tuple(size, size)
      .chain(([m, n]) => fc.tuple(dense(m, n), dense(m, n)))
      .map(([a, b]) => [stackOfTwo(spread(a), spread(b))]),
  );
  const outputs: Record<string, (xs: Tensor[]) => Tensor> = {
    s: ([a]) => svd(a).s,
    'values alone': ([a]) => svdvals(a),
    u: ([a]) => svd(a).u,
    vt: ([a]) => svd(a).vt,
    'all three': ([a]) => {
      const { u, s, vt } = svd(a);
      return concat([u, expandDims(s, s.order - 1), matrixTranspose(vt)], { axis: a.order - 2 });
    },
    'composed again': ([a]) => compose(svd(a)),
  };

  describe.each(Object.keys(outputs))('of %s', (name) => {
    const run = outputs[name];
    test.prop([lawInputs(points, run)], { numRuns: 40 })('obey the law', (c: LawInputs) => {
      checkDerivatives(run, c);
    });
  });

  test('of the factors with fullMatrices: as reduced where they are, else refused', () => {
    const x = fromData(fromMatrix(spread(matrix(3, 2, (i, j) => Math.sin(i + 2 * j)))));
    const weight = tensor([
      [1, 2],
      [3, -1],
    ]);
    const f =
      (fullMatrices: boolean) =>
      (a: Tensor): Tensor => {
        const { s, vt } = svd(a, { fullMatrices });
        return add(sum(square(s)), sum(mul(vt, weight)));
      };
    expect(grad(f(true))(x).toArray()).toEqual(grad(f(false))(x).toArray());
    const wide = (fullMatrices: boolean) => (a: Tensor) => sum(mul(svd(a, { fullMatrices }).u, weight));
    expect(grad(wide(true))(matrixTranspose(x)).toArray()).toEqual(grad(wide(false))(matrixTranspose(x)).toArray());
    const message = 'svd: singular vectors that belong to no singular value are not unique and have no derivative';
    expect(() => grad((a: Tensor) => sum(svd(a, { fullMatrices: true }).u))(x)).toThrow(`${message}: a is [3, 2]`);
    expect(() => grad((a: Tensor) => sum(svd(a, { fullMatrices: true }).vt))(matrixTranspose(x))).toThrow(message);
    expect(grad((a: Tensor) => sum(svd(a, { fullMatrices: true }).u))(slice(x, [{ stop: 2 }])).shape).toEqual([2, 2]);
  });
});

describe('where singular values coincide', () => {
  const polar = (a: Tensor): Tensor => {
    const { u, vt } = svd(a);
    return matmul(u, vt);
  };

  test('values and their sum have derivatives, vectors that tell them apart have none', () => {
    expect(grad((a: Tensor) => sum(svd(a).s))(eye(3)).toArray()).toEqual(eye(3).toArray());
    expect(grad((a: Tensor) => sum(svdvals(a)))(mul(2, eye(3))).toArray()).toEqual(eye(3).toArray());
    const first = (a: Tensor): Tensor => slice(svd(a).u, [0, 1]);
    const message = 'svd: singular vectors of singular values that coincide have no derivative: the matrix has 1 at';
    expect(() => grad(first)(eye(3))).toThrow(message);
    expect(() => grad((a: Tensor) => slice(svd(a).vt, [0, 1]))(eye(3))).toThrow(message);
    expect(() => grad((a: Tensor) => slice(svd(a).u, [1, 0, 1]))(stack([eye(2), mul(3, eye(2))]))).toThrow(
      'matrix [1] of the stack has 3 at',
    );
  });

  test('the polar factor u·vt is differentiable once all the same', () => {
    // d(polar) at I is the skew part, and at c·I that divided by c.
    const weight = tensor([
      [1, 2, 3],
      [5, 7, 11],
      [13, 17, 19],
    ]);
    const skew = mul(0.25, sub(weight, matrixTranspose(weight)));
    const pulled = vjp(polar, mul(2, eye(3))).pullback(weight);
    expectClose(pulled.toTypedArray(), skew.toTypedArray(), { factor: 200 });
    // A second time the values come in, and p/(s[j] − s[i]) has a limit that is not 0.
    const second = (a: Tensor): Tensor => sum(mul(weight, vjp(polar, a).pullback(weight)));
    expect(() => grad(second)(mul(2, eye(3)))).toThrow('svd: singular vectors of singular values that coincide');
  });

  test('functions of values and vectors are refused, not wrong by the limit of a quotient 0/0', () => {
    const message = 'singular vectors of singular values that coincide have no derivative: the matrix has 1 at';
    const whole = (a: Tensor): Tensor => {
      const { u, s, vt } = svd(a);
      return matmul(mul(u, s), vt);
    };
    expect(() => grad((a: Tensor) => slice(whole(a), [0, 1]))(eye(3))).toThrow(`svd: ${message}`);
    const zero = tensor([
      [3, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(() => grad((a: Tensor) => add(slice(whole(a), [1, 2]), slice(whole(a), [1, 1])))(zero)).toThrow(
      'the matrix has 0 at 1 and 0 at 2',
    );
    // The Hessian of Σ s² is 2·I: 0/0 taken for 0 would lose a part of it.
    const squares = (a: Tensor): Tensor => sum(square(svdvals(a)));
    expect(() => grad((a: Tensor) => slice(grad(squares)(a), [0, 1]))(eye(3))).toThrow(`svdvals: ${message}`);
    // Vectors that nobody uses may belong to equal values.
    const x = tensor([
      [3, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const top = (a: Tensor): Tensor => {
      const { u, s, vt } = svd(a);
      return slice(
        matmul(mul(slice(u, [undefined, { stop: 1 }]), slice(s, [{ stop: 1 }])), slice(vt, [{ stop: 1 }])),
        [0, 1],
      );
    };
    expectClose(grad(top)(x).toTypedArray(), [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], { factor: 100, scale: 1 });
  });

  test('two values of 0 coincide; one of 0 is harmless in a square matrix and fatal in a long one', () => {
    const singular = tensor([
      [3, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(() => grad((a: Tensor) => slice(polar(a), [1, 2]))(singular)).toThrow(
      'coincide have no derivative: the matrix has 0 at 1 and 0 at 2',
    );
    const one = tensor([
      [3, 0],
      [0, 0],
    ]);
    expect(grad((a: Tensor) => slice(svd(a).u, [1, 0]))(one).toArray()).toEqual([
      [0, 0],
      [1 / 3, 0],
    ]);
    const long = concat([one, zeros([1, 2])], { axis: 0 });
    const message =
      'svd: singular vectors of a singular value that is 0 have no derivative in a rectangular matrix: the matrix has 0 at 1';
    expect(() => grad((a: Tensor) => sum(svd(a).u))(long)).toThrow(message);
    expect(() => grad((a: Tensor) => sum(svd(a).vt))(matrixTranspose(long))).toThrow(message);
    expect(grad((a: Tensor) => slice(svd(a).u, [2, 0]))(long).toArray()).toEqual([
      [0, 0],
      [0, 0],
      [1 / 3, 0],
    ]);
  });
});
