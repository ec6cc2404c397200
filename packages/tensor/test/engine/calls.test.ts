import { fc, test } from '@fast-check/vitest';
import { data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { checkpoint } from '../../src/core/checkpoint.js';
import { tensor, zeros } from '../../src/core/create.js';
import { customVjp } from '../../src/core/custom-vjp.js';
import { grad, valueAndGrad } from '../../src/core/grad.js';
import { jvp } from '../../src/core/jvp.js';
import { add, div, mul } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { exp, log } from '../../src/core/ops/exponential.js';
import { tanh } from '../../src/core/ops/hyperbolic.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { argmax } from '../../src/core/ops/reduce.js';
import { sqrt, square } from '../../src/core/ops/roots.js';
import { floor } from '../../src/core/ops/rounding.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { take } from '../../src/core/ops/take.js';
import { sin } from '../../src/core/ops/trigonometric.js';
import type { Tensor } from '../../src/core/tensor.js';
import { elements, fromData } from '../support/elements.js';

const layerInputs = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([m, n]) => fc.tuple(data({ shape: [m, n] }), data({ shape: [n, n] })));

describe('checkpoint', () => {
  const layer = (x: Tensor, w: Tensor): Tensor => tanh(matmul(x, w));
  const deep =
    (step: typeof layer) =>
    (p: { x: Tensor; w: Tensor }): Tensor =>
      sum(square(step(step(step(p.x, p.w), p.w), p.w)));

  test.prop([layerInputs])('changes neither value nor gradient by a bit', ([x, w]) => {
    const at = { x: fromData(x), w: fromData(w) };
    const plain = valueAndGrad(deep(layer))(at);
    const kept = valueAndGrad(deep(checkpoint(layer)))(at);
    expect(elements(kept.value)).toEqual(elements(plain.value));
    expect(elements(kept.grad.x)).toEqual(elements(plain.grad.x));
    expect(elements(kept.grad.w)).toEqual(elements(plain.grad.w));
    expect(kept.grad.x.node).toBeUndefined();
  });

  test.prop([layerInputs])('has the derivatives of higher order and the forward one', ([x, w]) => {
    const second = (step: typeof layer): Tensor =>
      grad((p: Tensor) => sum(square(grad((q: Tensor) => deep(step)({ x: fromData(x), w: q }))(p))))(fromData(w));
    const exact = elements(second(layer));
    const scale = Math.max(1, ...exact.map(Math.abs));
    expectClose(elements(second(checkpoint(layer))), exact, { factor: 100, scale });
    const along = (step: typeof layer): Tensor =>
      jvp((q: Tensor) => step(fromData(x), q), fromData(w), fromData(w)).tangent;
    expectClose(elements(along(checkpoint(layer))), elements(along(layer)), { factor: 16, scale: 10 });
  });

  it('evaluates again in the backward pass, and keeps nothing of the first time', () => {
    let runs = 0;
    let recorded = 0;
    const f = checkpoint((x: Tensor) => {
      runs++;
      const y = exp(x);
      if (y.node) recorded++;
      return mul(y, y);
    });
    f(tensor(1));
    expect([runs, recorded]).toEqual([1, 0]);
    grad(f)(tensor(1));
    expect([runs, recorded]).toEqual([3, 1]);
  });

  it('takes and returns trees, whole numbers and things that are no tensors', () => {
    const pick = checkpoint((p: { x: Tensor }, indices: Tensor, factor: number) => ({
      picked: mul(take(p.x, indices), factor),
      count: indices.size,
    }));
    const indices = tensor([2, 0], undefined, { dtype: 'int32' });
    const loss = (x: Tensor): Tensor => {
      const { picked, count } = pick({ x }, indices, 10);
      return mul(sum(square(picked)), count);
    };
    expect(grad(loss)(tensor([1, 2, 3])).toArray()).toEqual([400, 0, 1200]);
  });

  it('asks no derivative of results that nobody differentiates', () => {
    // √x has none that is finite at 0, argmax none at all.
    const parts = (x: Tensor) => ({ square: square(x), root: sqrt(x), place: argmax(x) });
    for (const f of [parts, checkpoint(parts)]) {
      const loss = (x: Tensor): Tensor => {
        const { square: squares, place } = f(x);
        return mul(sum(squares), astype(place, 'float64'));
      };
      expect(grad(loss)(tensor([0, 3])).toArray()).toEqual([0, 6]);
      expect(() => grad((x: Tensor) => sum(mul(f(x).place, x)))(tensor([0, 3]))).toThrow(/^argmax: has no derivative/);
    }
  });

  it('refuses a tensor that is being differentiated and no argument', () => {
    const loss = (a: Tensor): Tensor => checkpoint((x: Tensor) => mul(a, x))(tensor(2));
    expect(() => grad(loss)(tensor(3))).toThrow(
      new TypeError(
        'checkpoint: the function uses a tensor that is being differentiated and is not an argument; pass it as one',
      ),
    );
    expect(loss(tensor(3)).item()).toBe(6);
  });
});

describe('customVjp', () => {
  it('uses the rule instead of the derivative', () => {
    // The straight-through estimator: rounding whose derivative is said to be 1.
    const rounded = customVjp(
      (x: Tensor) => floor(add(x, 0.5)),
      (g) => [g],
    );
    expect(rounded(tensor([1.4, 1.6])).toArray()).toEqual([1, 2]);
    expect(grad((x: Tensor) => sum(mul(rounded(x), x)))(tensor([1.4, 1.6])).toArray()).toEqual([2.4, 3.6]);
  });

  test.prop([data({ shape: [3], min: -3, max: 3 })])('of a right rule is the derivative, to every order', (x) => {
    // ln(1 + eˣ), whose composed derivative overflows where the rule does not.
    const plain = (t: Tensor): Tensor => log(add(exp(t), 1));
    const own = customVjp(plain, (g, _y, t) => [div(mul(g, exp(t)), add(exp(t), 1))]);
    const third = (f: typeof plain): Tensor =>
      grad((a: Tensor) => sum(grad((b: Tensor) => sum(grad((c: Tensor) => sum(sin(f(c))))(b)))(a)))(fromData(x));
    expectClose(elements(third(own)), elements(third(plain)), { factor: 200, scale: 10 });
    const along = (f: typeof plain): Tensor => jvp(f, fromData(x), fromData(x)).tangent;
    expectClose(elements(along(own)), elements(along(plain)), { factor: 16, scale: 3 });
  });

  it('takes several arguments, trees, and cotangents that are zero', () => {
    const f = customVjp(
      (p: { a: Tensor; b: readonly Tensor[] }, c: Tensor, k: number) => [mul(p.a, c), mul(p.b[0], k)] as const,
      ([ga, gb], [ya], p) => [{ a: mul(ga, ya), b: [mul(gb, p.b[0])] }, undefined, undefined],
    );
    const at = { p: { a: tensor(2), b: [tensor(3)] }, c: tensor(5) };
    const slope = grad((q: typeof at) => {
      const [u, v] = f(q.p, q.c, 7);
      return add(u, mul(v, 100));
    })(at);
    expect([slope.p.a.item(), slope.p.b[0].item(), slope.c.item()]).toEqual([10, 300, 0]);
  });

  it('refuses rules that do not fit', () => {
    const broken = (rule: unknown): (() => unknown) => {
      const f = customVjp((x: Tensor) => x, rule as (g: Tensor) => [Tensor]);
      return () => grad((x: Tensor) => sum(f(x)))(zeros([2]));
    };
    expect(broken(() => zeros([2]))).toThrow(
      new TypeError('customVjp: the rule must return an array of 1 cotangents, one an argument, got a tensor'),
    );
    expect(broken(() => [])).toThrow(/array of 1 cotangents, one an argument, got 0/);
    expect(broken(() => [zeros([3])])).toThrow(
      new RangeError('customVjp: the cotangent of argument 0 is [3], the argument is [2]'),
    );
    expect(broken(() => [7])).toThrow(new RangeError('customVjp: the rule gave 0 tensors for argument 0, which has 1'));
    const closed = (a: Tensor): Tensor =>
      customVjp(
        (x: Tensor) => mul(a, x),
        (g) => [g],
      )(tensor(2));
    expect(() => grad(closed)(tensor(3))).toThrow(/customVjp: the function uses a tensor that is being differentiated/);
  });
});
