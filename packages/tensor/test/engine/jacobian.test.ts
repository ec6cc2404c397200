import { fc, test } from '@fast-check/vitest';
import { data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { hessian, hvp } from '../../src/core/hessian.js';
import { jacobian } from '../../src/core/jacobian.js';
import { add, mul } from '../../src/core/ops/arithmetic.js';
import { concat } from '../../src/core/ops/concat.js';
import { exp } from '../../src/core/ops/exponential.js';
import { tanh } from '../../src/core/ops/hyperbolic.js';
import { dot, matmul } from '../../src/core/ops/matmul.js';
import { power } from '../../src/core/ops/power.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { sqrt, square } from '../../src/core/ops/roots.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { transpose } from '../../src/core/ops/transpose.js';
import { sin } from '../../src/core/ops/trigonometric.js';
import type { Tensor } from '../../src/core/tensor.js';
import { elements, fromData } from '../support/elements.js';

const size = fc.integer({ min: 0, max: 5 });
const system = fc.tuple(size, size).chain(([m, n]) => fc.tuple(data({ shape: [m, n] }), data({ shape: [n] })));

describe('jacobian', () => {
  test.prop([system])('of a linear map is its matrix, tall or wide', ([a, x]) => {
    const matrix = fromData(a);
    const j = jacobian((v: Tensor) => matmul(matrix, v))(fromData(x));
    expect(j.shape).toEqual(a.shape);
    expect(elements(j)).toEqual([...a.data].map((v) => v + 0));
  });

  test.prop([system])('has rows of gradients, whichever way it is built', ([a, x]) => {
    const matrix = fromData(a);
    const f = (v: Tensor): Tensor => tanh(matmul(matrix, square(v)));
    const j = jacobian(f)(fromData(x));
    for (let i = 0; i < a.shape[0]; i++) {
      const row = grad((v: Tensor) => slice(f(v), [i]))(fromData(x));
      expectClose(elements(slice(j, [i])), elements(row), { factor: 64, scale: 100 });
    }
  });

  it('has the shape [...output, ...input], also of order 0 and empty', () => {
    const shape = (f: (x: Tensor) => Tensor, of: readonly number[]): readonly number[] => jacobian(f)(zeros(of)).shape;
    expect(shape((x) => sum(x), [2, 3])).toEqual([2, 3]);
    expect(shape((x) => transpose(x), [2, 3])).toEqual([3, 2, 2, 3]);
    expect(shape((x) => reshape(x, [1]), [])).toEqual([1]);
    expect(shape((x) => concat([x, x]), [0])).toEqual([0, 0]);
    expect(shape((x) => sum(x, { axes: 0 }), [0, 3])).toEqual([3, 0, 3]);
  });

  it('of trees is a tree of blocks, and carries the rest along', () => {
    const at = { a: tensor([1, 2]), b: [tensor(3)], name: 'p' };
    const j = jacobian((p: typeof at, factor: number) => ({ y: mul(p.a, p.b[0]), z: [mul(p.b[0], factor)] }))(at, 10);
    expect(j.y.a.toArray()).toEqual([
      [3, 0],
      [0, 3],
    ]);
    expect(j.y.b[0].toArray()).toEqual([1, 2]);
    expect(j.z[0].a.toArray()).toEqual([0, 0]);
    expect(j.z[0].b[0].item()).toBe(10);
    expect(j.y.name).toBe('p');
  });

  it('asks nothing of the other outputs, or along the other inputs, where slopes are infinite', () => {
    const rows = jacobian((x: Tensor) => ({ a: sum(square(x)), b: sum(sqrt(x)) }))(tensor([0, 1, 4]));
    expect(rows.a.toArray()).toEqual([0, 2, 8]);
    expect(rows.b.toArray()).toEqual([Number.POSITIVE_INFINITY, 0.5, 0.25]);
    const columns = jacobian((p: { a: Tensor; b: Tensor }) => concat([mul(p.a, 2), sqrt(p.b), p.a]))({
      a: tensor([3]),
      b: tensor([0]),
    });
    expect(columns.a.toArray()).toEqual([[2], [0], [1]]);
    expect(columns.b.toArray()).toEqual([[0], [Number.POSITIVE_INFINITY], [0]]);
  });

  it('has the dtype of what it is the derivative with respect to, both ways', () => {
    const x = tensor([1, 2], undefined, { dtype: 'float32' });
    expect(jacobian((t: Tensor) => sum(mul(t, tensor([1, 2]))))(x).dtype).toBe('float32');
    expect(jacobian((t: Tensor) => concat([mul(t, tensor([1, 2])), t]))(x).dtype).toBe('float32');
  });

  it('can be differentiated', () => {
    // d/dx of trace J with J = diag(3x²): 6x.
    const trace = (x: Tensor): Tensor =>
      sum(
        mul(
          jacobian((t: Tensor) => power(t, 3))(x),
          tensor([
            [1, 0],
            [0, 1],
          ]),
        ),
      );
    expect(grad(trace)(tensor([2, 5])).toArray()).toEqual([12, 30]);
  });
});

const quadratic = fc
  .integer({ min: 0, max: 5 })
  .chain((n) => fc.tuple(data({ shape: [n, n] }), data({ shape: [n] }), data({ shape: [n] })));

describe('hessian and hvp', () => {
  const wave =
    (matrix: Tensor) =>
    (x: Tensor): Tensor =>
      sum(mul(sin(x), matmul(matrix, exp(mul(x, 0.1)))));

  test.prop([quadratic])('of xᵀAx are A + Aᵀ and (A + Aᵀ)v', ([a, x, v]) => {
    const matrix = fromData(a);
    const f = (t: Tensor): Tensor => dot(t, matmul(matrix, t));
    const expected = add(matrix, transpose(matrix));
    expectClose(elements(hessian(f)(fromData(x))), elements(expected), { factor: 8, scale: 20 });
    const product = matmul(expected, fromData(v));
    expectClose(elements(hvp(f, fromData(x), fromData(v))), elements(product), { factor: 64, scale: 1000 });
  });

  test.prop([quadratic])('agree with each other and are symmetric', ([a, x, v]) => {
    const f = wave(fromData(a));
    const h = hessian(f)(fromData(x));
    expectClose(elements(h), elements(transpose(h)), { factor: 64, scale: 1000 });
    const product = matmul(h, fromData(v));
    expectClose(elements(hvp(f, fromData(x), fromData(v))), elements(product), { factor: 500, scale: 10000 });
  });

  it('of a tree is a tree of trees', () => {
    const at = { a: tensor([1, 2]), b: tensor(3) };
    const f = (p: typeof at): Tensor => sum(mul(square(p.a), p.b));
    const h = hessian(f)(at);
    expect(h.a.a.toArray()).toEqual([
      [6, 0],
      [0, 6],
    ]);
    expect(h.a.b.toArray()).toEqual([2, 4]);
    expect(h.b.a.toArray()).toEqual([2, 4]);
    expect(h.b.b.item()).toBe(0);
    const product = hvp(f, at, { a: tensor([1, 0]), b: tensor(1) });
    expect([product.a.toArray(), product.b.item()]).toEqual([[8, 4], 2]);
  });

  it('passes other arguments on and differentiates', () => {
    const cubic = (x: Tensor, c: number): Tensor => sum(mul(power(x, 3), c));
    expect(hessian(cubic)(tensor([2]), 5).toArray()).toEqual([[60]]);
    expect(grad((x: Tensor) => sum(hvp((t: Tensor) => cubic(t, 1), x, tensor([1]))))(tensor([2])).toArray()).toEqual([
      6,
    ]);
  });

  it('refuse what does not fit, under their own names', () => {
    const f = (x: Tensor): Tensor => sum(x);
    expect(() => hvp(f, zeros([2]), zeros([3]))).toThrow(new RangeError('hvp: the tangent is [3], the primal is [2]'));
    expect(() => hessian((x: Tensor) => x)(zeros([2]))).toThrow(/must return one number, it returned shape \[2\]/);
  });
});
