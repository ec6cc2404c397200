import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ones, tensor, zeros } from '../../src/core/create.js';
import { grad, valueAndGrad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { argmax } from '../../src/core/ops/reduce.js';
import { square } from '../../src/core/ops/roots.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { stopGradient } from '../../src/core/stop-gradient.js';
import type { Tensor } from '../../src/core/tensor.js';
import { type Vjp, vjp } from '../../src/core/vjp.js';

describe('misuse', () => {
  const ints = tensor(Int32Array.of(1));
  const untyped = (value: unknown): never => value as never;

  test.each<[string, () => unknown, Error]>([
    [
      'an int32 argument',
      () => grad(sum)(ints),
      new TypeError('grad: cannot differentiate with respect to the argument: its dtype is int32'),
    ],
    [
      'a bool leaf, by its path',
      () => vjp((p: { a: Tensor[] }) => p.a[0], { a: [tensor(1), tensor([true])] }),
      new TypeError('vjp: cannot differentiate with respect to a[1]: its dtype is bool'),
    ],
    [
      'a number',
      () => valueAndGrad(square)(untyped(3)),
      new TypeError('valueAndGrad: expected a tensor or a tree of tensors, got a value of type number'),
    ],
    [
      'a typed array',
      () => grad(square)(untyped(Float64Array.of(1))),
      new TypeError('grad: expected a tensor or a tree of tensors, got an array; make a tensor of it with tensor(…)'),
    ],
    [
      'a function that returns a number',
      () => grad((x: Tensor) => untyped(x.size))(tensor(1)),
      new TypeError('grad: the function must return a tensor, it returned a value of type number'),
    ],
    [
      'a function that returns nothing',
      () => vjp(() => untyped(undefined), tensor(1)),
      new TypeError('vjp: the function must return a tensor, it returned undefined'),
    ],
    [
      'a value of several numbers',
      () => grad(square)(ones([2, 3])),
      new RangeError('grad: the function must return one number, it returned shape [2, 3]'),
    ],
    [
      'a value of no numbers',
      () => valueAndGrad(square)(zeros([0])),
      new RangeError('valueAndGrad: the function must return one number, it returned shape [0]'),
    ],
    [
      'a cotangent of another shape',
      () => vjp(square, ones([2])).pullback(ones([2, 1])),
      new RangeError('vjp: the cotangent is [2, 1], the value is [2]'),
    ],
    [
      'a cotangent that is no tensor',
      () => vjp(square, tensor(1)).pullback(untyped(1)),
      new TypeError('vjp: expected a tensor, got a value of type number'),
    ],
    [
      'an operation without derivative on the way',
      () => grad((x: Tensor) => sum(mul(x, argmax(x))))(ones([2])),
      new TypeError('argmax: has no derivative; wrap its argument in stopGradient if that is meant'),
    ],
  ])('%s', (_name, call, error) => {
    expect(call).toThrow(error);
  });

  test('an operation without derivative beside the way does not matter', () => {
    const f = (x: Tensor): Tensor => sum(mul(x, argmax(stopGradient(x))));
    expect(grad(f)(tensor([1, 2])).toArray()).toEqual([1, 1]);
    expect(grad((x: Tensor) => slice(x, [argmax(x).item()]))(tensor([1, 5])).toArray()).toEqual([0, 1]);
  });

  test('the type of a pullback is that of the tree', () => {
    const v: Vjp<{ w: Tensor }> = vjp((p: { w: Tensor }) => p.w, { w: tensor(1) });
    expect(v.pullback(tensor(2)).w.item()).toBe(2);
  });
});
